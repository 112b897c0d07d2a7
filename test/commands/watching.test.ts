// Watches as people start, find and end them: on watches in memory, where nothing is looked at.
import { describe, expect, it } from "vitest";
import { MaxComputeError } from "../../src/maxcompute/index.ts";
import { aBot } from "../support/a-bot.ts";
import { anInstance, aTask, fakeMaxCompute, startedAt } from "../support/fake-maxcompute.ts";

const running = { instance: anInstance(), tasks: [aTask()] };
const other = { instance: anInstance({ id: "20261122094900123gother001" }), tasks: [aTask()] };
const id = running.instance.id;
const general = { team: "T1", channel: "general" };
const place = { ...general, project: "demo_project", instanceId: id };
const failed = {
  instance: anInstance({ id: "20261122090100000gfailed01", status: "Terminated", endTime: startedAt }),
  tasks: [aTask({ status: "FAILED" })],
  results: [{ taskName: "AnonymousSQLTask", format: "text", text: "ODPS-0130131:[1,15] Table not found - table p.nope" }],
};
const inThread = (thread: string) => ({
  origin: "mention" as const,
  replyTo: { channel: "general", direct: false, replaceable: false, thread },
});

describe("watch", () => {
  it.each(["watch", "w", "wait"])("starts a watch of this channel, typed as %j", async (verb) => {
    const { type, answer, watching } = aBot(fakeMaxCompute([running]));
    expect(await answer("watching", type("vic", `${verb} ${id}`))).toMatchObject({
      isNew: true,
      channel: "general",
      link: { project: "demo_project", instanceId: id },
      options: [],
    });
    expect(await watching.find(place)).toMatchObject({
      ...{ team: "T1", connection: "default", project: "demo_project", instanceId: id, startedBy: "vic", state: "opening" },
      thread: { channel: "general" },
      options: {},
      outbox: [{ announcement: { kind: "opened" } }],
    });
  });

  it("takes what is to be told, and says whose clocks it means", async () => {
    const { type, answer, watching } = aBot(fakeMaxCompute([running]));
    const typed = `watch ${id} --by 07:00 --zone asia/shanghai --stuck 10m --queue 2m --slow p90 --quiet --dm`;
    const view = await answer("watching", type("vic", typed));
    const by = Date.UTC(2026, 10, 22, 23);
    expect(view).toMatchObject({ by });
    expect(view.options).toEqual([
      "by 23 Nov, 07:00 Asia/Shanghai",
      "stuck after 10 m",
      "queued for 2 m",
      "slower than 9 of 10 earlier runs",
      "nothing shown to the whole channel",
      "its end as a direct message too",
    ]);
    expect((await watching.find(place))?.options).toEqual({
      ...{ by, stuckMs: 600_000, queueMs: 120_000, slow: "p90", quiet: true, dm: true },
    });
  });

  it("takes UTC for a time without a zone, and a day with its time", async () => {
    const { type, answer } = aBot(fakeMaxCompute([running, other]));
    expect((await answer("watching", type("vic", `watch ${id} --by 07:00`))).options).toEqual(["by 23 Nov, 07:00 UTC"]);
    const dated = await answer("watching", type("vic", `watch ${other.instance.id} --by 2026-11-26T07:00`));
    expect(dated).toMatchObject({ by: Date.UTC(2026, 10, 26, 7), options: ["by 26 Nov, 07:00 UTC"] });
  });

  it("refuses a deadline that has passed", async () => {
    const { type, answer, watching } = aBot(fakeMaxCompute([running]));
    const view = await answer("error", type("vic", `watch ${id} --by 2026-11-21T07:00`));
    expect(view.title).toBe("`--by` has passed: it was 21 Nov, 07:00 UTC.");
    expect(await watching.find(place)).toBeUndefined();
  });

  it("answers a second one with the card of the first, and its options", async () => {
    const fake = fakeMaxCompute([running]);
    const { type, answer, watching } = aBot(fake);
    await type("vic", `watch ${id} --stuck 10m`);
    const { id: watchId } = (await watching.find(place))!;
    expect(await answer("watching", type("bob", `watch ${id}`))).not.toHaveProperty("cardTs");
    watching.become(watchId, { thread: { channel: "general", ts: "1.5" } });
    const asked = fake.calls.length;
    const second = await answer("watching", type("bob", `watch ${id} --queue 1m`));
    expect(second).toMatchObject({ isNew: false, channel: "general", cardTs: "1.5", options: ["stuck after 10 m"] });
    expect(await watching.ofChannel(general)).toMatchObject([{ startedBy: "vic" }]);
    expect(fake.calls).toHaveLength(asked);
  });

  it("takes the place of what only a subscription follows, since that has no card", async () => {
    const { type, answer, watching } = aBot(fakeMaxCompute([running]));
    await type("vic", `watch ${id}`);
    watching.become((await watching.find(place))!.id, { only: ["slow"], startedBy: "ann" });
    expect(await answer("watching", type("vic", `watch ${id}`))).toMatchObject({ isNew: true });
    expect(await watching.find(place)).not.toHaveProperty("only");
  });

  it("in another channel is another watch", async () => {
    const { type, answer, watching } = aBot(fakeMaxCompute([running]));
    await type("vic", `watch ${id}`);
    const random = { replyTo: { channel: "random", direct: false, replaceable: false } };
    expect(await answer("watching", type("vic", `watch ${id}`, random))).toMatchObject({ isNew: true, channel: "random" });
    expect(await watching.ofChannel({ team: "T1", channel: "random" })).toHaveLength(1);
  });

  it("in a direct message has its card there", async () => {
    const { type, answer, watching } = aBot(fakeMaxCompute([running]));
    const direct = { origin: "direct" as const, replyTo: { channel: "D1", direct: true, replaceable: false } };
    expect(await answer("watching", type("vic", `watch ${id}`, direct))).toMatchObject({ isNew: true, channel: "D1" });
    expect(await watching.ofChannel({ team: "T1", channel: "D1" })).toMatchObject([{ thread: { channel: "D1" } }]);
  });

  it("of one that has ended says how, and watches nothing", async () => {
    const { type, answer, watching } = aBot(fakeMaxCompute([failed]));
    const view = await answer("notice", type("vic", `watch ${failed.instance.id}`));
    expect(view.text).toBe(
      "`…failed01` has ended already: it failed 12 m ago. A table does not exist at line 1, column 15. There is nothing left to watch.",
    );
    expect(view.suggestions.map(({ label }) => label)).toEqual(["Status", "Why?"]);
    expect(await watching.ofChannel(general)).toEqual([]);
  });

  it.each([
    ["SUCCESS", "it succeeded"],
    ["CANCELLED", "it was stopped"],
  ])("of one whose task is %s says that %s", async (status, words) => {
    const ended = { ...failed, tasks: [aTask({ status })] };
    const { type, answer } = aBot(fakeMaxCompute([ended]));
    expect((await answer("notice", type("vic", `watch ${ended.instance.id}`))).text).toContain(words);
  });

  it("of an unknown one says so, and watches nothing", async () => {
    const { type, answer, watching } = aBot(fakeMaxCompute([]));
    expect((await answer("error", type("vic", `watch ${id}`))).title).toContain("no such instance");
    expect(await watching.ofChannel(general)).toEqual([]);
  });

  it.each(["unreachable", "timeout", "throttled", "server"] as const)(
    "starts while MaxCompute is %s: it waits for the first answer",
    async (kind) => {
      const { type, answer } = aBot(fakeMaxCompute([running], { failing: { getInstance: new MaxComputeError(kind, "no") } }));
      expect(await answer("watching", type("vic", `watch ${id}`))).toMatchObject({ isNew: true });
    },
  );

  it("in a channel without the bot says how to let it in, and watches nothing", async () => {
    const { type, answer, watching } = aBot(fakeMaxCompute([running]), { isOutside: true });
    const view = await answer("error", type("vic", `watch ${id}`));
    expect(view).toMatchObject({
      title: "I am not in this channel, so I cannot post here.",
      next: expect.stringContaining("/invite @odps"),
    });
    const direct = { origin: "slash" as const, replyTo: { channel: "D2", direct: true, replaceable: false } };
    const between = await answer("error", type("vic", `watch ${id}`, direct));
    expect(between.title).toContain("no part of this conversation");
    expect(await watching.ofChannel(general)).toEqual([]);
  });
});

