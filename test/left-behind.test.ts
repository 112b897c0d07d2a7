// What a worker that ended leaves behind, and how it is made up for.
import { describe, expect, it } from "vitest";
import { createTransfers } from "../src/commands/transfers.ts";
import { aBot, aRequest } from "./support/a-bot.ts";
import { anInstance, aTask, cancelled, fakeMaxCompute } from "./support/fake-maxcompute.ts";

const running = { instance: anInstance(), tasks: [aTask()] };
const finished = {
  instance: anInstance({ status: "Terminated" }),
  tasks: [aTask({ status: "SUCCESS" })],
  results: [{ taskName: "AnonymousSQLTask", format: "csv", text: "a\n1\n" }],
};
const id = running.instance.id;
const typed = { kind: "text", text: `tasks ${id}` } as const;
const wantsFile = { kind: "text", text: `result ${id} --csv` } as const;

describe("an answer that was on its way", () => {
  const beingAnswered = async () => {
    const each = aBot(fakeMaxCompute([running]));
    const request = aRequest({ ask: typed, requestedAt: each.clock.now() });
    await each.ledger.claim(request);
    await each.clock.advance(30_000);
    await each.ledger.settle(request.id);
    await each.clock.advance(20_000);
    return { ...each, request };
  };

  it("is asked for again later while it may still arrive", async () => {
    const { bot, request, told } = await beingAnswered();
    expect(await bot.apologise(request, "slow")).toBe(false);
    expect(told).toEqual([]);
  });

  it("is apologised for once nobody can be sending it", async () => {
    const { bot, request, told, clock, ledger } = await beingAnswered();
    await clock.advance(90_000);
    expect(await bot.apologise(request, "slow")).toBe(true);
    expect(told).toMatchObject([{ view: { kind: "error", next: expect.stringContaining("If you see no answer above") } }]);
    expect(await ledger.unfinished()).toEqual([]);
  });

  it("is apologised for at once where its worker is known to have ended, and not for another's end", async () => {
    const each = aBot(fakeMaxCompute([running]));
    const request = aRequest({ ask: typed, requestedAt: each.clock.now() });
    await each.ledger.claim(request, "mine");
    await each.ledger.settle(request.id, { worker: "mine", endsAt: each.clock.now() + 28_000 });
    expect(await each.bot.apologise(request, "interrupted", "another")).toBe(false);
    expect(each.told).toEqual([]);
    expect(await each.bot.apologise(request, "interrupted", "mine")).toBe(true);
    expect(each.told).toMatchObject([{ view: { title: expect.stringContaining("while I was answering") } }]);
  });

  it("is waited for where its worker's turn ends soon, and apologised for then", async () => {
    const { ledger, clock, bot, told } = aBot(fakeMaxCompute([running]));
    const request = aRequest({ ask: typed, requestedAt: clock.now() });
    await ledger.claim(request);
    await ledger.settle(request.id, { endsAt: clock.now() + 59_000 });
    await clock.advance(50_000);
    const looked = bot.apologise(request, "slow");
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(8_999);
    expect(told).toEqual([]);
    await clock.advance(1);
    expect(await looked).toBe(true);
    expect(told).toMatchObject([{ view: { title: expect.stringContaining("while I was answering") } }]);
  });

  it("is not apologised for when it arrives while its turn is waited for", async () => {
    const { ledger, clock, bot, told } = aBot(fakeMaxCompute([running]));
    const request = aRequest({ ask: typed, requestedAt: clock.now() });
    await ledger.claim(request);
    await ledger.settle(request.id, { endsAt: clock.now() + 8_000 });
    const looked = bot.apologise(request, "slow");
    await new Promise((resolve) => setImmediate(resolve));
    await ledger.close(request.id);
    await clock.advance(8_000);
    expect(await looked).toBe(true);
    expect(told).toEqual([]);
  });

  it("needs nothing more when it has arrived", async () => {
    const { bot, request, told, ledger } = await beingAnswered();
    await ledger.close(request.id);
    expect(await bot.apologise(request, "slow")).toBe(true);
    expect(told).toEqual([]);
  });
});

