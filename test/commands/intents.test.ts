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
