// After a stop: what has not ended is followed on a card of the conversation, and where that cannot be the answer says how to look.
import { describe, expect, it } from "vitest";
import { connection, type WatchBook } from "../../src/commands/watch-book.ts";
import { MaxComputeError } from "../../src/maxcompute/index.ts";
import { newWatch, type Watch } from "../../src/watch/index.ts";
import { aBot } from "../support/a-bot.ts";
import { anInstance, aTask, cancelled, fakeMaxCompute } from "../support/fake-maxcompute.ts";

const running = { instance: anInstance(), tasks: [aTask()] };
const { id } = running.instance;
const here = { team: "T1", channel: "general", project: "demo_project", instanceId: id };
const never = () => new Promise<never>(() => undefined);

type Fake = Parameters<typeof fakeMaxCompute>[1];
function aStop(fake: Fake = {}, over: Parameters<typeof aBot>[1] = {}, broken: Partial<WatchBook> = {}) {
  const maxcompute = fakeMaxCompute([running], fake);
  const bot = aBot(maxcompute, over);
  const { find, add } = bot.watching;
  Object.assign(bot.watching, broken);
  const stop = async () => {
    const { intentId } = await bot.answer("confirm-stop", bot.type("bob", `stop ${id} --reason "wrong day"`));
    return bot.answer("stop", bot.doAs("bob", { kind: "intent", intentId, press: "run" }));
  };
  const watchHere = (over: Partial<Watch> = {}) =>
    add({ ...newWatch({ ...here, connection, startedBy: "vic" }, bot.clock.now()), ...over });
  return { ...bot, maxcompute, stop, watchHere, watched: () => find(here) };
}

describe("a stop that has not ended the instance while somebody waited", () => {
  it("is followed on a card that is opened for it", async () => {
    const { stop, watched } = aStop();
    expect(await stop()).toMatchObject({ phase: "still-running", isFollowed: true });
    const watch = await watched();
    expect(watch).toMatchObject({ startedBy: "bob", stop: { by: "bob", reason: "wrong day" } });
    // Counted from the stop, not from when the watch began.
    expect((watch?.startedAt ?? 0) - (watch?.stop?.at ?? 0)).toBeGreaterThanOrEqual(20_000);
  });

  it("is followed where its answer was lost, too", async () => {
    const { stop, watched } = aStop({ failing: { stopInstance: new MaxComputeError("unreachable", "cut") } });
    expect(await stop()).toMatchObject({ phase: "unknown", isFollowed: true });
    expect(await watched()).toMatchObject({ stop: { by: "bob" } });
  });

  it("is said on the card there is, which stays whose it was", async () => {
    const { stop, watchHere, watched } = aStop();
    await watchHere();
    expect(await stop()).toMatchObject({ isFollowed: true });
    expect(await watched()).toMatchObject({ startedBy: "vic", stop: { by: "bob" } });
  });

  it("takes the silent watch of a subscription", async () => {
    const { stop, watchHere, watched } = aStop();
    await watchHere({ only: ["failed"] });
    expect(await stop()).toMatchObject({ isFollowed: true });
    expect(await watched()).toMatchObject({ stop: { by: "bob" } });
    expect(await watched()).not.toHaveProperty("only");
  });

  it.each<[string, Parameters<typeof aBot>[1], Partial<WatchBook>]>([
    ["the bot may not post", { isOutside: true }, {}],
    ["the watches cannot be reached", {}, { add: async () => Promise.reject(new Error("the store is away")) }],
    ["no watch can be marked", {}, { stopping: async () => Promise.reject(new Error("the store is away")), add: never }],
    ["the watches do not answer", {}, { stopping: never, add: never }],
  ])("is answered with how to look where %s", async (_, over, broken) => {
    const { stop, told } = aStop({}, over, broken);
    expect(await stop()).toMatchObject({ phase: "still-running", isFollowed: false });
    expect(told.at(-1)?.view).toMatchObject({ kind: "acted", action: "asked to stop" });
  });
});

describe("a stop", () => {
  it("is on the card from the moment MaxCompute took it", async () => {
    const stopped = aStop({ onStop: cancelled });
    await stopped.watchHere();
    expect(await stopped.stop()).toMatchObject({ phase: "stopped" });
    expect(await stopped.watched()).toMatchObject({ stop: { by: "bob" } });
  });

  it("that ends the instance opens no card", async () => {
    const { stop, watched } = aStop({ onStop: cancelled });
    expect(await stop()).toMatchObject({ phase: "stopped" });
    expect(await watched()).toBeUndefined();
  });

  it("that MaxCompute refused is on no card", async () => {
    const { stop, watchHere, watched } = aStop({ failing: { stopInstance: new MaxComputeError("already-finished", "no") } });
    await watchHere();
    expect(await stop()).not.toHaveProperty("isFollowed");
    expect(await watched()).not.toHaveProperty("stop");
  });
});
