import { describe, expect, it } from "vitest";
import type { MaxComputeOptions } from "../../src/maxcompute/index.ts";
import { realSleep, type Sleep } from "../../src/maxcompute/sleep.ts";
import type { RecordedAnswer } from "../support/recorded-server.ts";
import { aClient, aServer, failureOf, instanceId, testNow } from "./a-client.ts";

const status = (word: string): RecordedAnswer => ({ body: `<Instance><Status>${word}</Status></Instance>` });
const running = status("Running");
const ended = status("Terminated");
const refusal = (code: string, httpStatus: number, headers: Record<string, string> = {}): RecordedAnswer => ({
  status: httpStatus,
  headers,
  body: `<Error><Code>${code}</Code><Message>no</Message></Error>`,
});
const tasks = (...statuses: string[]): RecordedAnswer => ({
  body: `<Instance><Tasks>${statuses.map((word, index) => `<Task Type="SQL"><Name>t${index}</Name><Status>${word}</Status></Task>`).join("")}</Tasks></Instance>`,
});

/** A service that answers the questions for the status in turn, the last for ever. */
const waitingFor = async (answers: readonly RecordedAnswer[], options: Partial<MaxComputeOptions> = {}) => {
  const server = await aServer((_, index) => answers[Math.min(index, answers.length - 1)] ?? running);
  const questions = () => server.requests.map(({ target }) => (target.includes("?instancestatus&") ? "held" : "plain"));
  return { ...aClient(server, options), server, questions };
};

describe("waiting for an instance", () => {
  it("asks plainly once, then lets the service hold its answer", async () => {
    const { client, questions } = await waitingFor([running, running, ended]);
    expect(await client.waitForCompletion(instanceId)).toMatchObject({ id: instanceId, status: "Terminated" });
    expect(questions()).toEqual(["plain", "held", "held"]);
  });

  it("pauses where a held question is answered at once, for longer each time when told so", async () => {
    const { client, sleeps } = await waitingFor([...Array.from({ length: 6 }, () => running), ended]);
    await client.waitForCompletion(instanceId, { interval: 1000, maxInterval: 5000 });
    expect(sleeps).toEqual([1000, 2000, 4000, 5000, 5000]);
  });

  it("pauses for no longer than the longest interval when that is all it is told", async () => {
    const { client, sleeps } = await waitingFor([running, running, running, ended]);
    await client.waitForCompletion(instanceId, { maxInterval: 500 });
    expect(sleeps).toEqual([500, 500]);
  });

  it("pauses for the rest of the interval only, and not at all after an answer that was held", async () => {
    let now = testNow;
    const heldFor = [0, 300, 5000, 0];
    const server = await aServer((_, index) => {
      now += heldFor[index] ?? 0;
      return index < 3 ? running : ended;
    });
    const sleeps: number[] = [];
    const sleep = async (ms: number) => {
      sleeps.push(ms);
      now += ms;
    };
    await aClient(server, { now: () => now, sleep }).client.waitForCompletion(instanceId);
    expect(sleeps).toEqual([700]);
  });

  it("goes on while the instance is suspended, and through a word it does not know", async () => {
    const { client, server } = await waitingFor([status("Suspended"), status("Thinking"), ended]);
    expect((await client.waitForCompletion(instanceId)).status).toBe("Terminated");
    expect(server.requests).toHaveLength(3);
  });

  it("tells each look to whoever wants to know, and waits for them", async () => {
    const { client } = await waitingFor([running, status("Suspended"), ended]);
    const told: string[] = [];
    const onProgress = async (instance: { status: string }) => {
      await Promise.resolve();
      told.push(instance.status);
    };
    await client.waitForCompletion(instanceId, { onProgress });
    expect(told).toEqual(["Running", "Suspended", "Terminated"]);
  });

  it("ends with what the listener throws, as it is", async () => {
    const { client } = await waitingFor([running]);
    const broken = new TypeError("mine");
    const onProgress = () => Promise.reject(broken);
    expect(await failureOf(client.waitForCompletion(instanceId, { onProgress }))).toBe(broken);
  });

  it.each([
    [{ interval: 0 }],
    [{ interval: Number.NaN }],
    [{ interval: 2000, maxInterval: 1000 }],
    [{ maxInterval: 0 }],
    [{ maxInterval: Number.NaN }],
    [{ timeout: -1 }],
    [{ timeout: Number.NaN }],
  ])("refuses %j before it asks anything", async (options) => {
    const { client, server } = await waitingFor([ended]);
    expect(await failureOf(client.waitForCompletion(instanceId, options))).toMatchObject({ kind: "invalid" });
    expect(server.requests).toHaveLength(0);
  });
});

