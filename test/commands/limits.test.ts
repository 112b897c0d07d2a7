import { describe, expect, it } from "vitest";
import { mostInAMinute } from "../../src/commands/limits.ts";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { limitsContract } from "../contracts/limits.ts";
import { aBot } from "../support/a-bot.ts";
import { anInstance, aTask, cancelled, fakeMaxCompute } from "../support/fake-maxcompute.ts";
import { manualClock } from "../support/manual-clock.ts";

limitsContract("SQLite", async () => {
  const clock = manualClock();
  return { store: openSqliteStore(":memory:", clock.now), clock };
});

const running = { instance: anInstance(), tasks: [aTask()] };
const { id } = running.instance;

/** Does it without letting time pass. */
async function inOneMinute(bot: ReturnType<typeof aBot>, count: number, incoming: () => Parameters<typeof bot.bot.accept>[0]) {
  for (let each = 0; each < count; each += 1) {
    await bot.bot.accept(incoming());
    await bot.queue.idle();
  }
}

describe("the bot", () => {
  it("answers what is over the limit with the limit, and asks MaxCompute nothing for it", async () => {
    const fake = fakeMaxCompute([running]);
    const bot = aBot(fake);
    const status = () => bot.incoming("vic", { kind: "text", text: `status ${id}` });
    await inOneMinute(bot, mostInAMinute.person, status);
    expect(bot.told.every(({ view }) => view.kind === "instance")).toBe(true);
    const asked = fake.calls.length;
    const ref = { kind: "ref", ref: "r1", verb: "tasks" } as const;
    await inOneMinute(bot, 1, () => bot.incoming("vic", ref));
    expect(bot.told).toHaveLength(mostInAMinute.person + 1);
    expect(bot.told.at(-1)).toMatchObject({
      to: "vic",
      stage: "final",
      view: {
        kind: "error",
        tone: "trouble",
        title: expect.stringContaining("30 times"),
        next: expect.stringContaining("Try again in"),
      },
    });
    expect(fake.calls).toHaveLength(asked);
    await bot.clock.advance(60_000);
    expect(await bot.answer("instance", bot.type("vic", `status ${id}`))).toBeDefined();
  });

  it("counts a repeated delivery once", async () => {
    const bot = aBot(fakeMaxCompute([running]));
    await inOneMinute(bot, 100, () => bot.incoming("vic", { kind: "text", text: "list" }, { delivery: "same" }));
    await inOneMinute(bot, 1, () => bot.incoming("vic", { kind: "text", text: `status ${id}` }));
    expect(bot.told.map(({ view }) => view.kind)).toEqual(["instances", "instance"]);
  });

  it("leaves a button that was pressed too often as it was: it works in the next minute", async () => {
    const fake = fakeMaxCompute([running], { onStop: cancelled });
    const bot = aBot(fake);
    const { intentId } = await bot.answer("confirm-stop", bot.type("bob", `stop ${id}`));
    await bot.clock.advance(60_000);
    const press = (intent: string) => () => bot.incoming("bob", { kind: "intent", intentId: intent, press: "run" });
    await inOneMinute(bot, mostInAMinute.acts, press("no-such-intent"));
    await inOneMinute(bot, 1, press(intentId));
    expect(bot.told.at(-1)?.view).toMatchObject({ kind: "error", title: expect.stringContaining("10 times") });
    expect(fake.calls.filter((call) => call.startsWith("stopInstance"))).toEqual([]);
    await bot.clock.advance(60_000);
    expect(await bot.answer("stop", bot.doAs("bob", { kind: "intent", intentId, press: "run" }))).toMatchObject({
      phase: "stopped",
    });
  });
});
