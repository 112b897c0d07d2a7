import { describe, expect, it } from "vitest";
import { createIntents, type IntentDraft, intentLives } from "../../src/commands/intents.ts";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { aBot } from "../support/a-bot.ts";
import { anInstance, aTask, fakeMaxCompute } from "../support/fake-maxcompute.ts";
import { manualClock } from "../support/manual-clock.ts";

const bob = { team: "T1", user: "bob" };
const draft: IntentDraft = {
  verb: "stop",
  requester: bob,
  channel: "general",
  direct: false,
  needs: "press",
  project: "demo_project",
  instanceId: "20261122094800123gabcd12",
  shown: "a-hash",
};

const aBook = () => {
  const clock = manualClock();
  let ids = 0;
  return { clock, intents: createIntents(openSqliteStore(":memory:", clock.now), clock.now, () => `intent-${ids++}`) };
};

describe("production rule 1: an intent", () => {
  it("is decided by one press of any number at once", async () => {
    const { intents } = aBook();
    const { intentId } = await intents.prepare(draft);
    const presses = await Promise.all(
      ["run", "run", "cancel", "run"].map((press) => intents.decide(intentId, press as "run", bob)),
    );
    expect(presses.filter(({ kind }) => kind === "yours")).toHaveLength(1);
    expect(presses.filter(({ kind }) => kind === "used")).toHaveLength(3);
  });

  it.each([
    ["another person", { team: "T1", user: "ann" }],
    ["the same id in another workspace", { team: "T2", user: "bob" }],
  ])("is not decided by %s", async (_, presser) => {
    const { intents } = aBook();
    const { intentId } = await intents.prepare(draft);
    expect(await intents.decide(intentId, "run", presser)).toMatchObject({ kind: "foreign" });
    expect(await intents.decide(intentId, "run", bob)).toMatchObject({ kind: "yours" });
  });

  it("lives for ten minutes to the millisecond", async () => {
    const { intents, clock } = aBook();
    const { intentId } = await intents.prepare(draft);
    await clock.advance(intentLives - 1);
    const other = await intents.prepare(draft);
    expect(await intents.decide(intentId, "run", bob)).toMatchObject({ kind: "yours" });
    await clock.advance(intentLives);
    expect(await intents.decide(other.intentId, "run", bob)).toMatchObject({ kind: "expired" });
  });

  it("that nobody else may have seen, because its worker died, is asked for anew by its button; one with a card is not", async () => {
    const { intents, clock } = aBook();
    const approvable: IntentDraft = { ...draft, needs: "approval" };
    const [{ intentId: unseen }, { intentId: seen }] = [await intents.prepare(approvable), await intents.prepare(approvable)];
    for (const id of [unseen, seen]) await intents.decide(id, "run", bob);
    await intents.posted(seen, { channel: "general", ts: "1.0" });
    await clock.advance(119_999);
    for (const id of [unseen, seen]) expect(await intents.decide(id, "run", bob)).toMatchObject({ kind: "used" });
    await clock.advance(1);
    const again = await Promise.all([intents.decide(unseen, "run", bob), intents.decide(unseen, "run", bob)]);
    expect(again.map(({ kind }) => kind).sort()).toEqual(["used", "yours"]);
    expect(again.find(({ kind }) => kind === "yours")).toMatchObject({
      intent: { state: "awaiting", expiresAt: clock.now() + intentLives },
    });
    expect(await intents.decide(seen, "run", bob)).toMatchObject({ kind: "used" });
    expect(await intents.decide(unseen, "approve", { team: "T1", user: "ann" })).toMatchObject({ kind: "yours" });
  });

  it("cannot be carried by typed text", async () => {
    const running = { instance: anInstance(), tasks: [aTask()] };
    const fake = fakeMaxCompute([running]);
    const { type, answer } = aBot(fake);
    const { intentId } = await answer("confirm-stop", type("bob", `stop ${running.instance.id}`));
    for (const text of [
      `stop ${running.instance.id} --confirmed`,
      `stop ${running.instance.id} --intent ${intentId}`,
      `intent.run ${intentId}`,
      intentId,
    ])
      await type("bob", text);
    await answer("confirm-stop", type("bob", `stop ${running.instance.id}`)); // it only asks again
    expect(fake.calls.filter((call) => call.startsWith("stopInstance"))).toEqual([]);
  });
});