describe("a wait that takes too long", () => {
  it("says that the instance goes on", async () => {
    const { client, sleeps } = await waitingFor([running]);
    expect(await failureOf(client.waitForCompletion(instanceId, { timeout: 3500 }))).toMatchObject({
      kind: "timeout",
      instanceId,
      message: `Instance ${instanceId} had not ended after 3.5 s of waiting; it goes on running`,
    });
    expect(sleeps).toEqual([1000, 1000, 1000, 500]);
  });

  it("ends in the middle of a held question, and at the client's deadline", async () => {
    const server = await aServer((_, index) => (index === 0 ? running : () => undefined));
    const { client } = aClient(server);
    expect(await failureOf(client.withDeadline(testNow + 300).waitForCompletion(instanceId))).toMatchObject({
      kind: "timeout",
      instanceId,
      message: expect.stringContaining("it goes on running"),
    });
    expect(server.requests).toHaveLength(2);
  });

  it("says so too when there was no answer at all", async () => {
    const { client } = await waitingFor([() => undefined]);
    expect(await failureOf(client.waitForCompletion(instanceId, { timeout: 200 }))).toMatchObject({
      kind: "timeout",
      message: `Instance ${instanceId} had not ended after 0.2 s of waiting; it goes on running`,
      cause: { kind: "timeout" },
    });
  });

  it("takes a question held for longer than it listens for no failure: a plain one follows", async () => {
    const server = await aServer((_, index) => [running, () => undefined, running, ended][index] ?? ended);
    const { client } = aClient(server, { timeouts: { requestMs: 300 } });
    await client.waitForCompletion(instanceId);
    expect(server.requests.map(({ target }) => target.includes("instancestatus"))).toEqual([false, true, false, true]);
  });
});

describe("a service that fails while one waits", () => {
  const down = refusal("InternalServerError", 500);

  it("is borne for five minutes from its first failure", async () => {
    let now = testNow;
    const server = await aServer(() => down);
    const sleep = async (ms: number) => {
      now += ms;
    };
    const { client } = aClient(server, { retries: 0, now: () => now, sleep });
    expect(await failureOf(client.waitForCompletion(instanceId, { interval: 30_000 }))).toMatchObject({ kind: "server" });
    expect(now - testNow).toBe(300_000);
  });

  it("has another five minutes after every answer", async () => {
    const failures = (count: number) => Array.from({ length: count }, () => down);
    const { client, questions } = await waitingFor([running, ...failures(4), running, ...failures(4), ended], { retries: 0 });
    await client.waitForCompletion(instanceId, { interval: 70_000 });
    expect(questions()).toHaveLength(11);
    expect(questions().slice(1)).not.toContain("plain");
  });

  it.each([
    ["429", refusal("FlowExceeded", 429)],
    ["a lost connection", (response: { destroy(): void }) => void response.destroy()],
  ] as const)("may also be busy or away once it has answered: %s", async (_, trouble) => {
    const { client } = await waitingFor([running, trouble, ended], { retries: 0 });
    expect((await client.waitForCompletion(instanceId)).status).toBe("Terminated");
  });

  it.each([
    ["429", refusal("FlowExceeded", 429), "throttled"],
    ["a lost connection", (response: { destroy(): void }) => void response.destroy(), "unreachable"],
  ] as const)("is told at once before it has answered: %s", async (_, trouble, kind) => {
    const { client, server, sleeps } = await waitingFor([trouble], { retries: 0 });
    expect(await failureOf(client.waitForCompletion(instanceId))).toMatchObject({ kind });
    expect(server.requests).toHaveLength(1);
    expect(sleeps).toEqual([]);
  });

  it("is left alone for as long as it asks for", async () => {
    const { client, sleeps } = await waitingFor([running, refusal("FlowExceeded", 429, { "retry-after": "20" }), ended], {
      retries: 0,
    });
    await client.waitForCompletion(instanceId);
    expect(sleeps).toEqual([20_000]);
  });

  it.each([
    [refusal("NoPermission", 403), "denied"],
    [refusal("NoSuchObject", 404), "not-found"],
    [{ body: "<html></html>" }, "malformed"],
  ] as const)("is not waited for when it means what it says (%#)", async (answer, kind) => {
    const { client, server } = await waitingFor([running, answer]);
    expect(await failureOf(client.waitForCompletion(instanceId))).toMatchObject({ kind, instanceId });
    expect(server.requests).toHaveLength(2);
  });
});

