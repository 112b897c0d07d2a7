import { describe, expect, it } from "vitest";
import { readPolicy } from "../../src/commands/rights/policy-text.ts";
import { MaxComputeError } from "../../src/maxcompute/index.ts";
import { aBot } from "../support/a-bot.ts";
import { anInstance, aTask, fakeMaxCompute } from "../support/fake-maxcompute.ts";

const aMaxCompute = (failing = {}) => fakeMaxCompute([{ instance: anInstance(), tasks: [aTask()] }], { failing });
const general = { team: "T1", channel: "general" };

describe("subscribe", () => {
  it("takes failures and slowness unless told, and says so to everybody", async () => {
    const { type, watching } = aBot(aMaxCompute());
    expect(await type("bob", "subscribe prod_dw")).toMatchObject([
      {
        to: "#general",
        stage: "announced",
        view: { kind: "notice", by: "bob", text: "subscribed this channel to `prod_dw`, failed and slow." },
      },
    ]);
    expect(await watching.subscriptionsOf(general)).toMatchObject([
      {
        schema: 1,
        team: "T1",
        connection: "default",
        project: "prod_dw",
        channel: "general",
        createdBy: "bob",
        on: ["failed", "slow"],
      },
    ]);
  });

  it("takes every filter, and says each in words", async () => {
    const { type, answer, watching } = aBot(aMaxCompute());
    const typed = [
      "subscribe prod_dw --on done,failed,stuck --name etl_*,dim_* --owner alice --not-owner bob,eve --type SQL,SQLCost",
      "--status Failed,Cancelled --min 5m --min-cost 40 --priority 1 --code ODPS-0123* --digest 09:00 --zone Asia/Shanghai",
    ].join(" ");
    await type("bob", typed);
    const [subscription] = await watching.subscriptionsOf(general);
    expect(subscription).toMatchObject({
      on: ["done", "failed", "stuck"],
      names: ["etl_*", "dim_*"],
      owners: ["alice"],
      notOwners: ["bob", "eve"],
      taskTypes: ["SQL", "SQLCost"],
      statuses: ["Failed", "Cancelled"],
      minDurationMs: 300_000,
      minCost: 4_000,
      priority: 1,
      errorCodes: ["ODPS-0123*"],
      digest: { at: 540, zone: "Asia/Shanghai" },
    });
    const view = await answer("subscriptions", type("vic", "subscriptions"));
    expect(view.rows).toEqual([
      {
        ...{ id: subscription?.id, project: "prod_dw", on: ["done", "failed", "stuck"], createdBy: "bob" },
        filters: [
          ...["name etl_* or dim_*", "owner alice", "not owner bob or eve", "type SQL or SQLCost", "status Failed or Cancelled"],
          ...["5 m or longer", "40 core-seconds or more", "priority 0 to 1", "code ODPS-0123*"],
          "one summary a day at 09:00 Asia/Shanghai",
        ],
      },
    ]);
  });

  it.each([
    ["--on failed,borken", "failed, slow, done, stuck"],
    ["--on ,", "1 to 20 values"],
    ["--priority 10", "from 0 to 9"],
    ["--min 5", "such as 30m"],
    ["--quiet-hours 22", "22:00-07:00"],
    ["--zone Mars/Base", "Asia/Shanghai"],
  ])("refuses %s", async (flags, says) => {
    const { type, answer, watching } = aBot(aMaxCompute());
    expect((await answer("error", type("bob", `subscribe prod_dw ${flags}`))).title).toContain(says);
    expect(await watching.subscriptionsOf(general)).toEqual([]);
  });

  it("asked for twice is there once, and told once", async () => {
    const { type, watching } = aBot(aMaxCompute());
    await type("bob", "subscribe prod_dw --on slow,failed");
    expect(await type("ann", "subscribe prod_dw")).toMatchObject([
      { to: "ann", stage: "final", view: { kind: "notice", text: expect.stringContaining("already") } },
    ]);
    await type("bob", "subscribe prod_dw --on failed");
    expect(await watching.subscriptionsOf(general)).toHaveLength(2);
  });

  it("sets the channel's quiet hours, which all its subscriptions then have, and takes them away", async () => {
    const { type, answer, watching } = aBot(aMaxCompute());
    await type("bob", "subscribe prod_dw");
    const told = await type("bob", "subscribe other_dw --quiet-hours 22:00-07:00 --zone Asia/Shanghai");
    expect(told).toMatchObject([{ view: { text: expect.stringContaining("Quiet hours: 22:00 to 07:00 Asia/Shanghai.") } }]);
    const quiet = { from: 1_320, to: 420, zone: "Asia/Shanghai" };
    expect(watching.quiet.get("T1/general")).toEqual(quiet);
    await type("bob", "subscribe third_dw");
    expect((await watching.subscriptionsOf(general)).map((each) => each.quiet)).toEqual([quiet, quiet, quiet]);
    expect(await answer("subscriptions", type("vic", "subscriptions"))).toMatchObject({ quiet: "22:00 to 07:00 Asia/Shanghai" });
    await type("bob", "subscribe third_dw --quiet-hours none");
    expect(watching.quiet.get("T1/general")).toBeUndefined();
    expect((await watching.subscriptionsOf(general)).map((each) => each.quiet)).toEqual([undefined, undefined, undefined]);
  });

  it("stays as old as it was, and whose it was, when only its quiet hours change", async () => {
    const { type, watching, clock } = aBot(aMaxCompute());
    const whose = async () => (await watching.subscriptionsOf(general)).map(({ createdBy, createdAt }) => [createdBy, createdAt]);
    await type("bob", "subscribe prod_dw");
    const before = await whose();
    await clock.advance(60_000);
    await type("ann", "subscribe prod_dw --quiet-hours 22:00-07:00");
    expect(await whose()).toEqual(before);
  });

  it("is for operators", async () => {
    const { type, answer } = aBot(aMaxCompute());
    expect(await answer("error", type("vic", "subscribe prod_dw"))).toMatchObject({ tone: "denied" });
    expect(await answer("error", type("vic", "unsubscribe prod_dw"))).toMatchObject({ tone: "denied" });
  });

  it.each(["no-such-project", "denied"] as const)("of a project that is %s is refused", async (kind) => {
    const { type, answer, watching } = aBot(aMaxCompute({ listInstances: new MaxComputeError(kind, "no") }));
    expect((await answer("error", type("bob", "subscribe prod_dw"))).title).toContain("MaxCompute");
    expect(await watching.subscriptionsOf(general)).toEqual([]);
  });

  it("takes a project while MaxCompute is away", async () => {
    const { type, watching } = aBot(aMaxCompute({ listInstances: new MaxComputeError("unreachable", "no") }));
    await type("bob", "subscribe prod_dw");
    expect(await watching.subscriptionsOf(general)).toHaveLength(1);
  });

  it("in a channel without the bot says how to let it in", async () => {
    const { type, answer, watching } = aBot(aMaxCompute(), { isOutside: true });
    expect((await answer("error", type("bob", "subscribe prod_dw"))).next).toContain("/invite @odps");
    expect(await watching.subscriptionsOf(general)).toEqual([]);
  });
});

