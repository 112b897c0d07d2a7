import { describe, expect, it } from "vitest";
import { createObserver, createWaiting } from "../../../src/commands/watching/observer.ts";
import { MaxComputeError } from "../../../src/maxcompute/index.ts";
import { anInstance, aTask, type FakeInstance, fakeMaxCompute, startedAt } from "../../support/fake-maxcompute.ts";

const place = { team: "T1", connection: "main", project: "demo_project" };
const nothingKnown = { endedSubs: new Set<string>() };
const { id } = anInstance();
const now = () => startedAt;
const failed: FakeInstance = {
  instance: anInstance({ status: "Terminated", endTime: startedAt + 1_000 }),
  tasks: [aTask({ status: "FAILED" })],
  results: [
    {
      taskName: "AnonymousSQLTask",
      format: "text",
      text: "ODPS-0130131:[1,15] Table not found - table prod_dw.orders cannot be resolved",
    },
  ],
};

function observing(all: readonly FakeInstance[], failing: Parameters<typeof fakeMaxCompute>[1] = {}) {
  const client = fakeMaxCompute(all, failing);
  const asked: string[] = [];
  const clientOf = ({ project }: { readonly project: string }) => {
    asked.push(project);
    return client;
  };
  return { client, asked, clientOf, observer: (deadline: number) => createObserver(clientOf, now)(place, deadline) };
}

describe("the engine's eyes", () => {
  it("see why an instance failed, in the words of `why`", async () => {
    const { observer, asked } = observing([failed]);
    expect(await observer(startedAt + 60_000).look(id, nothingKnown)).toMatchObject({
      failure: {
        code: "ODPS-0130131",
        cause: "The table prod_dw.orders does not exist at line 1, column 15.",
        next: "Check its name and project and whether it was dropped, then run it again.",
      },
    });
    expect(asked).toEqual(["demo_project"]);
  });

  it("spend 15 seconds on an instance at most, however long the tick has", async () => {
    const { observer, client } = observing([failed]);
    await observer(startedAt + 60_000).look(id, nothingKnown);
    await observer(startedAt + 60_000).extras(id, seenOf(failed), { cost: true, priority: true });
    await observer(startedAt + 4_000).look(id, nothingKnown);
    expect(client.deadlines).toEqual([startedAt + 15_000, startedAt + 15_000, startedAt + 4_000]);
  });

  it("list for as long as the tick has", async () => {
    const { observer, client } = observing([failed]);
    for await (const page of observer(startedAt + 60_000).running({})) expect(page).toEqual([]);
    for await (const page of observer(startedAt + 60_000).began(0, startedAt)) expect(page).toHaveLength(1);
    expect(client.deadlines).toEqual([startedAt + 60_000, startedAt + 60_000]);
    expect(client.calls.map((call) => JSON.parse(call.slice("listInstances ".length)).onlyOwner)).toEqual([false, false]);
  });
});

describe("waiting for an end", () => {
  const pause = async () => {};
  it("ends with it", async () => {
    const { clientOf, client } = observing([failed]);
    const waiting = createWaiting(clientOf, now, { pause });
    expect(await waiting.ended(place, id, startedAt + 20_000)).toBe(true);
    expect(client.deadlines).toEqual([startedAt + 20_000]);
  });

  it.each(["timeout", "denied", "not-found", "aborted"] as const)("ends without it where MaxCompute says %s", async (kind) => {
    const { clientOf } = observing([failed], { failing: { waitForCompletion: new MaxComputeError(kind, "no") } });
    expect(await createWaiting(clientOf, now, { pause }).ended(place, id, startedAt + 20_000)).toBe(false);
  });

  it("does not hide a fault of our own", async () => {
    const { clientOf } = observing([failed], { failing: { waitForCompletion: new TypeError("ours") } });
    await expect(createWaiting(clientOf, now, { pause }).ended(place, id, startedAt + 20_000)).rejects.toThrow("ours");
  });

  it("asks every two seconds where MaxCompute does not hold its answers, until its time is up", async () => {
    const { client } = observing([failed]);
    const given: unknown[] = [];
    const hurried = {
      ...client,
      waitForCompletion: (...asked: Parameters<typeof client.waitForCompletion>) => {
        given.push(asked);
        return client.waitForCompletion(...asked);
      },
    };
    const waiting = createWaiting(() => ({ ...hurried, withDeadline: () => hurried }), now, { pause });
    await waiting.ended(place, id, startedAt + 20_000);
    expect(given).toMatchObject([[id, { interval: 2_000, timeout: 20_000 }]]);
  });

  it("asks nothing when there is no time", async () => {
    const { clientOf, client } = observing([failed]);
    expect(await createWaiting(clientOf, now, { pause }).ended(place, id, startedAt)).toBe(false);
    expect(client.calls).toEqual([]);
  });
});

const seenOf = ({ instance, tasks }: FakeInstance) => ({ kind: "seen" as const, at: startedAt, instance, tasks, progress: [] });