describe("a stop whose worker ended", () => {
  /** The worker's store goes away with it, right after the stop. */
  const stopped = async () => {
    let isOver = false;
    const fake = fakeMaxCompute([running], {
      onStop: (each, self) => {
        cancelled(each, self);
        isOver = true;
      },
    });
    const gone = () => Promise.reject(new Error("the process ended"));
    const each = aBot(fake, {
      breaking: (store) => ({
        ...store,
        replace: (...given) => (isOver ? gone() : store.replace(...given)),
        put: (...given) => (isOver ? gone() : store.put(...given)),
      }),
    });
    const { intentId } = await each.answer("confirm-stop", each.type("bob", `stop ${id} --reason "wrong partition"`));
    const ask = { kind: "intent", intentId, press: "run" } as const;
    const incoming = each.incoming("bob", ask);
    const { requestId } = await each.bot.accept(incoming);
    await each.settle();
    isOver = false;
    const { replyTo, caller } = incoming;
    const request = aRequest({ id: requestId, ask, caller, replyTo, origin: "button", requestedAt: each.clock.now() });
    return { ...each, request, announced: () => each.told.filter(({ stage }) => stage === "announced").map(({ view }) => view) };
  };

  it("is told to the channel by whoever apologises for it", async () => {
    const { bot, request, announced, clock } = await stopped();
    await clock.advance(90_000);
    expect(await bot.apologise(request, "interrupted")).toBe(true);
    expect(await bot.apologise(request, "slow")).toBe(true);
    expect(announced()).toMatchObject([{ kind: "acted", by: "bob", action: "asked to stop", reason: "wrong partition" }]);
  });

  it("is told as soon as its worker is known to have ended", async () => {
    const fake = fakeMaxCompute([running]); // it goes on running, and its stop is watched
    const each = aBot(fake);
    const { intentId } = await each.answer("confirm-stop", each.type("bob", `stop ${id} --reason "wrong partition"`));
    const ask = { kind: "intent", intentId, press: "run" } as const;
    const request = aRequest({ ask, caller: { team: "T1", user: "bob" }, origin: "button", requestedAt: each.clock.now() });
    void each.bot.run(request, { worker: "mine", endsAt: each.clock.now() + 28_000 });
    while (!fake.calls.includes(`stopInstance ${id}`)) await new Promise((resolve) => setImmediate(resolve));
    const announced = () => each.told.filter(({ stage }) => stage === "announced");
    await each.bot.apologise(request, "interrupted", "another");
    expect(announced()).toEqual([]);
    expect(await each.bot.apologise(request, "interrupted", "mine")).toBe(true);
    expect(announced()).toHaveLength(1);
  });

  it("is told at the next start, also when the person has been answered", async () => {
    const { bot, request, announced, clock, ledger } = await stopped();
    await ledger.settle(request.id);
    await ledger.close(request.id);
    expect(await bot.sweep({ before: clock.now() })).toBe(0);
    expect(announced()).toMatchObject([{ kind: "acted", action: "asked to stop" }]);
  });
});

describe("a file whose sender ended", () => {
  it("comes although nobody was asked to send it", async () => {
    const each = aBot(fakeMaxCompute([finished]));
    const request = aRequest({ ask: wantsFile, requestedAt: each.clock.now() });
    await each.ledger.claim(request);
    await each.ledger.settle(request.id);
    await createTransfers(each.store, each.clock.now).add(request);
    await each.clock.advance(90_000);
    expect(await each.bot.apologise(request, "interrupted")).toBe(true);
    await each.settle();
    expect(each.files).toEqual([{ to: "ann", name: `${id}-AnonymousSQLTask.csv` }]);
  });

  it("comes once more with a word beside it when it may have arrived", async () => {
    const each = aBot(fakeMaxCompute([finished]));
    const request = aRequest({ ask: wantsFile, requestedAt: each.clock.now() });
    const transfers = createTransfers(each.store, each.clock.now);
    await transfers.take(request);
    await transfers.begin(request.id, `${id}-AnonymousSQLTask.csv`);
    await each.bot.resume(request);
    await each.settle();
    expect(each.files).toMatchObject([{ comment: "I may have sent this file before." }]);
  });
});