describe("a wait that is called off", () => {
  const calledOff = { name: "MaxComputeError", kind: "aborted", instanceId };

  it("asks nothing when it is off already", async () => {
    const { client, server } = await waitingFor([running]);
    const waiting = client.waitForCompletion(instanceId, { signal: AbortSignal.abort() });
    expect(await failureOf(waiting)).toMatchObject(calledOff);
    expect(server.requests).toHaveLength(0);
  });

  it("ends within a pause that never would", async () => {
    const controller = new AbortController();
    const sleep = () => {
      setImmediate(() => controller.abort());
      return new Promise<void>(() => undefined);
    };
    const { client } = await waitingFor([running], { sleep });
    expect(await failureOf(client.waitForCompletion(instanceId, { signal: controller.signal }))).toMatchObject(calledOff);
  });

  it("ends within a real pause, which it does not leave running", async () => {
    const controller = new AbortController();
    const sleep: Sleep = (ms, signal) => {
      setImmediate(() => controller.abort());
      return realSleep(ms, signal);
    };
    const { client } = await waitingFor([running], { sleep });
    const waiting = client.waitForCompletion(instanceId, { signal: controller.signal, interval: 3_600_000 });
    expect(await failureOf(waiting)).toMatchObject(calledOff);
  });

  it("ends in the same words when the pause itself notices first", async () => {
    const controller = new AbortController();
    const sleep: Sleep = (_, signal) =>
      new Promise((__, reject) => {
        signal?.addEventListener("abort", () => reject(new Error("woken")));
        setImmediate(() => controller.abort());
      });
    const { client } = await waitingFor([running], { sleep });
    expect(await failureOf(client.waitForCompletion(instanceId, { signal: controller.signal }))).toMatchObject(calledOff);
  });

  it("breaks off a question that is being held", async () => {
    const controller = new AbortController();
    const server = await aServer((_, index) => {
      if (index === 0) return running;
      return (response) => {
        response.on("close", () => undefined);
        controller.abort();
      };
    });
    const { client } = aClient(server);
    expect(await failureOf(client.waitForSuccess(instanceId, { signal: controller.signal }))).toMatchObject(calledOff);
    expect(server.requests).toHaveLength(2);
  });

  it("ends between two attempts of one question", async () => {
    const controller = new AbortController();
    const sleep = () => {
      setImmediate(() => controller.abort());
      return new Promise<void>(() => undefined);
    };
    const { client, server } = await waitingFor([refusal("InternalServerError", 500)], { sleep });
    expect(await failureOf(client.waitForCompletion(instanceId, { signal: controller.signal }))).toMatchObject(calledOff);
    expect(server.requests).toHaveLength(1);
  });
});

