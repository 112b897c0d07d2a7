// One call of an AWS service that speaks JSON, signed by hand. The door makes two such calls, and loading the SDK's clients for them took
// more than half of its cold start. What the working functions do with DynamoDB is another matter: there the SDK stays.
import { request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import type { Credentials } from "./sign.ts";
import { signed } from "./sign.ts";

/** What may be called. Each name stands in the code that calls it, where the check of the functions' rights finds it. */
export type AwsAction = "AWSEvents.PutEvents" | "AmazonSSM.GetParameters" | "DynamoDB_20120810.GetItem";

export type AwsCall = (
  action: AwsAction,
  input: object,
  how: {
    /** Milliseconds for each attempt. */
    readonly withinMs: number;
    /** How often it is made while no answer comes, or one that says to try again; once unless told. */
    readonly attempts?: number;
  },
) => Promise<unknown>;

/** A service answered, and said no: `name` is its own word for why. */
export class AwsRefusal extends Error {
  readonly status: number;

  constructor(name: string, message: string, status: number) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

type Service = { readonly name: string; readonly version: "1.0" | "1.1"; readonly variable: string };

/** By what stands before the point of an action; `variable` is the end of the name under which the SDK, too, takes another endpoint. */
const services: Readonly<Record<string, Service>> = {
  AWSEvents: { name: "events", version: "1.1", variable: "EVENTBRIDGE" },
  AmazonSSM: { name: "ssm", version: "1.1", variable: "SSM" },
  DynamoDB_20120810: { name: "dynamodb", version: "1.0", variable: "DYNAMODB" },
};

export type AwsCallPorts = {
  /** Lambda's own variables: region, credentials, and endpoints where they are not the region's. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Epoch ms. */
  now(): number;
  /** Waits so many milliseconds between two attempts. */
  pause(ms: number): Promise<void>;
};

const largestAnswer = 1_000_000;
const pauseMs = 100;

/** Calls on connections that are kept for the next one. Throws an AwsRefusal, or what the connection failed with. */
export function createAwsCall({ env, now, pause }: AwsCallPorts): AwsCall {
  const region = env.AWS_REGION ?? "";
  const suffix = region.startsWith("cn-") ? ".cn" : "";
  const credentials: Credentials = {
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? "",
    ...(env.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: env.AWS_SESSION_TOKEN }),
  };
  const endpointOf = ({ name, variable }: Service): URL =>
    new URL(env[`AWS_ENDPOINT_URL_${variable}`] ?? env.AWS_ENDPOINT_URL ?? `https://${name}.${region}.amazonaws.com${suffix}`);

  async function once(action: AwsAction, input: object, withinMs: number): Promise<unknown> {
    const service = services[action.split(".")[0] ?? ""];
    if (service === undefined) throw new Error(`no service of ${action} is known`);
    const target = endpointOf(service);
    const body = JSON.stringify(input);
    const type = `application/x-amz-json-${service.version}`;
    const headers = { "content-type": type, "x-amz-target": action };
    const request = { service: service.name, region, host: target.host, headers, body, at: now() };
    const { status, text } = await exchange(target, signed(request, credentials), body, withinMs);
    if (status >= 200 && status < 300) return JSON.parse(text);
    throw refusal(status, text);
  }

  return async (action, input, { withinMs, attempts = 1 }) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(action, input, withinMs);
      } catch (error) {
        if (attempt >= attempts || !isPassing(error)) throw error;
        await pause(pauseMs * attempt);
      }
    }
  };
}

const isPassing = (error: unknown): boolean =>
  !(error instanceof AwsRefusal) || error.status >= 500 || error.status === 429 || error.name.startsWith("Throttl");

/** `__type` may stand behind a namespace, and the message begin with a capital. */
function refusal(status: number, text: string): AwsRefusal {
  const said = /^\s*\{/.test(text) ? (JSON.parse(text) as Readonly<Record<string, unknown>>) : {};
  const name =
    String(said.__type ?? `HTTP ${status}`)
      .split("#")
      .at(-1) ?? "";
  return new AwsRefusal(name, String(said.message ?? said.Message ?? "no reason given"), status);
}

type Answer = { readonly status: number; readonly text: string };

function exchange(target: URL, headers: Readonly<Record<string, string>>, body: string, withinMs: number): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const send = target.protocol === "http:" ? overHttp : overHttps;
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(withinMs)));
  const call = send(target, { method: "POST", headers, signal }, (response) => {
    let text = "";
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => {
      text += chunk;
      if (text.length > largestAnswer) response.destroy(new Error("the answer is larger than is read here"));
    });
    response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    response.on("error", reject);
    // A connection that is cut in the middle of an answer ends it without an end.
    response.on("close", () => reject(new Error("the connection was cut")));
  });
  call.on("error", reject);
  call.end(body);
  return promise;
}
