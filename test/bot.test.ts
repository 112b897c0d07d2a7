// What holds for every command: it is answered once, whatever repeats, breaks or takes too long.
import { describe, expect, it } from "vitest";
import { MaxComputeError } from "../src/maxcompute/index.ts";
import { aBot, aRequest } from "./support/a-bot.ts";
import { anInstance, aTask, cancelled, fakeMaxCompute } from "./support/fake-maxcompute.ts";

const running = { instance: anInstance(), tasks: [aTask()] };
const id = running.instance.id;
const typed = { kind: "text", text: `tasks ${id}` } as const;

describe("the bot", () => {
  it("answers a delivery that is repeated once", async () => {
    const fake = fakeMaxCompute([running]);
    const { doAs, told, settle } = aBot(fake);
    await Promise.all([doAs("vic", typed, { delivery: "same" }), doAs("vic", typed, { delivery: "same" })]);
    await doAs("vic", typed, { delivery: "same" });
    await settle();
    expect(told).toHaveLength(1);
    expect(fake.calls).toHaveLength(2);
  });

  it("gives a repeated delivery the same id, and another delivery another", async () => {
    const { bot, incoming } = aBot(fakeMaxCompute([running]));
    const ids = [];
    for (const delivery of ["a", "a", "b"]) ids.push((await bot.accept(incoming("vic", typed, { delivery }))).requestId);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
    expect(ids[0]).toMatch(/^E-[0-9A-Z]{8}$/);
  });

  it("waits ten seconds for MaxCompute in all", async () => {
    const fake = fakeMaxCompute([running]);
    const { doAs, clock } = aBot(fake);
    const now = clock.now();
    await doAs("vic", typed);
    expect(fake.deadlines).toEqual([now + 10_000]);
  });

  it("asks MaxCompute in the name of whoever asked, the sender of files too", async () => {
    const ended = { instance: anInstance({ status: "Terminated" }), tasks: [aTask({ status: "SUCCESS" })] };
    const results = [{ taskName: aTask().name, format: "csv", text: '"a"\n1\n' }];
    const { type, callers, files } = aBot(fakeMaxCompute([{ ...ended, results }]));
    await type("vic", `tasks ${id}`);
    expect(new Set(callers.splice(0))).toEqual(new Set(["vic"]));
    await type("bob", `result ${id} --csv`);
    expect(files).toHaveLength(1);
    expect(new Set(callers)).toEqual(new Set(["bob"]));
  });

  it("says after five seconds what it is waiting for", async () => {
    const slow = fakeMaxCompute([running]);
    const { bot, incoming, clock, told, settle } = aBot({
      ...slow,
      withDeadline: () => ({ ...slow, getTasks: () => new Promise((resolve) => clock.after(7_000, () => resolve([]))) }),
    });
    await bot.accept(incoming("vic", typed));
    await settle();
    expect(told.map(({ stage, view }) => [stage, view.kind])).toEqual([
      ["interim", "notice"],
      ["final", "tasks"],
    ]);
  });

  it("apologises after fifty seconds, and the late answer is not sent besides", async () => {
    const stuck = fakeMaxCompute([running]);
    const { bot, incoming, clock, told, settle, logged } = aBot({
      ...stuck,
      withDeadline: () => ({ ...stuck, getTasks: () => new Promise((resolve) => clock.after(55_000, () => resolve([]))) }),
    });
    const { requestId } = await bot.accept(incoming("vic", typed));
    await settle();
    const finals = told.filter(({ stage }) => stage === "final");
    expect(finals).toMatchObject([{ view: { kind: "error", title: "This takes longer than I can wait.", errorId: requestId } }]);
    expect(logged).toContainEqual(expect.objectContaining({ event: "request.answered_by_apology", requestId }));
  });

  it("tells the channel of a stop whose answer came too late for the person", async () => {
    const fake = fakeMaxCompute([running], { onStop: cancelled });
    const { bot, type, answer, incoming, told, settle, clock } = aBot({
      ...fake,
      withDeadline: () => ({
        ...fake,
        stopInstance: (each) => new Promise((resolve) => clock.after(55_000, () => resolve(fake.stopInstance(each)))),
      }),
    });
    const { intentId } = await answer("confirm-stop", type("bob", `stop ${id}`));
    await bot.accept(incoming("bob", { kind: "intent", intentId, press: "run" }));
    await settle();
    expect(told.slice(-2)).toMatchObject([
      {
        stage: "final",
        view: {
          kind: "error",
          title: "Stopping takes longer than I can wait.",
          suggestions: [{ label: "Status", value: `text:status ${id} -p demo_project` }],
        },
      },
      { stage: "announced", view: { kind: "acted", action: "stopped" } },
    ]);
  });

  it("says the answer last, however slow the word before it was", async () => {
    const slow = fakeMaxCompute([running]);
    const order: string[] = [];
    const { bot, incoming, clock, settle } = aBot(
      {
        ...slow,
        withDeadline: () => ({ ...slow, getTasks: () => new Promise((resolve) => clock.after(6_000, () => resolve([]))) }),
      },
      {
        failReply: async ({ stage }) => {
          if (stage === "interim") await new Promise<void>((resolve) => void clock.after(3_000, resolve));
          order.push(stage);
        },
      },
    );
    await bot.accept(incoming("vic", typed));
    await settle();
    expect(order).toEqual(["interim", "final"]);
  });

  it("keeps no token of a pasted Logview link, not on disk either", async () => {
    const { bot, incoming, ledger, logged } = aBot(fakeMaxCompute([running]));
    await bot.accept(incoming("vic", { kind: "text", text: `status http://l.test/?i=${id}&token=S3CRET` }));
    const kept = await ledger.unfinished();
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept) + JSON.stringify(logged)).not.toContain("S3CRET");
  });

  it("answers although the references of its buttons cannot be stored", async () => {
    const { answer, doAs } = aBot(fakeMaxCompute([running]), {
      breaking: (store) => ({
        ...store,
        put: async (key, ...rest) => {
          if (key.partition.startsWith("refs/")) throw new Error("disk full");
          return store.put(key, ...rest);
        },
      }),
    });
    expect((await answer("error", doAs("vic", typed))).suggestions).toMatchObject([{ label: "Try again" }]);
  });

  it("takes an id that the service made up for one word, whatever is in it", async () => {
    const odd = "odd --share";
    const { doAs, answer, type } = aBot(fakeMaxCompute([{ ...running, instance: anInstance({ id: odd }) }]));
    const { rows } = await answer("instances", type("vic", "list"));
    const ask = { kind: "ref", verb: "tasks", ref: rows[0]?.link.ref ?? "" } as const;
    expect((await answer("error", doAs("vic", ask))).title).toContain("`odd --share` does not name an instance");
  });

  it("refuses a request that comes too late, and does nothing", async () => {
    const fake = fakeMaxCompute([running]);
    const { bot, clock, told } = aBot(fake);
    await bot.run(aRequest({ requestedAt: clock.now() - 60_001, ask: typed }));
    expect(told).toMatchObject([{ view: { kind: "error", title: "Your command reached me too late, so I did nothing." } }]);
    expect(fake.calls).toEqual([]);
  });

  it("tells no more than an id when the fault is its own, and logs the rest", async () => {
    const { doAs, answer, logged } = aBot(fakeMaxCompute([running], { failing: { getTasks: new TypeError("secret detail") } }));
    const view = await answer("error", doAs("vic", typed));
    expect(JSON.stringify(view)).not.toContain("secret detail");
    expect(logged).toContainEqual(
      expect.objectContaining({
        event: "request.failed",
        requestId: view.errorId,
        error: expect.objectContaining({ message: "secret detail" }),
      }),
    );
  });

  it("says so at once when a command cannot be put on record", async () => {
    const { bot, incoming, store } = aBot(fakeMaxCompute([running]));
    store.close();
    expect(await bot.accept(incoming("vic", typed))).toMatchObject({
      kind: "answer",
      view: { kind: "error", title: "Something broke on my side." },
    });
  });

  it("says it where it was asked when there is no acknowledgement to say it in", async () => {
    const { bot, incoming, store, told } = aBot(fakeMaxCompute([running]));
    store.close();
    await bot.accept(incoming("vic", typed, { origin: "mention" }));
    expect(told).toMatchObject([{ to: "vic", view: { kind: "error", title: "Something broke on my side." } }]);
  });

  it("goes on when a word on the way cannot be sent, and still announces", async () => {
    const fake = fakeMaxCompute([running], {
      onStop: (each, self) =>
        self.set(each, { instance: anInstance({ status: "Terminated" }), tasks: [aTask({ status: "CANCELLED" })] }),
    });
    const { type, answer, doAs, logged } = aBot(fake, {
      failReply: ({ stage }) => (stage === "interim" ? new Error("no") : undefined),
    });
    const { intentId } = await answer("confirm-stop", type("bob", `stop ${id}`));
    expect(await answer("stop", doAs("bob", { kind: "intent", intentId, press: "run" }))).toMatchObject({ phase: "stopped" });
    expect(logged).toContainEqual(expect.objectContaining({ event: "reply.interim_failed" }));
  });

  it("answers privately what it may not post", async () => {
    const { type } = aBot(fakeMaxCompute([running]), {
      failReply: ({ stage }) => (stage === "announced" ? new Error("not_in_channel") : undefined),
    });
    expect(await type("vic", `tasks ${id} --share`)).toMatchObject([
      { to: "vic", stage: "final", view: { kind: "tasks" } },
      { to: "vic", stage: "interim", view: { kind: "notice", text: expect.stringContaining("may not post here") } },
    ]);
  });

  it("has answered a stop even when the channel cannot be told", async () => {
    const fake = fakeMaxCompute([running], {
      onStop: (each, self) =>
        self.set(each, { instance: anInstance({ status: "Terminated" }), tasks: [aTask({ status: "CANCELLED" })] }),
    });
    const { type, answer, doAs, logged, ledger } = aBot(fake, {
      failReply: ({ stage }) => (stage === "announced" ? new Error("no") : undefined),
    });
    const { intentId } = await answer("confirm-stop", type("bob", `stop ${id}`));
    expect(await answer("stop", doAs("bob", { kind: "intent", intentId, press: "run" }))).toMatchObject({ phase: "stopped" });
    expect(logged).toContainEqual(expect.objectContaining({ event: "announce.failed" }));
    expect(await ledger.unfinished()).toEqual([]);
  });

  it("keeps a request whose answer nobody could be given, for the next start", async () => {
    const { type, ledger, logged } = aBot(fakeMaxCompute([running]), { failReply: () => new Error("Slack is down") });
    await type("vic", `tasks ${id}`);
    expect(await ledger.unfinished()).toMatchObject([{ state: "answering" }]);
    expect(logged).toContainEqual(expect.objectContaining({ event: "request.unanswered" }));
  });

  it("says that a button has expired when nothing is known of it", async () => {
    const { doAs, answer } = aBot(fakeMaxCompute([running]));
    for (const ref of ["r1:E-XXXXXXXX.0", "made up"]) {
      expect((await answer("error", doAs("vic", { kind: "ref", verb: "status", ref }))).title).toBe("This button has expired.");
    }
  });

  it("takes a reference without a verb for a status, and gives no team another's", async () => {
    const { doAs, answer, type } = aBot(fakeMaxCompute([running]));
    const { link } = await answer("tasks", type("vic", `tasks ${id}`));
    expect((await answer("instance", doAs("vic", { kind: "ref", ref: link.ref }))).instance.id).toBe(id);
    expect(
      (await answer("error", doAs("vic", { kind: "ref", ref: link.ref }, { caller: { team: "T2", user: "vic" } }))).title,
    ).toBe("This button has expired.");
  });
});

