import { describe, expect, it } from "vitest";
import { cloudsOfThisFile } from "../support/cloud/a-cloud.ts";
import { aFunction } from "../support/cloud/a-template.ts";

const aCloud = cloudsOfThisFile();
const returned = (value: unknown) => ({ kind: "returned", payload: JSON.stringify(value) });
const failedWith = (errorType: string, errorMessage = "") => ({
  kind: "failed",
  error: { errorType, errorMessage: expect.stringContaining(errorMessage) },
});

describe("a sandbox of the cloud", () => {
  it("has Lambda's environment and the function's, and nothing of this machine", async () => {
    const { cloud } = await aCloud([aFunction("Fn", { MemorySize: 256, Environment: { Variables: { COLOUR: "red" } } })], {
      Fn: "export const handler = async () => process.env;",
    });
    const outcome = await cloud.invoke("Fn", {});
    const env = JSON.parse(outcome.kind === "returned" ? outcome.payload : "{}") as Record<string, string>;
    expect(env).toMatchObject({
      COLOUR: "red",
      _HANDLER: "index.handler",
      AWS_REGION: "eu-central-1",
      AWS_LAMBDA_FUNCTION_NAME: "fn",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
      TZ: ":UTC",
      _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-/),
    });
    const known = /^(COLOUR|_HANDLER|_X_AMZN_TRACE_ID|AWS_.*|LAMBDA_(TASK_ROOT|RUNTIME_DIR)|LANG|PATH|TZ|TMPDIR)$/;
    expect(Object.keys(env).filter((name) => !known.test(name))).toEqual([]);
  });

  it("cannot write to its code, to another folder, or anywhere but its own temporary one", async () => {
    const { cloud } = await aCloud([aFunction("Fn")], {
      Fn: `
        import { writeFileSync } from "node:fs";
        import { tmpdir } from "node:os";
        const attempt = (folder) => { try { writeFileSync(folder + "/x", "1"); return "written"; } catch (error) { return error.code; } };
        export const handler = async () => [process.env.LAMBDA_TASK_ROOT, "/var/tmp", tmpdir()].map(attempt);`,
    });
    expect(await cloud.invoke("Fn", {})).toEqual(returned(["ERR_ACCESS_DENIED", "ERR_ACCESS_DENIED", "written"]));
  });

  it("is kept warm between invocations, with its memory", async () => {
    const { cloud } = await aCloud([aFunction("Fn")], { Fn: "let calls = 0; export const handler = async () => ++calls;" });
    expect(await cloud.invoke("Fn", {})).toEqual(returned(1));
    expect(await cloud.invoke("Fn", {})).toEqual(returned(2));
    expect(cloud.invocations().map(({ isCold }) => isCold)).toEqual([true, false]);
  });

  it("is gone when AWS takes it away: the next invocation starts cold", async () => {
    const { cloud } = await aCloud([aFunction("Fn")], { Fn: "let calls = 0; export const handler = async () => ++calls;" });
    await cloud.invoke("Fn", {});
    await cloud.recycle("Fn");
    expect(await cloud.invoke("Fn", {})).toEqual(returned(1));
  });

  it("serves one invocation at a time: two at once have two sandboxes", async () => {
    const { cloud } = await aCloud([aFunction("Fn")], {
      Fn: "export const handler = async () => new Promise((done) => setTimeout(done, 50, process.pid));",
    });
    const started = cloud.started("Fn");
    const first = cloud.invoke("Fn", {});
    await started;
    expect(await cloud.invoke("Fn", {})).not.toEqual(await first);
  });

  it("stands still between invocations: what was left floating goes on only when the next one thaws it", async () => {
    const { cloud } = await aCloud([aFunction("Fn")], {
      Fn: `
        let ticks = 0;
        export const handler = async (event) => {
          if (event.first) setInterval(() => ticks++, 5);
          return ticks;
        };`,
    });
    await cloud.invoke("Fn", { first: true });
    await new Promise((resolve) => setTimeout(resolve, 150));
    const outcome = await cloud.invoke("Fn", {});
    const ticks = Number(outcome.kind === "returned" ? outcome.payload : Number.NaN);
    expect(ticks).toBeLessThan(5);
  });

  it("has a heap of about the memory that the function is given", async () => {
    const { cloud } = await aCloud([aFunction("Fn", { MemorySize: 256 })], {
      Fn: 'import v8 from "node:v8"; export const handler = async () => v8.getHeapStatistics().heap_size_limit / 2 ** 20;',
    });
    const outcome = await cloud.invoke("Fn", {});
    expect(Number(outcome.kind === "returned" ? outcome.payload : Number.NaN)).toBeLessThan(512);
  });
});

