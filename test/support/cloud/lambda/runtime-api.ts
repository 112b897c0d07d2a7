// The Lambda Runtime API of one sandbox. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "../api/body.ts";
import { type Served, serve } from "../api/serve.ts";
import { answerTooLarge, type FunctionError, largestSyncPayload, type Outcome } from "./outcome.ts";

export type RuntimeEvents = {
  /** The runtime asks for work. `ports`: local ports of the connections it holds open. */
  readonly onNext: (response: ServerResponse, ports: ReadonlySet<number>) => void;
  readonly onOutcome: (requestId: string, outcome: Outcome) => void;
  readonly onInitError: (error: FunctionError) => void;
};

const answer = (response: ServerResponse, status: number, body: unknown = { status: "OK" }): void => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
};

const errorFrom = (body: Buffer): FunctionError => {
  const { errorType = "Unknown", errorMessage = "", trace } = JSON.parse(body.toString()) as Partial<FunctionError>;
  return { errorType, errorMessage, ...(trace === undefined ? {} : { trace }) };
};

async function route(request: IncomingMessage, response: ServerResponse, events: RuntimeEvents): Promise<void> {
  const [, version, , scope, second, third] = (request.url ?? "").split("/");
  if (version !== "2018-06-01") return answer(response, 404, { errorType: "NotFound" });
  if (request.method === "GET" && scope === "invocation" && second === "next") {
    const ports = String(request.headers["sandbox-open-ports"] ?? "");
    return events.onNext(response, new Set(ports.split(",").filter(Boolean).map(Number)));
  }
  const body = await readBody(request, largestSyncPayload + 100);
  if (scope === "init") {
    events.onInitError(errorFrom(body ?? Buffer.from("{}")));
  } else if (third === "response") {
    const tooLarge: Outcome = { kind: "failed", error: answerTooLarge(Number(request.headers["content-length"] ?? 0)) };
    events.onOutcome(second ?? "", body === undefined ? tooLarge : { kind: "returned", payload: body.toString() });
    if (body === undefined) return answer(response, 413, { errorType: "Function.ResponseSizeTooLarge" });
  } else {
    events.onOutcome(second ?? "", { kind: "failed", error: errorFrom(body ?? Buffer.from("{}")) });
  }
  answer(response, 202);
}

/** Serves the API on a port of its own: a real one has no path that says which sandbox is asking. */
export const serveRuntimeApi = (events: RuntimeEvents): Promise<Served> =>
  // A runtime that dies while it speaks is dealt with where its exit is seen.
  serve((request, response) => void route(request, response, events).catch(() => response.destroy()));