describe("unsubscribe", () => {
  it("ends all to a project, one by its id, or all, and says so to everybody", async () => {
    const { type, watching } = aBot(aMaxCompute());
    await type("bob", "subscribe prod_dw");
    await type("bob", "subscribe prod_dw --on done");
    await type("bob", "subscribe other_dw --on done");
    await type("bob", "subscribe other_dw");
    const ofOther = (await watching.subscriptionsOf(general)).find(
      ({ project, on }) => project === "other_dw" && on.includes("done"),
    );
    expect(await type("bob", "unsubscribe PROD_DW")).toMatchObject([
      {
        to: "#general",
        view: { by: "bob", text: "unsubscribed this channel from `prod_dw`, failed and slow; `prod_dw`, done." },
      },
    ]);
    await type("bob", `unsubscribe ${ofOther?.id.toLowerCase()}`);
    expect(await watching.subscriptionsOf(general)).toMatchObject([{ project: "other_dw", on: ["failed", "slow"] }]);
    await type("bob", "unsub all");
    expect(await watching.subscriptionsOf(general)).toEqual([]);
  });

  it("takes the quiet hours with the last of them", async () => {
    const { type, watching } = aBot(aMaxCompute());
    await type("bob", "subscribe prod_dw --quiet-hours 22:00-07:00");
    await type("bob", "subscribe other_dw");
    await type("bob", "unsubscribe prod_dw");
    expect(watching.quiet.get("T1/general")).toBeDefined();
    const told = await type("bob", "unsubscribe other_dw");
    expect(told).toMatchObject([{ view: { text: expect.stringContaining("Quiet hours are off.") } }]);
    expect(watching.quiet.get("T1/general")).toBeUndefined();
  });

  it("of what is not there says so", async () => {
    const { type, answer } = aBot(aMaxCompute());
    expect((await answer("error", type("bob", "unsubscribe prod_dw"))).title).toContain("no subscription `prod_dw`");
  });

  it("leaves other channels alone", async () => {
    const { type, watching } = aBot(aMaxCompute());
    const random = { replyTo: { channel: "random", direct: false, replaceable: false } };
    await type("bob", "subscribe prod_dw", random);
    await type("bob", "subscribe prod_dw");
    await type("bob", "unsubscribe all");
    expect(await watching.subscriptionsOf({ team: "T1", channel: "random" })).toHaveLength(1);
  });
});

