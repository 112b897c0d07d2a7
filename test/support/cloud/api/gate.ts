// The fake AWS as one sandbox sees it: one origin for every service, which knows the sandbox by its credentials.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Credentials } from "../lambda/environment.ts";
import type { LambdaFunction } from "../lambda/functions.ts";
import type { Place } from "../template/template.ts";
import type { Work } from "../work.ts";
import { readBody } from "./body.ts";
import { type AwsAnswer, type AwsCall, AwsError, CutConnection, refusal } from "./call.ts";
import { type Served, serve } from "./serve.ts";
import { checkSignature } from "./signature.ts";

const largestBody = 16 * 1024 * 1024;

/** What a test may do to a call: refuse it for now, or cut the connection before or after it took effect. */
export type CallFault = "throttle" | "fail" | "cut before" | "cut after";
export type CallFaults = (call: {
  readonly fn: string;
  readonly service: string;
  readonly action: string;
  readonly body: Buffer;
}) => CallFault | undefined;

export type Api = (call: AwsCall) => Promise<AwsAnswer>;

export type GateOptions = {
  readonly api: Api;
  readonly place: Place;
  readonly work: Work;
  readonly faults: CallFaults;
};

/** `X-Amz-Target: Prefix.Action`, or the path of a REST or CBOR service. */
function actionOf(headers: IncomingMessage["headers"], target: string, body: Buffer): string {
  const named =
    String(headers["x-amz-target"] ?? "")
      .split(".")
      .at(-1) ?? "";
  if (named !== "") return named;
  if (/^\/2015-03-31\/functions\/[^/]+\/invocations/.test(target)) return "InvokeFunction";
  return /\/operation\/(\w+)$/.exec(target)?.[1] ?? new URLSearchParams(body.toString("latin1")).get("Action") ?? "";
}

/** The service as IAM names it, from the name in the signature's scope. */
const iamService = (scope: string): string => (scope === "monitoring" ? "cloudwatch" : scope);

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  caller: GateCaller,
  options: GateOptions,
): Promise<void> {
  const { fn, credentials } = caller;
  const body = (await readBody(request, largestBody)) ?? Buffer.alloc(0);
  const { method = "POST", url: target = "/", headers } = request;
  const signed = checkSignature({ method, target, headers, body }, credentials);
  const send = ({ status, headers: sent, body: text }: AwsAnswer) => {
    response.writeHead(status, { "x-amzn-requestid": credentials.accessKeyId, ...sent }).end(text);
  };
  if (signed.kind === "refused") return send(refusal(new AwsError(signed.code, signed.message, 403)));
  const call: AwsCall = {
    fn: fn.logicalId,
    caller: { kind: "role", arn: fn.roleArn, account: options.place.account, statements: fn.statements },
    service: iamService(signed.service),
    action: actionOf(headers, target, body),
    ...{ target, headers, body },
  };
  const fault = options.faults(call);
  if (fault === "cut before") return void request.socket.resetAndDestroy();
  if (fault === "throttle") return send(refusal(new AwsError("ThrottlingException", "Rate exceeded")));
  if (fault === "fail") return send(refusal(new AwsError("InternalFailure", "We encountered an internal error.", 500)));
  const result = await options.api(call).catch((error: unknown) => {
    if (error instanceof AwsError) return refusal(error);
    throw error;
  });
  if (fault === "cut after") return void request.socket.resetAndDestroy();
  send(result);
}

type GateCaller = { readonly fn: LambdaFunction; readonly credentials: Credentials };

/** Opens the fake AWS for one sandbox. */
export const openGate = (caller: GateCaller, options: GateOptions): Promise<Served> =>
  serve((request, response) => {
    options.work.run(async () => {
      try {
        await answer(request, response, caller, options);
      } catch (error) {
        response.destroy();
        if (error instanceof CutConnection) return;
        // A sandbox that died while it spoke is nobody's fault.
        if (request.complete) throw error;
      }
    });
  });
