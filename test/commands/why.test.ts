// `why` and `queue` on a fake MaxCompute: every cause is named, with its task and one next step.
import { describe, expect, it } from "vitest";
import { type MaxComputeClient, MaxComputeError } from "../../src/maxcompute/index.ts";
import { aBot } from "../support/a-bot.ts";
import { anInstance, aStage, aTask, type FakeInstance, fakeMaxCompute, startedAt } from "../support/fake-maxcompute.ts";

const id = "20261122094800123gabcd12";
const ended = (status: string, text = "", over: Partial<FakeInstance> = {}): FakeInstance => ({
  instance: anInstance({ status: "Terminated", endTime: startedAt + 60_000 }),
  tasks: [aTask({ status })],
  results: [{ taskName: "AnonymousSQLTask", format: "text", text }],
  ...over,
});
const running = (over: Partial<FakeInstance> = {}): FakeInstance => ({ instance: anInstance(), tasks: [aTask()], ...over });
const workersReading = (...records: readonly number[]) => records.map((inputRecords) => ({ type: "R2", inputRecords }));
const skewed = workersReading(1_000, 1_100, 900, 1_000, 41_000);

const whyOf = async (instance: FakeInstance, failing = {}) => {
  const { type, answer } = aBot(fakeMaxCompute([instance], { failing }));
  return answer("why", type("vic", `why ${id}`));
};

