// One execution environment: a process that lives for one invocation at a time and is frozen in between.
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import type { Connections } from "../api/serve.ts";
import { exited, type FunctionError, initTimedOut, type Outcome, timedOut } from "./outcome.ts";
import { serveRuntimeApi } from "./runtime-api.ts";

/** An environment that has not asked for work by then is given up. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const longestInitMs = 10_000;

export type SandboxRequest = {
  readonly requestId: string;
  readonly payload: string;
  readonly invokedArn: string;
  readonly traceId: string;
  /** What the function is configured with, and how much of it really passes here. */
  readonly timeoutMs: number;
  readonly realTimeoutMs: number;
};

export type Finished = { readonly outcome: Outcome /** stdout and stderr */; readonly log: string };

export type Sandbox = {
  readonly pid: number;
  /** Gives the outcome when the process is frozen again, or gone. */
  readonly invoke: (request: SandboxRequest) => Promise<Finished>;
  readonly isAlive: () => boolean;
  readonly kill: () => void;
  readonly close: () => Promise<void>;
};

export type SandboxOptions = {
  readonly bootstrap: string;
  readonly taskRoot: string;
  /** A new folder of this sandbox. */
  readonly folder: string;
  readonly memoryMb: number;
  readonly environment: (runtimeApi: string, scratch: string) => Readonly<Record<string, string>>;
  /** Connections of the fakes, which are cut while the process is frozen: all of its own, and its part of those shared with others. */
  readonly own: Connections;
  readonly shared: readonly Connections[];
  readonly now: () => number;
};

type Current = {
  readonly request: SandboxRequest;
  readonly finish: (outcome: Outcome) => void;
  outcome?: Outcome;
  timer?: NodeJS.Timeout;
};

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { folder, now } = options;
  const scratch = join(folder, "tmp");
  mkdirSync(scratch, { recursive: true });
  const logFile = join(folder, "log");
  const log = openSync(logFile, "a");
  let logRead = 0;
  let parked: ServerResponse | undefined;
  let current: Current | undefined;
  let death: FunctionError | undefined;
  let alive = true;
  const clockOffset = () => now() - Date.now();

  const newLog = () => {
    const all = readFileSync(logFile);
    const text = all.toString("utf8", logRead);
    logRead = all.length;
    return text;
  };

  const die = (error?: FunctionError) => {
    death ??= error;
    if (alive) child.kill("SIGKILL");
  };

  function finish(outcome: Outcome): void {
    const done = current;
    current = undefined;
    clearTimeout(done?.timer);
    done?.finish(outcome);
  }

  function hand(work: Current, response: ServerResponse): void {
    const { request } = work;
    parked = undefined;
    child.kill("SIGCONT");
    response.writeHead(200, {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": request.requestId,
      "lambda-runtime-deadline-ms": String(now() + request.realTimeoutMs),
      "lambda-runtime-invoked-function-arn": request.invokedArn,
      "lambda-runtime-trace-id": request.traceId,
      "sandbox-clock-offset-ms": String(clockOffset()),
    });
    response.end(request.payload);
    work.timer = setTimeout(() => die(timedOut(request.requestId, request.timeoutMs, now())), request.realTimeoutMs);
  }

  function freeze(ports: ReadonlySet<number>): void {
    child.kill("SIGSTOP");
    options.own.cut();
    for (const connections of options.shared) connections.cut(ports);
  }

  const api = await serveRuntimeApi({
    onNext(response, ports) {
      clearTimeout(initTimer);
      parked = response;
      if (current !== undefined && current.outcome === undefined) return hand(current, response);
      freeze(ports);
      if (current?.outcome !== undefined) finish(current.outcome);
    },
    onOutcome(requestId, outcome) {
      if (current?.request.requestId === requestId) current.outcome = outcome;
    },
    onInitError: (error) => {
      death ??= error;
    },
  });

  const oldSpace = Math.max(32, Math.floor(options.memoryMb * 0.9));
  // The permission model keeps even root from writing anywhere but to the scratch folder.
  const flags = [
    "--permission",
    "--allow-fs-read=*",
    `--allow-fs-write=${join(scratch, "*")}`,
    `--max-old-space-size=${oldSpace}`,
  ];
  const child: ChildProcess = spawn(process.execPath, [...flags, options.bootstrap, String(clockOffset())], {
    cwd: options.taskRoot,
    env: options.environment(`127.0.0.1:${api.port}`, scratch),
    stdio: ["ignore", log, log],
  });
  const initTimer = setTimeout(() => die(initTimedOut(current?.request.requestId ?? "")), longestInitMs);
  const gone = new Promise<void>((resolve) => {
    child.once("exit", (code, signal) => {
      alive = false;
      clearTimeout(initTimer);
      const how = signal === null ? `exit status ${code}` : `signal: ${signal === "SIGKILL" ? "killed" : signal}`;
      const ended = current?.outcome ?? {
        kind: "failed" as const,
        error: death ?? exited(current?.request.requestId ?? "", how),
      };
      options.own.cut();
      finish(ended);
      resolve();
    });
  });

  return {
    pid: child.pid ?? -1,
    isAlive: () => alive,
    kill: () => die(),
    async invoke(request) {
      const outcome = await new Promise<Outcome>((resolve) => {
        current = { request, finish: resolve };
        if (!alive) finish({ kind: "failed", error: death ?? exited(request.requestId, "exit status 1") });
        else if (parked !== undefined) hand(current, parked);
      });
      return { outcome, log: newLog() };
    },
    async close() {
      die();
      await gone;
      await api.close();
      closeSync(log);
    },
  };
}