describe("what an earlier process left", () => {
  const left = async (state: "received" | "running" | "answering", over = {}, age = 1_000) => {
    const each = aBot(fakeMaxCompute([running]));
    const request = aRequest({ ask: typed, requestedAt: each.clock.now() - age, ...over });
    await each.ledger.receive(request);
    if (state !== "received") await each.ledger.claim(request);
    if (state === "answering") await each.ledger.settle(request.id);
    expect(await each.bot.sweep({ before: each.clock.now() })).toBe(1);
    expect(await each.ledger.unfinished()).toEqual([]);
    return each.told.map(({ view }) => view);
  };

  it("is run if it was only received a moment ago", async () => {
    expect(await left("received")).toMatchObject([{ kind: "tasks" }]);
  });

  it.each([
    ["received long ago", "received", 120_000, {}, "too late", "Please ask again."],
    ["being run", "running", 1_000, {}, "interrupted before", "Please ask again."],
    ["being answered", "answering", 1_000, {}, "while I was answering", "If you see no answer above"],
    [
      "stopping an instance",
      "running",
      1_000,
      { ask: { kind: "intent", intentId: "i", press: "run" } },
      "while I was stopping",
      "may or may not",
    ],
    [
      "stopping what somebody approved",
      "running",
      1_000,
      { ask: { kind: "intent", intentId: "i", press: "approve" } },
      "while I was stopping",
      "may or may not",
    ],
  ] as const)("is apologised for if it was %s", async (_what, state, age, over, title, next) => {
    expect(await left(state, over, age)).toMatchObject([
      { kind: "error", title: expect.stringContaining(title), next: expect.stringContaining(next) },
    ]);
  });

  it("is left alone while it is under way in this one", async () => {
    const each = aBot(fakeMaxCompute([running]));
    await each.clock.advance(1_000);
    await each.ledger.claim(aRequest({ ask: typed, requestedAt: each.clock.now() }));
    expect(await each.bot.sweep({ before: each.clock.now() - 1 })).toBe(0);
    expect(await each.bot.sweep({ before: each.clock.now(), after: each.clock.now() + 1 })).toBe(0);
    expect(each.told).toEqual([]);
  });

  it("is answered although another entry cannot be read", async () => {
    const each = aBot(fakeMaxCompute([running]));
    await each.store.put({ partition: "requests", id: "E-0" }, { schema: 99 }, each.clock.now() + 60_000);
    await each.ledger.receive(aRequest({ ask: typed, requestedAt: each.clock.now() }));
    expect(await each.bot.sweep({ before: each.clock.now() })).toBe(1);
    expect(each.told).toMatchObject([{ view: { kind: "tasks" } }]);
  });

  it("offers to ask again with a press", async () => {
    expect(await left("running")).toMatchObject([{ suggestions: [{ value: `text:${typed.text}` }] }]);
  });

  it("stays on record when even the apology cannot be sent", async () => {
    const each = aBot(fakeMaxCompute([running]), { failReply: () => new MaxComputeError("server", "Slack is down") });
    const request = aRequest({ ask: typed, requestedAt: each.clock.now() });
    await each.ledger.claim(request);
    await each.ledger.settle(request.id);
    await each.bot.sweep({ before: each.clock.now() });
    expect(await each.ledger.unfinished()).toHaveLength(1);
  });

  it("is found however much there is", async () => {
    const each = aBot(fakeMaxCompute([running]));
    for (let index = 0; index < 250; index += 1)
      await each.ledger.receive(aRequest({ id: `E-${index}`, ask: typed, requestedAt: each.clock.now() }));
    expect(await each.bot.sweep({ before: each.clock.now() })).toBe(250);
    expect(each.told).toHaveLength(250);
  });
});