describe("in the thread of a card", () => {
  const aCard = async () => {
    const bot = aBot(fakeMaxCompute([running, other]));
    await bot.type("vic", `watch ${id}`);
    bot.watching.become((await bot.watching.find(place))!.id, { thread: { channel: "general", ts: "1.5" } });
    return bot;
  };

  it.each([
    ["status", "instance"],
    ["tasks", "tasks"],
    ["watch", "watching"],
    ["stop", "confirm-stop"],
  ] as const)("%s is about the card's instance unless another is named", async (verb, kind) => {
    const { type, answer } = await aCard();
    expect(await answer(kind, type("bob", verb, inThread("1.5")))).toMatchObject({ link: { instanceId: id } });
    const named = await answer(kind, type("bob", `${verb} ${other.instance.id}`, inThread("1.5")));
    expect(named).toMatchObject({ link: { instanceId: other.instance.id } });
  });

  it("what is missing is asked for in any other thread, and outside of threads", async () => {
    const { type, answer } = await aCard();
    const elsewhere = await answer("error", type("vic", "status", inThread("2.5")));
    expect(elsewhere.title).toContain("not that of a card");
    expect((await answer("error", type("vic", "status"))).title).toContain("`status` wants <id>");
  });

  it("ends the watch", async () => {
    const { type, answer, watching } = await aCard();
    await answer("notice", type("vic", "unwatch", inThread("1.5")));
    expect(await watching.find(place)).toBeUndefined();
  });
});