describe("an invocation", () => {
  it("is told its deadline, its request id and its ARN", async () => {
    const { cloud } = await aCloud([aFunction("Fn", { Timeout: 30 })], {
      Fn: `export const handler = async (event, context) =>
        [context.awsRequestId, context.invokedFunctionArn, context.getRemainingTimeInMillis()];`,
    });
    const outcome = await cloud.invoke("Fn", {});
    const [requestId, arn, left] = JSON.parse(outcome.kind === "returned" ? outcome.payload : "[]") as [string, string, number];
    expect(requestId).toBe(cloud.invocations()[0]?.requestId);
    expect(arn).toBe("arn:aws:lambda:eu-central-1:123456789012:function:fn");
    expect(left).toBeGreaterThan(25_000);
    expect(left).toBeLessThanOrEqual(30_000);
  });

  it("has the time of day of the cloud's clock", async () => {
    const { cloud, clock } = await aCloud([aFunction("Fn")], {
      Fn: "export const handler = async () => [Date.now(), new Date().getTime(), new Date(5).getTime(), new Date() instanceof Date];",
    });
    await cloud.invoke("Fn", {});
    await clock.advance(3_600_000);
    const outcome = await cloud.invoke("Fn", {});
    const [now = 0, ...rest] = JSON.parse(outcome.kind === "returned" ? outcome.payload : "[]") as number[];
    expect(Math.abs(now - clock.now())).toBeLessThan(1_000);
    expect(rest).toEqual([expect.closeTo(now, -2), 5, true]);
  });

  it("that takes too long is killed, and the next one has a fresh sandbox", async () => {
    const { cloud } = await aCloud(
      [aFunction("Fn", { Timeout: 30 })],
      {
        Fn: `
          let calls = 0;
          export const handler = async (event) => { calls++; return event.slow ? new Promise(() => setInterval(() => {}, 9e5)) : calls; };`,
      },
      { timeoutScale: { Fn: 0.01 } },
    );
    expect(await cloud.invoke("Fn", { slow: true })).toEqual(
      failedWith("Sandbox.Timedout", "Task timed out after 30.00 seconds"),
    );
    expect(await cloud.invoke("Fn", {})).toEqual(returned(1));
  });

  it("can be killed in the middle", async () => {
    const { cloud } = await aCloud([aFunction("Fn", { Timeout: 60 })], {
      Fn: "export const handler = async () => new Promise(() => setInterval(() => {}, 9e5));",
    });
    const started = cloud.started("Fn");
    const outcome = cloud.invoke("Fn", {});
    await started;
    expect(cloud.kill("Fn")).toBe(1);
    expect(await outcome).toEqual(failedWith("Runtime.ExitError", "signal: killed"));
    expect(cloud.kill("Fn")).toBe(0);
  });

  it("has its own part of the log", async () => {
    const { cloud } = await aCloud([aFunction("Fn")], {
      Fn: 'console.log("init"); export const handler = async (event) => { console.log(event.say); console.error("and"); };',
    });
    await cloud.invoke("Fn", { say: "one" });
    await cloud.invoke("Fn", { say: "two" });
    expect(cloud.invocations().map(({ log }) => log)).toEqual(["init\none\nand\n", "two\nand\n"]);
  });

  it("with an answer over 6 MB fails", async () => {
    const { cloud } = await aCloud([aFunction("Fn")], {
      Fn: 'export const handler = async () => "x".repeat(6 * 1024 * 1024 + 200);',
    });
    expect(await cloud.invoke("Fn", {})).toEqual(failedWith("Function.ResponseSizeTooLarge"));
  });

  it("beyond the reserved concurrency is throttled", async () => {
    const { cloud } = await aCloud([aFunction("Fn", { ReservedConcurrentExecutions: 0 })]);
    expect(await cloud.invoke("Fn", {})).toEqual({ kind: "throttled" });
  });

  it.each([
    ["Runtime.CallbackHandlerDeprecated", "export const handler = (event, context, callback) => callback(null, 1);"],
    ["Runtime.HandlerNotFound", "export const other = async () => 1;"],
    ["Runtime.UserCodeSyntaxError", "export const handler = async ( => 1;"],
    ["Runtime.ImportModuleError", 'import "missing"; export const handler = async () => 1;'],
    ["Runtime.ExitError", "export const handler = async () => process.exit(3);"],
    [
      "Runtime.UnhandledPromiseRejection",
      'export const handler = async () => { void Promise.reject("x"); await new Promise((r) => setTimeout(r, 500)); };',
    ],
  ])("ends with %s where Lambda's would", async (errorType, code) => {
    const { cloud } = await aCloud([aFunction("Fn")], { Fn: code });
    expect(await cloud.invoke("Fn", {})).toMatchObject({ kind: "failed", error: { errorType } });
  });

  it("that throws fails with the error's name, message and stack", async () => {
    const { cloud } = await aCloud([aFunction("Fn")], {
      Fn: 'export const handler = async () => { throw new TypeError("no"); };',
    });
    const trace = expect.arrayContaining(["TypeError: no"]);
    expect(await cloud.invoke("Fn", {})).toEqual({
      kind: "failed",
      error: { errorType: "TypeError", errorMessage: "no", trace },
    });
  });
});
