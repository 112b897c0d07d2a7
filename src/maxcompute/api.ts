import { call } from "./call.ts";
import type { Connection } from "./connection.ts";
import { MaxComputeError } from "./errors.ts";
import type { WireResponse } from "./exchange.ts";
import { MalformedBody, OversizedBody } from "./malformed-body.ts";
import { redact } from "./redact.ts";
import type { ApiRequest } from "./request.ts";

/** How the calls of the client reach the service: one function, bound to a connection and a deadline. */
export type Api = {
  readonly connection: Connection;
  readonly project: string;
  /** Epoch ms by which every call is over. */
  readonly deadline: number;
  /** Makes the call and reads its answer; throws MaxComputeError, "malformed" or "too-large" when `decode` cannot make sense of it. */
  readonly ask: <Answer>(request: ApiRequest, decode: (response: WireResponse) => Answer) => Promise<Answer>;
};

/** The error for an answer that its decoder refused. */
export function malformedAnswer(
  connection: Connection,
  request: ApiRequest,
  response: WireResponse,
  cause: MalformedBody,
): MaxComputeError {
  const requestId = response.header("x-odps-request-id");
  const details = { requestId, instanceId: request.instanceId, httpStatus: response.status };
  const reason = redact(cause.message, connection.identity.secrets());
  const kind = cause instanceof OversizedBody ? "too-large" : "malformed";
  return new MaxComputeError(kind, `MaxCompute's answer cannot be read: ${reason}`, details);
}

/** Binds the calls to a connection; none of them lasts beyond `deadline` (epoch ms). */
export function createApi(connection: Connection, deadline: number): Api {
  return {
    connection,
    project: connection.settings.project,
    deadline,
    async ask(request, decode) {
      const response = await call(connection, request, deadline);
      try {
        return decode(response);
      } catch (cause) {
        throw cause instanceof MalformedBody ? malformedAnswer(connection, request, response, cause) : cause;
      }
    },
  };
}
