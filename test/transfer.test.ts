// Files of a result go out on their own, each once, whatever breaks on the way.
import { describe, expect, it } from "vitest";
import { UserError } from "../src/commands/errors.ts";
import { MaxComputeError } from "../src/maxcompute/index.ts";
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
});