describe("why an instance failed", () => {
  it.each([
    ["ODPS-0130131:[1,15] Table not found - table p.nope cannot be resolved", "The table p.nope does not exist"],
    ["ODPS-0130161:[1,1] Parse exception - invalid token 'SELEC'", "syntax error at line 1, column 1"],
    ["ODPS-0123144: Fuxi job failed - M1_Stg1#12 memory usage exceeded the limit", "ran out of memory"],
    ["ODPS-0130013:Authorization exception - no privilege", "lacks a permission"],
    ["ODPS-0123055:User script exception - ValueError: bad row", "ValueError: bad row"],
    ["RequestQuotaExceeded: quota exceeded", "The quota had no room"],
    ["it broke", "its error is none that I know"],
  ])("is named for %.40s", async (text, words) => {
    const view = await whyOf(ended("FAILED", text));
    expect(view.cause).toContain(words);
    expect(view.taskName).toBe("AnonymousSQLTask");
    expect(view.next).toMatch(/^[A-Z].*\.$/);
    expect(view.message).toBe(text);
  });

  it("shows the line of the SQL that the error names", async () => {
    const source = { priority: 9, tasks: [{ type: "SQL", name: "AnonymousSQLTask", query: "SELECT a\nFORM t;", settings: {} }] };
    const view = await whyOf(ended("FAILED", "ODPS-0130161:[2,1] Parse exception - invalid token 'FORM'", { source }));
    expect(view.excerpt).toEqual({ line: 2, column: 1, text: "FORM t;" });
  });

  it("shows no line that the SQL does not have", async () => {
    const source = { priority: 9, tasks: [{ type: "SQL", name: "AnonymousSQLTask", query: "SELECT a", settings: {} }] };
    expect(await whyOf(ended("FAILED", "ODPS-0130161:[7,1] Parse exception", { source }))).not.toHaveProperty("excerpt");
    const failing = { getSource: new MaxComputeError("denied", "no") };
    expect(await whyOf(ended("FAILED", "ODPS-0130161:[1,1] Parse exception"), failing)).not.toHaveProperty("excerpt");
  });

  it("finds the skew behind a lack of memory", async () => {
    const view = await whyOf(ended("FAILED", "ODPS-0123144: memory usage exceeded", { workers: skewed }));
    expect(view.cause).toBe(
      "A worker ran out of memory. One of the 5 workers of R2 reads 41 times the median: the data is skewed.",
    );
    expect(view.next).toContain("key with most rows");
  });

  it("looks for no skew behind a missing table", async () => {
    expect((await whyOf(ended("FAILED", "ODPS-0130131: gone", { workers: skewed }))).cause).not.toContain("median");
  });

  it("is told without the workers when MaxCompute does not show them", async () => {
    const failing = { getWorkers: new MaxComputeError("server", "no") };
    expect((await whyOf(ended("FAILED", "ODPS-0123144: memory exceeded"), failing)).cause).toBe("A worker ran out of memory.");
  });

  it("of an XFlow is why the instance below it failed", async () => {
    const sub = { name: "train", id: "20261122110001001gtrain01", path: ["loop"], parentId: id, nodeType: "Instance" };
    const flow = ended("FAILED", "one of the nodes failed", { tasks: [aTask({ name: "flow", status: "FAILED" })], subs: [sub] });
    const train = {
      ...ended("FAILED", "ODPS-0130131:[1,15] Table not found - table p.t_in cannot be resolved"),
      instance: anInstance({ id: sub.id, status: "Terminated" }),
    };
    const { type, answer } = aBot(fakeMaxCompute([flow, train]));
    expect(await answer("why", type("vic", `why ${id}`))).toMatchObject({
      cause: expect.stringContaining("p.t_in does not exist"),
      taskName: "loop › train › AnonymousSQLTask",
    });
  });

  const aFlow = (subs: NonNullable<FakeInstance["subs"]>) =>
    ended("FAILED", "one of the nodes failed", { tasks: [aTask({ name: "flow", status: "FAILED" })], subs });
  const aNode = (subId: string) => ({ name: subId, id: subId, path: [], parentId: id, nodeType: "Instance" });

  it("of an XFlow links the instance below it that failed", async () => {
    const subId = "20261122110001001gtrain01";
    const train = { ...ended("FAILED", "ODPS-0130131: gone"), instance: anInstance({ id: subId, status: "Terminated" }) };
    const { type, answer } = aBot(fakeMaxCompute([aFlow([aNode(subId)]), train]));
    const { sub, link } = await answer("why", type("vic", `why ${id}`));
    expect(sub).toMatchObject({ instanceId: subId, project: "demo_project", ref: expect.stringMatching(/^r1:/) });
    expect(sub?.ref).not.toBe(link.ref);
  });

  it("of an XFlow looks at the newest forty below it, a few at a time, and reads its own error all the same", async () => {
    const flow = {
      ...aFlow(Array.from({ length: 60 }, (_, index) => aNode(`20261122110001001gnode${index}`))),
      results: [{ taskName: "flow", format: "text", text: "ODPS-0123055: the flow's own script" }],
    };
    const maxcompute = fakeMaxCompute([flow]);
    const { type, answer } = aBot(maxcompute);
    const view = await answer("why", type("vic", `why ${id}`));
    expect(view).toMatchObject({ taskName: "flow", message: "ODPS-0123055: the flow's own script" });
    expect(view.cause).toContain("None of the newest 40 of its 60 sub-instances failed.");
    expect(maxcompute.calls.filter((call) => call.startsWith("getTasks 20261122110001001gnode"))).toHaveLength(40);
  });

  it.each([
    ["is not there", {}],
    ["may not be read", { getTaskResult: new MaxComputeError("denied", "no", { httpStatus: 403 }) }],
    ["cannot be had", { getTaskResult: new MaxComputeError("server", "no", { httpStatus: 500 }) }],
  ])("is said to be unreadable when its error %s", async (_, failing) => {
    expect(await whyOf(ended("FAILED", "", { results: [] }), failing)).toMatchObject({
      outcome: "failed",
      cause: "It failed; its error cannot be read.",
      next: "Open Logview, which may show it.",
      taskName: "AnonymousSQLTask",
    });
  });

  it("does not say one sentence twice", async () => {
    const { cause, next, message = "" } = await whyOf(ended("FAILED", "ODPS-0123144: memory exceeded", { workers: skewed }));
    const sentences = `${cause} ${next} ${message}`.split(/(?<=\.)\s+/);
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});

describe("why an instance that did not fail is as it is", () => {
  it.each([
    ["CANCELLED", "It was stopped before its end"],
    ["SUCCESS", "Nothing is wrong"],
    ["EXPLODED", "does not say how it ended"],
  ])("is told of one that ended %s", async (status, words) => {
    expect((await whyOf(ended(status))).cause).toContain(words);
  });

  it("says that it waits, at which place, with which priority", async () => {
    const queueing = { instanceId: id, waitPosition: 3, queueLength: 20, priority: 9 };
    expect((await whyOf(running({ queueing }))).cause).toBe(
      "It waits for room in its quota at place 3 of 20, with priority 9 (0 is the highest).",
    );
  });

  it("says that one worker has far more rows than the others", async () => {
    const progress = { AnonymousSQLTask: { stages: [aStage("R2", 90)] } };
    expect((await whyOf(running({ progress, workers: skewed }))).cause).toContain("reads 41 times the median");
  });

  it("says that none of its workers has begun", async () => {
    expect((await whyOf(running())).cause).toBe("None of its workers has begun.");
  });

  it("says that it simply works, and on what", async () => {
    const progress = { AnonymousSQLTask: { stages: [aStage("M1", 50)] } };
    const view = await whyOf(running({ progress, workers: workersReading(1_000, 1_100, 900, 1_000, 1_200) }));
    expect(view.cause).toBe("It works on M1, 5 of its 10 workers are done, and nothing stands out.");
  });

  it("says of an XFlow what the instance below it does that runs", async () => {
    const below = (name: string, subId: string) => ({ name, id: subId, path: ["loop"], parentId: id, nodeType: "Instance" });
    const subs = [below("prep", "20261122110001001gprep001"), below("train", "20261122110002001gtrain01")];
    const prep = { ...ended("SUCCESS"), instance: anInstance({ id: subs[0]?.id ?? "", status: "Terminated" }) };
    const train = {
      ...running({ progress: { AnonymousSQLTask: { stages: [aStage("M1", 50)] } } }),
      instance: anInstance({ id: subs[1]?.id ?? "" }),
    };
    const { type, answer } = aBot(fakeMaxCompute([running({ subs }), prep, train]));
    expect(await answer("why", type("vic", `why ${id}`))).toMatchObject({
      cause: expect.stringContaining("It works on M1"),
      taskName: "loop › train › AnonymousSQLTask",
    });
    const { type: ask, answer: told } = aBot(fakeMaxCompute([running({ subs: subs.slice(0, 1) }), prep]));
    expect((await told("why", ask("vic", `why ${id}`))).cause).toContain("between two of them");
  });

  it("says that it is on hold", async () => {
    expect((await whyOf(running({ instance: anInstance({ status: "Suspended" }) }))).cause).toContain("on hold");
  });
});

describe("queue", () => {
  const waiting = (name: string, waitPosition: number | undefined): FakeInstance => ({
    instance: anInstance({ id: name }),
    tasks: [aTask({ status: "WAITING" })],
    queueing: { instanceId: name, waitPosition, queueLength: 9, progress: 0.25, status: "Running", subStatuses: ["waiting"] },
  });

  it("shows one instance's place", async () => {
    const { type, answer } = aBot(fakeMaxCompute([waiting(id, 3)]));
    const view = await answer("queue", type("vic", `queue ${id}`));
    expect(view).toMatchObject({
      isSingle: true,
      rows: [{ position: 3, length: 9, percent: 25, owner: "ALIYUN$alice@example.com" }],
    });
  });

  it("shows the whole line of a project, the next one first, and remembers it for #n", async () => {
    const second = "20261122094900123gsecond1";
    const third = "20261122094900123gthird01";
    const { type, answer } = aBot(fakeMaxCompute([waiting(id, undefined), waiting(third, 2), waiting(second, 1)]));
    const view = await answer("queue", type("vic", "queue"));
    expect(view.rows.map(({ number, link }) => [number, link.instanceId])).toEqual([
      [1, second],
      [2, third],
      [3, id],
    ]);
    expect((await answer("queue", type("vic", "queue #2"))).rows[0]?.link.instanceId).toBe(third);
  });

  it("says what is known of one that the scheduler has forgotten", async () => {
    const failing = { getQueueingInfo: new MaxComputeError("not-found", "no") };
    const { type, answer } = aBot(fakeMaxCompute([ended("SUCCESS")], { failing }));
    const [row] = (await answer("queue", type("vic", `queue ${id}`))).rows;
    expect(row).toMatchObject({ status: "Terminated", subStatuses: [] });
    expect(row).not.toHaveProperty("position");
  });

  it("takes a place of 0 for none", async () => {
    const { type, answer } = aBot(fakeMaxCompute([waiting(id, 0)]));
    expect((await answer("queue", type("vic", `queue ${id}`))).rows[0]).not.toHaveProperty("position");
  });
});

describe("progress --follow", () => {
  it("looks three times, ten seconds apart, and answers with the last", async () => {
    const maxcompute = fakeMaxCompute([running({ progress: { AnonymousSQLTask: { stages: [aStage("M1", 50)] } } })]);
    const { type, told, clock } = aBot(maxcompute);
    const from = clock.now();
    await type("vic", `progress ${id} --follow`);
    expect(told.map(({ view, stage }) => [view.kind, stage])).toEqual([
      ["progress", "interim"],
      ["progress", "interim"],
      ["progress", "final"],
    ]);
    const seen = told.map(({ view }) => (view.kind === "progress" ? view.seenAt - from : -1));
    expect(seen).toEqual([0, 10_000, 20_000]);
  });

  it("says two words on the way at most, also where the first look is slow", async () => {
    const fake = fakeMaxCompute([running()]);
    let isFirst = true;
    const slow: MaxComputeClient = {
      ...fake,
      withDeadline: () => slow,
      async getInstance(which) {
        if (isFirst) await new Promise<void>((resolve) => void clock.after(6_000, resolve));
        isFirst = false;
        return fake.getInstance(which);
      },
    };
    const { type, told, clock } = aBot(slow);
    await type("vic", `progress ${id} --follow`);
    expect(told.map(({ view, stage }) => [view.kind, stage])).toEqual([
      ["notice", "interim"],
      ["progress", "interim"],
      ["progress", "final"],
    ]);
  });

  it("ends with the instance", async () => {
    const { type, told } = aBot(fakeMaxCompute([ended("SUCCESS")]));
    await type("vic", `progress ${id} --follow`);
    expect(told.map(({ stage }) => stage)).toEqual(["final"]);
  });

  it("gives MaxCompute longer than a command that looks once", async () => {
    const maxcompute = fakeMaxCompute([running()]);
    const { type, clock } = aBot(maxcompute);
    const from = clock.now();
    await type("vic", `progress ${id} --follow`);
    expect(maxcompute.deadlines).toEqual([from + 25_000]);
    const later = clock.now();
    await type("vic", `progress ${id}`);
    expect(maxcompute.deadlines.at(-1)).toBe(later + 10_000);
  });
});
