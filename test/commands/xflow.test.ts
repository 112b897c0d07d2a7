// The commands that look below an XFlow, on a fake MaxCompute.
import { describe, expect, it } from "vitest";
import { MaxComputeError } from "../../src/maxcompute/index.ts";
import { aBot } from "../support/a-bot.ts";
import { anInstance, aStage, aTask, type FakeInstance, fakeMaxCompute, startedAt } from "../support/fake-maxcompute.ts";

const rootId = "20261122110000001gxflow00";
const below = (name: string, id: string, path: readonly string[] = []) => ({
  name,
  id,
  path,
  parentId: rootId,
  nodeType: "Instance",
});
const subs = [below("prep", "20261122110001001gprep001"), below("iter0", "20261122110002001giter001", ["loop"])];
const deep = below("leaf", "20261122110003001gleaf001", ["loop", "inner", "most"]);

const root = (over: Partial<FakeInstance> = {}): FakeInstance => ({
  instance: anInstance({ id: rootId }),
  tasks: [aTask({ name: "flow", type: "XFlow" })],
  subs,
  ...over,
});
const prep: FakeInstance = {
  instance: anInstance({ id: subs[0]?.id ?? "", status: "Terminated", endTime: startedAt + 60_000 }),
  tasks: [aTask({ name: "a", status: "SUCCESS" }), aTask({ name: "b", status: "SUCCESS" })],
  costs: { a: { cpu: 6_000, memory: 1_024, input: 10 }, b: { cpu: 6_000 } },
};
const iter: FakeInstance = {
  instance: anInstance({ id: subs[1]?.id ?? "" }),
  tasks: [aTask()],
  progress: { AnonymousSQLTask: { stages: [aStage("M1", 50)] } },
};

describe("subs", () => {
  it("shows each sub-instance with its own state and progress", async () => {
    const { type, answer } = aBot(fakeMaxCompute([root(), prep, iter]));
    const view = await answer("subs", type("bob", `subs ${rootId}`));
    expect(view).toMatchObject({ outcome: "running", deeper: 0, mayStop: true });
    expect(view.rows).toMatchObject([
      { name: "prep", path: [], state: { outcome: "success", endTime: startedAt + 60_000 } },
      { name: "iter0", path: ["loop"], state: { outcome: "running", percent: 50 } },
    ]);
    expect(view.rows[1]?.link).toMatchObject({ instanceId: iter.instance.id, project: "demo_project" });
  });

  it("goes as deep as asked, and counts the rest", async () => {
    const { type, answer } = aBot(fakeMaxCompute([root({ subs: [...subs, deep] }), prep, iter]));
    expect(await answer("subs", type("vic", `subs ${rootId}`))).toMatchObject({ rows: [{}, {}], deeper: 1 });
    const shallow = await answer("subs", type("vic", `subs ${rootId} --depth 1`));
    expect(shallow.rows.map(({ name }) => name)).toEqual(["prep"]);
    expect(shallow.deeper).toBe(2);
  });

  it("lists one that cannot be asked without a state", async () => {
    const { type, answer } = aBot(fakeMaxCompute([root(), prep]));
    const { rows } = await answer("subs", type("vic", `subs ${rootId}`));
    expect(rows[1]).not.toHaveProperty("state");
  });

  it("asks about forty at most, and still lists the others", async () => {
    const many = Array.from({ length: 45 }, (_, index) => below(`n${index}`, prep.instance.id));
    const maxcompute = fakeMaxCompute([root({ subs: many }), prep]);
    const { type, answer } = aBot(maxcompute);
    expect((await answer("subs", type("vic", `subs ${rootId}`))).rows).toHaveLength(45);
    expect(maxcompute.calls.filter((call) => call === `getInstance ${prep.instance.id}`)).toHaveLength(40);
  });

  it("of a plain instance shows its tasks", async () => {
    const { type, answer } = aBot(fakeMaxCompute([prep]));
    expect((await answer("tasks", type("vic", `subs ${prep.instance.id}`))).tasks).toHaveLength(2);
  });

  it("says what failed when MaxCompute does not tell whether it is an XFlow", async () => {
    const { type, answer } = aBot(fakeMaxCompute([root()], { failing: { isXflow: new MaxComputeError("denied", "no") } }));
    expect(await answer("error", type("vic", `subs ${rootId}`))).toMatchObject({ tone: "denied" });
  });
});

describe("logview of an XFlow", () => {
  it("has a link for each sub-instance", async () => {
    const { type, answer } = aBot(fakeMaxCompute([root(), prep, iter]));
    const view = await answer("logview", type("vic", `logview ${rootId} --hours 2`));
    expect(view.subs?.map(({ name, url }) => [name, url])).toEqual([
      ["prep", `http://logview.test/?i=${prep.instance.id}&token=T-2`],
      ["iter0", `http://logview.test/?i=${iter.instance.id}&token=T-2`],
    ]);
    expect(view.moreSubs).toBe(0);
  });

  it("makes twenty links at most, and counts the others", async () => {
    const many = Array.from({ length: 23 }, (_, index) => below(`n${index}`, `20261122110001001gmany${index}`));
    const { type, answer } = aBot(fakeMaxCompute([root({ subs: many })]));
    const view = await answer("logview", type("vic", `logview ${rootId}`));
    expect([view.subs?.length, view.moreSubs]).toEqual([20, 3]);
  });

  it("of a plain instance has its own alone", async () => {
    const { type, answer } = aBot(fakeMaxCompute([prep]));
    expect(await answer("logview", type("vic", `logview ${prep.instance.id}`))).not.toHaveProperty("subs");
  });
});

describe("cost", () => {
  it("of an XFlow is what its sub-instances used, their tasks added up", async () => {
    const { type, answer } = aBot(fakeMaxCompute([root(), prep, iter]));
    const { rows } = await answer("cost", type("vic", `cost ${rootId}`));
    expect(rows).toEqual([
      { name: "prep", cpu: 120, memory: 1_024, input: 10, partial: ["memory", "input"] },
      { name: "loop › iter0" },
    ]);
  });

  it("of an XFlow is asked of forty at most, and the others are counted", async () => {
    const many = Array.from({ length: 60 }, (_, index) => below(`n${index}`, prep.instance.id));
    const maxcompute = fakeMaxCompute([root({ subs: many }), prep]);
    const { type, answer } = aBot(maxcompute);
    const { rows, unasked } = await answer("cost", type("vic", `cost ${rootId}`));
    expect([rows.length, unasked]).toEqual([40, 20]);
    expect(maxcompute.calls.filter((call) => call.startsWith("getTaskCost"))).toHaveLength(80);
  });

  it("of a plain instance is told task by task", async () => {
    const { type, answer } = aBot(fakeMaxCompute([prep]));
    const { rows } = await answer("cost", type("vic", `cost ${prep.instance.id}`));
    expect(rows).toEqual([
      { name: "a", cpu: 60, memory: 1_024, input: 10 },
      { name: "b", cpu: 60 },
    ]);
  });

  it("is not made up where MaxCompute tells none", async () => {
    const failing = { getTaskCost: new MaxComputeError("server", "no") };
    const { type, answer } = aBot(fakeMaxCompute([prep], { failing }));
    expect((await answer("cost", type("vic", `cost ${prep.instance.id}`))).rows).toEqual([{ name: "a" }, { name: "b" }]);
  });
});
