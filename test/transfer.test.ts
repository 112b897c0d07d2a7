// Files of a result go out on their own, each once, whatever breaks on the way.
import { describe, expect, it } from "vitest";
import { UserError } from "../src/commands/errors.ts";
import { createTransfers } from "../src/commands/transfers.ts";
import { type MaxComputeClient, MaxComputeError } from "../src/maxcompute/index.ts";
import { aBot, aRequest } from "./support/a-bot.ts";
import { anInstance, aTask, fakeMaxCompute } from "./support/fake-maxcompute.ts";

const id = "20261122090000000gsuccess1";
const task = (name: string) => aTask({ name, status: "SUCCESS" });
const rows = (taskName: string) => ({ taskName, format: "csv", text: '"a"\n1\n' });
const ended = {
  instance: anInstance({ id, status: "Terminated" }),
  tasks: [task("one"), task("two")],
  results: [rows("one"), rows("two")],
};
const names = [`${id}-one.csv`, `${id}-two.csv`];
const csv = { kind: "text", text: `result ${id} --csv` } as const;

describe("the files of a result", () => {
  it("follow the answer, to the person alone", async () => {
    const { type, files } = aBot(fakeMaxCompute([ended]));
    const told = await type("vic", csv.text);
    expect(told).toMatchObject([{ to: "vic", stage: "final", view: { kind: "result" } }]);
    expect(files).toEqual(names.map((name) => ({ to: "vic", name })));
  });

  it("go where the answer went when it was shared", async () => {
    const { type, files } = aBot(fakeMaxCompute([ended]));
    await type("vic", `${csv.text} --share`);
    expect(files.map(({ to }) => to)).toEqual(["#general", "#general"]);
  });

  it("are sent once, however often the transfer is delivered", async () => {
    const { type, files, bot, told } = aBot(fakeMaxCompute([ended]));
    await type("vic", csv.text);
    const request = aRequest({ ask: csv, caller: { team: "T1", user: "vic" }, id: "E-AGAIN" });
    await Promise.all([bot.transfer(request), bot.transfer(request)]);
    await bot.transfer(request);
    expect(files).toHaveLength(4);
    expect(told).toHaveLength(1);
  });

  it("go on behind the last that went out when their sender failed", async () => {
    let failures = 1;
    const fail = ({ name }: { name: string }) =>
      name.includes("two") && failures-- > 0 ? new Error("Slack is down") : undefined;
    const { bot, files, clock } = aBot(fakeMaxCompute([ended]), { failFile: fail });
    const request = aRequest({ ask: csv, requestedAt: clock.now() });
    expect(await bot.transfer(request)).toBe(false);
    expect(await bot.transfer(request)).toBe(true);
    expect(files.map(({ name }) => name)).toEqual(names);
  });

  it("are started again when their sender died, without waiting for its lease", async () => {
    const { bot, files, clock, settle, store } = aBot(fakeMaxCompute([ended]));
    const request = aRequest({ ask: csv, requestedAt: clock.now() });
    const held = { schema: 1, state: "sending", request, tries: 1, until: clock.now() + 900_000, sent: [names[0]] };
    await store.put({ partition: "transfers", id: request.id }, held, clock.now() + 9_000_000);
    await bot.transfer(request);
    expect(files).toEqual([]);
    await bot.resume(request);
    await settle();
    expect(files.map(({ name }) => name)).toEqual([names[1]]);
  });

  it("are started again by the sweep of a process that starts", async () => {
    const { bot, files, clock, settle, store } = aBot(fakeMaxCompute([ended]));
    const request = aRequest({ ask: csv, requestedAt: clock.now() });
    const waiting = { schema: 1, state: "waiting", request, tries: 0, until: 0, sent: [] };
    await store.put({ partition: "transfers", id: request.id }, waiting, clock.now() + 9_000_000);
    await store.put({ partition: "transfers", id: "of another version" }, { schema: 2 }, clock.now() + 9_000_000);
    await bot.sweep({ before: clock.now() });
    await settle();
    expect(files).toHaveLength(2);
  });

  it("that cannot be sent however often are said to be lost, once", async () => {
    const { bot, told, clock } = aBot(fakeMaxCompute([ended]), { failFile: () => new Error("Slack is down") });
    const request = aRequest({ ask: csv, requestedAt: clock.now() });
    const ends = [];
    for (let round = 0; round < 5; round += 1) ends.push(await bot.transfer(request));
    expect(ends).toEqual([false, false, false, true, true]);
    expect(told).toMatchObject([{ view: { kind: "error", title: "The file could not be sent.", errorId: request.id } }]);
    expect(told).not.toMatchObject([{ view: { next: expect.stringContaining("before") } }]);
  });

  it.each([
    ["a channel the bot is not in", new UserError("I am not in this channel."), "I am not in this channel."],
    ["what MaxCompute refuses", new MaxComputeError("denied", "no"), "MaxCompute does not let this bot do that."],
  ])("end in words at once for %s", async (_what, failure, title) => {
    const { bot, told, clock } = aBot(fakeMaxCompute([ended]), { failFile: () => failure });
    expect(await bot.transfer(aRequest({ ask: csv, requestedAt: clock.now() }))).toBe(true);
    expect(told).toMatchObject([{ view: { kind: "error", title } }]);
  });

  it("are none of a result without a file", async () => {
    const { type, files, store } = aBot(fakeMaxCompute([ended]));
    await type("vic", `result ${id}`);
    expect(files).toEqual([]);
    expect(await store.list("transfers", { limit: 1 })).toEqual([]);
  });

  it("are of the instance that was meant when they were asked for, and change nothing that is remembered", async () => {
    const other = "20261122090000000gsuccess2";
    const both = [ended, { ...ended, instance: anInstance({ id: other, status: "Terminated" }) }];
    let failures = 1;
    const each = aBot(fakeMaxCompute(both), { failFile: () => (failures-- > 0 ? new Error("Slack is down") : undefined) });
    await each.type("ann", `status ${id}`);
    const asked = await each.bot.accept(each.incoming("ann", { kind: "text", text: "result last --csv" }));
    await each.settle();
    expect(each.files).toEqual([]);
    await each.type("ann", `status ${other}`);
    await each.bot.transfer(aRequest({ id: asked.requestId, ask: { kind: "text", text: "result last --csv" } }));
    expect(each.files.map(({ name }) => name)).toEqual(names);
    const { link } = await each.answer("instance", each.type("ann", "status last"));
    expect(link.instanceId).toBe(other);
  });

  it("are of nothing at all when it is not known which instance was meant", async () => {
    const { bot, type, files, told } = aBot(fakeMaxCompute([ended]));
    await type("ann", `status ${id}`);
    expect(await bot.transfer(aRequest({ ask: { kind: "text", text: "result last --csv" } }))).toBe(true);
    expect(files).toEqual([]);
    expect(told.at(-1)).toMatchObject({ view: { title: "I no longer know which instance this was." } });
  });

  it("stop being started where nobody can be told that they are lost: the record is left to whoever looks after lost ones", async () => {
    const away = () => new Error("account_inactive");
    const { bot, clock, settle, logged } = aBot(fakeMaxCompute([ended]), { failFile: away, failReply: away });
    const request = aRequest({ ask: csv, requestedAt: clock.now() });
    for (const worker of ["a", "b", "c"]) expect(await bot.transfer(request, { worker })).toBe(false);
    const failures = () => logged.filter(({ event }) => event === "transfer.failed").length;
    const before = failures();
    for (let received = 1; received <= 5; received += 1) {
      expect(await bot.resume(request, "c", { worker: `teller-${received}` })).toBe(false);
      await settle();
      expect(failures()).toBe(before + received);
    }
  });

  it("are said to be lost by whoever hears of the last sender's end", async () => {
    const { bot, told, clock } = aBot(fakeMaxCompute([ended]), { failFile: () => new Error("Slack is down") });
    const request = aRequest({ ask: csv, requestedAt: clock.now() });
    for (const worker of ["a", "b", "c"]) await bot.transfer(request, { worker });
    const tellings = ["d", "e"].map((worker) => bot.resume(request, "c", { worker }));
    expect((await Promise.all(tellings)).includes(true)).toBe(true);
    expect(await bot.resume(request, "c", { worker: "f" })).toBe(true);
    expect(told).toMatchObject([{ view: { title: "The file could not be sent." } }]);
  });

  it("are said to be lost once when the worn-out transfer is delivered twice at the same time", async () => {
    const { bot, told, clock } = aBot(fakeMaxCompute([ended]), { failFile: () => new Error("Slack is down") });
    const request = aRequest({ ask: csv, requestedAt: clock.now() });
    for (const worker of ["a", "b", "c"]) await bot.transfer(request, { worker });
    await Promise.all(["d", "e"].map((worker) => bot.transfer(request, { worker })));
    expect(told).toHaveLength(1);
  });

  it.each(["resume", "transfer"] as const)(
    "are said to be lost again, and that, when whoever said so may have died of it: %s",
    async (how) => {
      const { bot, told, clock, store } = aBot(fakeMaxCompute([ended]));
      const request = aRequest({ ask: csv, requestedAt: clock.now() });
      const tried = { schema: 1, request, tries: 3, restarts: 0, until: 0, sent: [] };
      await store.put({ partition: "transfers", id: request.id }, { ...tried, state: "giving up" }, clock.now() + 9_000_000);
      expect(await bot[how](request)).toBe(true);
      expect(told).toMatchObject([{ view: { next: expect.stringMatching(/I may have told this before\.$/) } }]);
    },
  );

  it("that nobody could be got to send are said to be lost as well", async () => {
    const { bot, told, clock, store } = aBot(fakeMaxCompute([ended]));
    const request = aRequest({ ask: csv, requestedAt: clock.now() });
    const starts = { schema: 1, state: "waiting", request, tries: 0, restarts: 4, until: 0, sent: [] };
    await store.put({ partition: "transfers", id: request.id }, starts, clock.now() + 9_000_000);
    expect(await bot.resume(request)).toBe(true);
    expect(told).toMatchObject([{ view: { title: "The file could not be sent." } }]);
  });

  it("are left to the sender that is at it, however often the end of an earlier one is told", async () => {
    const each = aBot(fakeMaxCompute([ended]));
    const request = aRequest({ ask: csv, requestedAt: each.clock.now() });
    const transfers = createTransfers(each.store, each.clock.now);
    expect((await transfers.take(request, "a")).kind).toBe("yours");
    expect(await transfers.resume(request, "a", "teller")).toBe("start");
    expect((await transfers.take(request, "b")).kind).toBe("yours");
    expect(await transfers.resume(request, "a", "teller")).toBe("nothing");
    expect(await transfers.resume(request, undefined, "teller")).toBe("nothing"); // a dead letter of the rule
    await transfers.release(request.id, "a");
    expect(await transfers.take(request, "c")).toEqual({ kind: "taken" });
    expect(await transfers.begin(request.id, "x", "a")).toBe(false);
    await transfers.close(request.id, "a");
    expect(await transfers.begin(request.id, "x", "b")).toBe(true);
  });

  it("are not sent on by a sender that has lost them to another", async () => {
    const each = aBot(fakeMaxCompute([ended]), {
      failFile: async () => {
        const item = await each.store.get({ partition: "transfers", id: request.id });
        if (item !== undefined) await each.store.put(item.key, { ...Object(item.value), sender: "b" }, item.expiresAt);
      },
    });
    const request = aRequest({ ask: csv, requestedAt: each.clock.now() });
    expect(await each.bot.transfer(request, { worker: "a" })).toBe(true);
    expect(each.files.map(({ name }) => name)).toEqual(names.slice(0, 1));
    const transfers = createTransfers(each.store, each.clock.now);
    expect(await transfers.begin(request.id, "x", "b")).toBe(true);
  });

  it("have three more tries behind each one that went out", async () => {
    let sends = 0;
    const each = aBot(fakeMaxCompute([ended]), { failFile: () => (++sends % 3 === 0 ? undefined : new Error("Slack is down")) });
    const request = aRequest({ ask: csv, requestedAt: each.clock.now() });
    const ends = [];
    for (let round = 0; round < 5; round += 1) ends.push(await each.bot.transfer(request));
    expect(ends).toEqual([false, false, false, false, true]);
    expect(each.files.map(({ name }) => name)).toEqual(names);
  });

  it("are sent again, not closed in words, when the time for reading ran out", async () => {
    let late = 1;
    const failure = () => (late-- > 0 ? new MaxComputeError("timeout", "no more time") : undefined);
    const { bot, files, told, clock } = aBot(fakeMaxCompute([ended]), { failFile: failure });
    const request = aRequest({ ask: csv, requestedAt: clock.now() });
    expect(await bot.transfer(request)).toBe(false);
    expect(told).toEqual([]);
    expect(await bot.transfer(request)).toBe(true);
    expect(files).toHaveLength(2);
  });

  it("are read until two minutes before the end of their sender's turn", async () => {
    const deadlines: number[] = [];
    const fake = fakeMaxCompute([ended]);
    const watched: MaxComputeClient = {
      ...fake,
      withDeadline(at) {
        deadlines.push(at);
        return watched;
      },
    };
    const { bot, clock } = aBot(watched);
    const request = aRequest({ ask: csv, requestedAt: clock.now() });
    await bot.transfer(request, { worker: "a", endsAt: clock.now() + 600_000 });
    expect(new Set(deadlines)).toEqual(new Set([clock.now() + 480_000]));
  });
});
