// Which service answers a call.
import { type FunctionTarget, findTarget, invokedArn, type LambdaFunction } from "../lambda/functions.ts";
import { largestAsyncPayload } from "../lambda/outcome.ts";
import type { Metrics } from "../metrics.ts";
import type { Place } from "../template/template.ts";
import { type AwsAnswer, type AwsCall, AwsError, demandRight, json } from "./call.ts";
import type { Api } from "./gate.ts";

export type Services = Readonly<Record<"dynamodb" | "events" | "sqs" | "ssm", (call: AwsCall) => AwsAnswer | Promise<AwsAnswer>>>;

export type RouterOptions = {
  readonly services: Services;
  readonly metrics: Metrics;
  readonly functions: readonly LambdaFunction[];
  readonly place: Place;
  readonly invokeAsync: (target: FunctionTarget, payload: string) => string;
};

const emptyCbor = Uint8Array.of(0xa0);

export function createRouter({ services, metrics, functions, place, invokeAsync }: RouterOptions): Api {
  /** Metrics and log lines are written down as sent, whichever of AWS's protocols carries them. */
  function record(call: AwsCall): AwsAnswer {
    demandRight(call, "*");
    const isCbor = String(call.headers["smithy-protocol"] ?? "").includes("cbor");
    metrics.record({ service: call.service, action: call.action, body: call.body.toString(isCbor ? "base64" : "utf8") });
    return isCbor
      ? { status: 200, headers: { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" }, body: emptyCbor }
      : json({});
  }

  /** Asynchronous invocation alone: no function of ours waits for another. */
  function invoke(call: AwsCall): AwsAnswer {
    const [path = "", query = ""] = call.target.split("?");
    const named = decodeURIComponent(path.split("/")[3] ?? "");
    const qualifier = new URLSearchParams(query).get("Qualifier");
    const target = findTarget(functions, place, qualifier === null ? named : `${named}:${qualifier}`);
    if (target === undefined) throw new AwsError("ResourceNotFoundException", `Function not found: ${named}`, 404);
    demandRight(call, invokedArn(target));
    if (call.headers["x-amz-invocation-type"] !== "Event") throw new AwsError("InvalidParameterValueException", "only Event");
    if (call.body.length > largestAsyncPayload) throw new AwsError("RequestTooLargeException", "over 1 MB", 413);
    return { ...json({}), status: 202, headers: { "x-amzn-requestid": invokeAsync(target, call.body.toString()) } };
  }

  return async (call) => {
    const { service } = call;
    if (service === "cloudwatch" || service === "logs") return record(call);
    if (service === "lambda" && call.action === "InvokeFunction") return invoke(call);
    if (Object.hasOwn(services, service)) return services[service as keyof Services](call);
    throw new AwsError("UnknownOperationException", `this cloud has no ${service}:${call.action}`);
  };
}
