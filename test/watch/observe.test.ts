import { describe, expect, it } from "vitest";
import { MaxComputeError, type MaxComputeErrorKind } from "../../src/maxcompute/index.ts";
import { observe } from "../../src/watch/observe.ts";
import { sightOf } from "../../src/watch/sight.ts";
import { step } from "../../src/watch/step.ts";
import { newWatch } from "../../src/watch/watch.ts";
import { anInstance, aStage, aTask, type FakeInstance, fakeMaxCompute, startedAt } from "../support/fake-maxcompute.ts";

const explain = ({ code }: { code?: string | undefined }) => ({ what: `It is ${code}.`, next: "Correct it." });
const nothingKnown = { endedSubs: new Set<string>() };
const now = () => startedAt + 60_000;
const id = anInstance().id;
const observing = (all: readonly FakeInstance[], failing: Parameters<typeof fakeMaxCompute>[1] = {}) => {
  const client = fakeMaxCompute(all, failing);
  return { client, observer: observe(client, now, explain) };
};
const running: FakeInstance = {
  instance: anInstance(),
  tasks: [aTask()],
  progress: { AnonymousSQLTask: { stages: [aStage("M1", 40)] } },
};

describe("a look", () => {
  it("finds a running instance with its progress", async () => {
    const { observer } = observing([running]);
    const seen = await observer.look(id, nothingKnown);
    if (seen.kind !== "seen") throw new Error(seen.kind);
    expect(sightOf(seen)).toMatchObject({ outcome: "running", begun: true, percent: 40, unit: "stage" });
  });

  it("finds why one failed", async () => {
    const { observer } = observing([
      {
        instance: anInstance({ status: "Terminated", endTime: startedAt + 1_000 }),
        tasks: [aTask({ status: "FAILED" })],
        results: [{ taskName: "AnonymousSQLTask", format: "text", text: "ODPS-0130131:[1,15] Table not found" }],
      },
    ]);
    expect(await observer.look(id, nothingKnown)).toMatchObject({
      failure: { code: "ODPS-0130131", cause: "It is ODPS-0130131.", next: "Correct it." },
    });
  });

  it("does not ask again for what is known", async () => {
    const { observer, client } = observing([running]);
    await observer.look(id, { isXflow: false, jobName: "etl", endedSubs: new Set() });
    expect(client.calls.map((call) => call.split(" ")[0]).sort()).toEqual(["getInstance", "getTaskProgress", "getTasks"]);
  });

  it.each<[MaxComputeErrorKind, string]>([
    ["not-found", "missing"],
    ["no-such-project", "missing"],
    ["denied", "forbidden"],
    ["unreachable", "unreachable"],
    ["timeout", "unreachable"],
    ["server", "unreachable"],
    ["throttled", "unreachable"],
    ["unauthorized", "unreachable"],
  ])("that meets %s is %s", async (kind, found) => {
    const { observer } = observing([running], { failing: { getInstance: new MaxComputeError(kind, "no") } });
    expect((await observer.look(id, nothingKnown)).kind).toBe(found);
  });

  it("throws for a fault of our own", async () => {
    const { observer } = observing([running], { failing: { getInstance: new TypeError("ours") } });
    await expect(observer.look(id, nothingKnown)).rejects.toThrow("ours");
  });

  it("does without the progress of a task that has none", async () => {
    const { observer } = observing([running], { failing: { getTaskProgress: new MaxComputeError("invalid", "no stages") } });
    expect(await observer.look(id, nothingKnown)).toMatchObject({ kind: "seen", progress: [{ stages: [] }] });
  });
});

describe("a listing", () => {
  it("is asked for all owners, and is given in pages", async () => {
    const { observer, client } = observing([running]);
    const pages = [];
    for await (const page of observer.running({})) pages.push(page);
    expect(pages).toEqual([[id]]);
    expect(client.calls[0]).toContain('"status":"Running","onlyOwner":false');
  });

  it("is of what began in a span, where one is given", async () => {
    const { observer, client } = observing([running]);
    for await (const page of observer.running({ from: 1_000, to: 2_000 })) expect(page).toHaveLength(1); // the fake knows no bound above
    expect(JSON.parse(client.calls[0]?.slice("listInstances ".length) ?? "")).toMatchObject({ from: 1_000, to: 2_000 });
  });
});

describe("an XFlow", () => {
  const sub = (name: string, subId: string) => ({ name, id: subId, path: [], parentId: id, nodeType: "Instance" });
  const below = (subId: string, status: string, terminated = false): FakeInstance => ({
    instance: anInstance({ id: subId, status: terminated ? "Terminated" : "Running" }),
    tasks: [aTask({ status })],
    progress: { AnonymousSQLTask: { stages: [aStage("M1", 50)] } },
  });
  const xflow = (subs: FakeInstance["subs"]): FakeInstance => ({
    instance: anInstance(),
    tasks: [aTask({ type: "XFlow" })],
    subs: subs ?? [],
  });

  it("is seen as the tree of what it started: counts, a percentage, and each as a stage", async () => {
    const { observer } = observing([
      xflow([sub("prepare", "s1"), sub("train", "s2"), sub("score", "s3")]),
      below("s1", "SUCCESS", true),
      below("s2", "RUNNING"),
      below("s3", "FAILED", true),
    ]);
    const seen = await observer.look(id, nothingKnown);
    if (seen.kind !== "seen") throw new Error(seen.kind);
    expect(sightOf(seen)).toMatchObject({
      unit: "sub-instance",
      percent: 83,
      subs: { waiting: 0, running: 1, done: 1, failed: 1 },
    });
  });

  it("does not ask again for what has succeeded, and tells two of one name apart", async () => {
    const { observer, client } = observing([
      xflow([sub("prepare", "s1111"), sub("train", "s2222"), sub("train", "s3333")]),
      below("s1111", "SUCCESS", true),
      below("s2222", "RUNNING"),
      below("s3333", "RUNNING"),
    ]);
    const seen = await observer.look(id, { isXflow: true, endedSubs: new Set(["prepare"]) });
    expect(seen).toMatchObject({ subs: [{ name: "prepare", state: "done" }, { name: "train …2222" }, { name: "train …3333" }] });
    expect(client.calls).not.toContain("getInstance s1111");
  });

  it("says which sub-instances began and failed", async () => {
    const { observer, client } = observing([xflow([sub("prepare", "s1")]), below("s1", "RUNNING"), below("s2", "RUNNING")]);
    const watch = newWatch(
      { team: "T1", connection: "main", project: "demo_project", instanceId: id, channel: "C1", startedBy: "ann" },
      startedAt,
    );
    const later = startedAt + 600_000;
    const first = step(watch, await observer.look(id, nothingKnown), later, later).watch;
    client.set(id, { subs: [sub("prepare", "s1"), sub("train", "s2")] });
    client.set("s1", below("s1", "FAILED", true));
    const { announcements } = step(
      first,
      await observer.look(id, { isXflow: true, endedSubs: new Set() }),
      later + 60_000,
      later,
    );
    expect(announcements).toContainEqual(
      expect.objectContaining({ kind: "stage", unit: "sub-instance", failed: ["prepare"], started: [{ name: "train" }] }),
    );
  });
});