describe("unwatch", () => {
  it("ends what its starter names, by the end that the card shows", async () => {
    const fake = fakeMaxCompute([running]);
    const { type, answer, watching } = aBot(fake);
    await type("vic", `watch ${id}`);
    const listed = fake.calls.filter((call) => call.startsWith("listInstances")).length;
    const view = await answer("notice", type("vic", "unwatch …gabcd12"));
    expect(view).toMatchObject({
      text: expect.stringContaining("not watched here any more"),
      suggestions: [{ label: "Watch again" }],
    });
    expect(await watching.find(place)).toBeUndefined();
    expect(fake.calls.filter((call) => call.startsWith("listInstances"))).toHaveLength(listed);
  });

  it("is for whoever started it, and for admins", async () => {
    const { type, answer, watching } = aBot(fakeMaxCompute([running]));
    await type("vic", `watch ${id}`);
    expect(await answer("error", type("bob", `unwatch ${id}`))).toMatchObject({ tone: "denied" });
    expect(await watching.find(place)).toBeDefined();
    await answer("notice", type("ann", `unwatch ${id}`));
    expect(await watching.find(place)).toBeUndefined();
  });

  it("of all ends one's own, and says what is left", async () => {
    const { type, answer, watching } = aBot(fakeMaxCompute([running, other]));
    await type("vic", `watch ${id}`);
    await type("bob", `watch ${other.instance.id}`);
    expect((await answer("notice", type("vic", "unwatch all"))).text).toBe(
      "1 watch ended here. 1 watch of other people went on: only they, or an admin, can end those.",
    );
    expect(await watching.ofChannel(general)).toMatchObject([{ startedBy: "bob" }]);
    expect((await answer("notice", type("ann", "unwatch ALL"))).text).toBe("1 watch ended here.");
    expect((await answer("notice", type("ann", "unwatch all"))).text).toBe("No watches ended here.");
  });

  it("of what is not watched says so, and offers to", async () => {
    const { type, answer } = aBot(fakeMaxCompute([running]));
    const view = await answer("error", type("vic", `unwatch ${id}`));
    expect(view).toMatchObject({
      title: "`…3gabcd12` is not watched here.",
      suggestions: [{ value: `text:watch ${id} -p demo_project` }, { value: "text:watches" }],
    });
  });
});

describe("watches", () => {
  it("lists what is watched here, newest first, with what was asked for", async () => {
    const { type, answer, watching, clock } = aBot(fakeMaxCompute([running, other]));
    await type("vic", `watch ${id} --by 07:00`);
    await clock.advance(60_000);
    await type("bob", `watch ${other.instance.id}`);
    watching.become((await watching.find(place))!.id, { face: { word: "RUNNING", percent: 63 } });
    const view = await answer("watches", type("vic", "watches"));
    expect(view.rows).toMatchObject([
      { word: "OPENING", startedBy: "bob", link: { instanceId: other.instance.id }, options: [] },
      { word: "RUNNING", percent: 63, startedBy: "vic", link: { instanceId: id }, options: ["by 23 Nov, 07:00 UTC"] },
    ]);
    expect(view.mutes).toEqual([]);
  });

  it("leaves out what is over, and mutes that are", async () => {
    const { type, answer, watching, clock } = aBot(fakeMaxCompute([running]));
    await type("vic", `watch ${id}`);
    watching.become((await watching.find(place))!.id, { state: "done" });
    await type("vic", `mute ${id} 1h`);
    await type("vic", "mute etl_* 3h");
    await clock.advance(2 * 3_600_000);
    const view = await answer("watches", type("vic", "watches"));
    expect(view.rows).toEqual([]);
    expect(view.mutes).toMatchObject([{ what: "etl_*", by: "vic" }]);
  });

  it("leaves out what only a subscription follows, until that has a card", async () => {
    const { type, answer, watching } = aBot(fakeMaxCompute([running]));
    await type("vic", `watch ${id}`);
    const { id: watchId } = (await watching.find(place))!;
    watching.become(watchId, { only: ["slow"] });
    expect((await answer("watches", type("vic", "watches"))).rows).toEqual([]);
    expect((await answer("notice", type("ann", "unwatch all"))).text).toBe("No watches ended here.");
    expect((await answer("error", type("vic", `unwatch ${id}`))).title).toContain("not watched here");
    watching.become(watchId, { thread: { channel: "general", ts: "1.5" } });
    expect((await answer("watches", type("vic", "watches"))).rows).toHaveLength(1);
  });

  it("has references that buttons can carry", async () => {
    const { type, answer, doAs } = aBot(fakeMaxCompute([running]));
    await type("vic", `watch ${id}`);
    const { rows } = await answer("watches", type("vic", "watches"));
    const ended = await answer("notice", doAs("vic", { kind: "ref", verb: "unwatch", ref: rows[0]!.link.ref }));
    expect(ended.text).toContain("not watched here any more");
  });
});
