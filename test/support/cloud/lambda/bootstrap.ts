// Runs in the sandbox, in the place of nodejs24.x's own runtime: loads the handler and asks the Runtime API for work until killed.
// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client is what it follows.
import { subscribe } from "node:diagnostics_channel";
import { existsSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import type { Socket } from "node:net";
import { basename, dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";

type Handler = (event: unknown, context: object) => unknown;
type Failure = { errorType: string; errorMessage: string; trace: string[] };

const env = process.env;
const [runtimeHost = "", runtimePort = ""] = (env.AWS_LAMBDA_RUNTIME_API ?? "").split(":");
let clockOffsetMs = Number(process.argv[2] ?? 0);
let currentRequestId: string | undefined;

class RuntimeError extends Error {
  constructor(type: string, message: string) {
    super(message);
    this.name = type;
  }
}

/** The time of day of the cloud that runs this, which a test may have moved. */
function followCloudClock(): void {
  const Real = Date;
  const now = () => Real.now() + clockOffsetMs;
  globalThis.Date = new Proxy(Real, {
    apply: () => new Real(now()).toString(),
    construct: (target, values, self) => Reflect.construct(target, values.length === 0 ? [now()] : values, self) as object,
    get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
  });
}

const openSockets = new Set<Socket>();
subscribe("net.client.socket", (message) => {
  const { socket } = message as { socket: Socket };
  openSockets.add(socket);
  socket.once("close", () => openSockets.delete(socket));
});

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

/** One call of the Runtime API, on a connection of its own: nothing of the function's own agents is touched. */
const call = (method: string, path: string, body = "", headers: Record<string, string> = {}): Promise<Answer> =>
  new Promise((done, failed) => {
    const target = { host: runtimeHost, port: runtimePort, agent: false, method, path: `/2018-06-01/runtime/${path}` };
    const length = method === "GET" ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const sent = request({ ...target, headers: { ...headers, ...length } }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => done({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      response.on("error", failed);
    });
    sent.on("error", failed);
    sent.end(body);
  });

const describe = (thrown: unknown): Failure =>
  thrown instanceof Error
    ? { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? "").split("\n") }
    : { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };

async function failAndExit(failure: Failure, code: number): Promise<void> {
  const path = currentRequestId === undefined ? "init/error" : `invocation/${currentRequestId}/error`;
  await call("POST", path, JSON.stringify(failure));
  process.exit(code);
}

/** `folder/file.export`, of which the file's ending is looked for. */
async function loadHandler(): Promise<Handler> {
  const named = env._HANDLER ?? "";
  const [, file, path] = /^([^.]*)\.(.+)$/.exec(basename(named)) ?? [];
  if (file === undefined || path === undefined) throw new RuntimeError("Runtime.MalformedHandlerName", "Bad handler");
  const stem = resolve(env.LAMBDA_TASK_ROOT ?? "", dirname(named), file);
  const found = ["", ".js", ".mjs", ".cjs"].map((ending) => stem + ending).find((candidate) => existsSync(candidate));
  if (found === undefined) throw new RuntimeError("Runtime.ImportModuleError", `Error: Cannot find module '${file}'`);
  const loaded: unknown = await import(pathToFileURL(found).href).catch((error: Error & { code?: string }) => {
    if (error instanceof SyntaxError) throw new RuntimeError("Runtime.UserCodeSyntaxError", String(error));
    if (error.code?.endsWith("MODULE_NOT_FOUND")) throw new RuntimeError("Runtime.ImportModuleError", String(error));
    throw error;
  });
  const handler = path.split(".").reduce((at: unknown, key) => (at as Record<string, unknown> | undefined)?.[key], loaded);
  if (typeof handler !== "function") throw new RuntimeError("Runtime.HandlerNotFound", `${named} is undefined or not exported`);
  if (handler.length >= 3) {
    const message = "AWS Lambda has removed support for callback-based function handlers starting with Node.js 24.";
    throw new RuntimeError("Runtime.CallbackHandlerDeprecated", `ERROR: ${message}`);
  }
  return handler as Handler;
}

function contextOf(headers: IncomingHttpHeaders, requestId: string): object {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

async function serveOne(handler: Handler): Promise<void> {
  const ports = [...openSockets].flatMap(({ localPort }) => localPort ?? []);
  const { headers, body } = await call("GET", "invocation/next", "", { "sandbox-open-ports": ports.join(",") });
  clockOffsetMs = Number(headers["sandbox-clock-offset-ms"] ?? 0);
  const requestId = String(headers["lambda-runtime-aws-request-id"]);
  currentRequestId = requestId;
  env._X_AMZN_TRACE_ID = String(headers["lambda-runtime-trace-id"] ?? "");
  try {
    const value = await handler(JSON.parse(body), contextOf(headers, requestId));
    await call("POST", `invocation/${requestId}/response`, JSON.stringify(value === undefined ? null : value));
  } catch (error) {
    await call("POST", `invocation/${requestId}/error`, JSON.stringify(describe(error)));
  }
}

followCloudClock();
process.on("uncaughtException", (error) => void failAndExit(describe(error), 129));
process.on("unhandledRejection", (reason) => {
  const failure = { ...describe(reason), errorType: "Runtime.UnhandledPromiseRejection", errorMessage: String(reason) };
  void failAndExit(failure, 128);
});

const handler = await loadHandler().catch((error: unknown) => failAndExit(describe(error), 1));
while (handler) await serveOne(handler);