describe("an operator of one project", () => {
  async function withTwo() {
    const { policy } = readPolicy(
      "allow U0ANN admin; allow U0DEV operator on dev; allow U0DEV viewer on prod_b; allow channels operator",
    );
    const bot = aBot(aMaxCompute(), { policy });
    for (const project of ["dev", "prod_a", "prod_b"]) await bot.type("U0ANN", `subscribe ${project}`);
    const projects = async () => (await bot.watching.subscriptionsOf(general)).map(({ project }) => project);
    const ids = Object.fromEntries((await bot.watching.subscriptionsOf(general)).map(({ project, id }) => [project, id]));
    return { ...bot, projects, ids };
  }

  it("ends no subscription to another, and hears of one that they may not look at what they hear of none", async () => {
    const { type, answer, projects, ids } = await withTwo();
    for (const what of ["prod_a", ids.prod_a ?? ""]) {
      const { title } = await answer("error", type("U0DEV", `unsubscribe ${what}`));
      expect(title).toBe(`This channel has no subscription \`${what}\`.`);
    }
    expect(await answer("error", type("U0DEV", "unsubscribe prod_b"))).toMatchObject({ tone: "denied" });
    expect(await answer("error", type("U0DEV", "unsubscribe all"))).toMatchObject({ tone: "denied" });
    expect(await projects()).toEqual(["dev", "prod_a", "prod_b"]);
    await type("U0DEV", "unsubscribe dev");
    expect(await projects()).toEqual(["prod_a", "prod_b"]);
  });

  it("gives the channel no quiet hours while it follows others", async () => {
    const { type, answer, watching, quiet } = await withTwo().then((bot) => ({ ...bot, quiet: bot.watching.quiet }));
    const hours = "subscribe dev --quiet-hours 00:00-23:59";
    expect(await answer("error", type("U0DEV", hours))).toMatchObject({ tone: "denied" });
    expect([(await watching.subscriptionsOf(general)).some((each) => each.quiet !== undefined), quiet.size]).toEqual([false, 0]);
  });
});