describe("waiting for success", () => {
  const endedWith = async (results: RecordedAnswer, ...states: RecordedAnswer[]) => {
    let reads = 0;
    const server = await aServer(({ target }) => {
      if (target.includes("result")) return results;
      if (!target.includes("taskstatus")) return ended;
      reads += 1;
      return states[Math.min(reads, states.length) - 1] ?? ended;
    });
    return { ...aClient(server, { retries: 0 }), server };
  };
  const failed = {
    body: `<Instance><Tasks><Task Type="SQL"><Name>t1</Name><Result Format="text"><![CDATA[ODPS-0130131:[1,15] Table not found - table x]]></Result><Status>Failed</Status></Task></Tasks></Instance>`,
  };

  it("tells a failed task by its own error, and names the task", async () => {
    const { client, server } = await endedWith(failed, tasks("Success", "Failed", "Cancelled"));
    expect(await failureOf(client.waitForSuccess(instanceId))).toMatchObject({
      kind: "task-failed",
      code: "ODPS-0130131",
      message: "ODPS-0130131:[1,15] Table not found - table x",
      instanceId,
      taskName: "t1",
    });
    expect(server.requests.map(({ target }) => /\?(\w+)&/.exec(target)?.[1])).toEqual([
      undefined,
      "taskstatus",
      "taskstatus",
      "result",
    ]);
  });

  it.each([
    ["cannot be read", { status: 500 }],
    ["is not there", { body: "<Instance><Tasks></Tasks></Instance>" }],
  ])("tells that a task failed even when its error %s", async (_, results) => {
    const { client } = await endedWith(results, tasks("Failed"));
    expect(await failureOf(client.waitForSuccess(instanceId))).toMatchObject({
      kind: "task-failed",
      message: "t0, status=FAILED",
      taskName: "t0",
    });
  });

  it.each([
    ["CANCELLED", "cancelled"],
    ["SUSPENDED", "suspended"],
    ["RUNNING", "unknown"],
    ["EXPLODED", "unknown"],
  ])("names a task that is %s: %s", async (word, kind) => {
    const { client } = await endedWith({}, tasks("Success", word));
    expect(await failureOf(client.waitForSuccess(instanceId))).toMatchObject({
      kind,
      message: `t1, status=${word}`,
      instanceId,
      taskName: "t1",
    });
  });

  it("does not take an instance without tasks for a success", async () => {
    const { client } = await endedWith({}, tasks());
    expect(await failureOf(client.waitForSuccess(instanceId))).toMatchObject({ kind: "unknown", instanceId });
  });

  const trouble = [
    ["fails", refusal("InternalServerError", 500)],
    ["is busy", refusal("FlowExceeded", 429)],
    ["is away", (response: { destroy(): void }) => void response.destroy()],
  ] as const;

  it.each(trouble)("bears that the service %s once the instance has ended", async (_, away) => {
    const { client, sleeps } = await endedWith({}, away, away, tasks("Success"));
    expect((await client.waitForSuccess(instanceId)).status).toBe("Terminated");
    expect(sleeps).toEqual([1000, 1000]);
  });

  it.each(trouble)("bears that the service %s before it tells why a task failed", async (_, away) => {
    let reads = 0;
    const server = await aServer(({ target }) => {
      if (target.includes("taskstatus")) return tasks("Success", "Failed");
      if (!target.includes("result")) return ended;
      reads += 1;
      return reads < 3 ? away : failed;
    });
    expect(await failureOf(aClient(server, { retries: 0 }).client.waitForSuccess(instanceId))).toMatchObject({
      kind: "task-failed",
      code: "ODPS-0130131",
    });
  });

  it("bears it for five minutes, and for no longer than the wait may last", async () => {
    const down = refusal("InternalServerError", 500);
    const long = await endedWith({}, down);
    expect(await failureOf(long.client.waitForSuccess(instanceId, { interval: 30_000 }))).toMatchObject({ kind: "server" });
    expect(long.sleeps.reduce((all, ms) => all + ms, 0)).toBe(300_000);
    const short = await endedWith({}, down);
    expect(await failureOf(short.client.waitForSuccess(instanceId, { timeout: 2500 }))).toMatchObject({ kind: "server" });
    expect(short.sleeps).toEqual([1000, 1000, 500]);
  });

  it("tells at once what does not pass by itself", async () => {
    const { client, sleeps } = await endedWith({}, refusal("NoPermission", 403));
    expect(await failureOf(client.waitForSuccess(instanceId))).toMatchObject({ kind: "denied", instanceId });
    expect(sleeps).toEqual([]);
  });

  it("looks twice before it calls an ending bad", async () => {
    const { client } = await endedWith({}, tasks("Running"), tasks("Success"));
    expect((await client.waitForSuccess(instanceId)).status).toBe("Terminated");
  });
});
