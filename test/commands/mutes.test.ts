// What people do to what they hear: mute, acknowledge, snooze, and choose the channel's project.
import { describe, expect, it } from "vitest";
import { readPolicy } from "../../src/commands/rights/policy-text.ts";
import { MaxComputeError } from "../../src/maxcompute/index.ts";
import { aBot } from "../support/a-bot.ts";
import { anInstance, aTask, fakeMaxCompute } from "../support/fake-maxcompute.ts";

const running = { instance: anInstance(), tasks: [aTask()] };
const id = running.instance.id;
const short = `…${id.slice(-8)}`;
const general = { team: "T1", channel: "general" };
const place = { ...general, project: "demo_project", instanceId: id };
const hour = 3_600_000;

const aWatched = async () => {
  const bot = aBot(fakeMaxCompute([running]));
  await bot.type("vic", `watch ${id}`);
  return { ...bot, watchId: (await bot.watching.find(place))!.id };
};

describe("mute", () => {
  it("silences an instance for two hours, which everybody hears", async () => {
    const { type, watching, clock } = await aWatched();
    expect(await type("vic", `mute ${id}`)).toMatchObject([
      {
        to: "#general",
        stage: "announced",
        view: { by: "vic", text: `muted \`${short}\` here for 2 h, until 22 Nov, 12:00 UTC. \`unmute\` ends that.` },
      },
    ]);
    expect(await watching.mutesOf(general)).toMatchObject([{ instanceId: id, until: clock.now() + 2 * hour, by: "vic" }]);
  });

  it.each(["etl_*", "etl_orders_daily", "*gabcd12", "?orders"])("takes %j for the name of jobs", async (glob) => {
    const { type, watching, clock } = await aWatched();
    await type("vic", `mute ${glob} 30m`);
    expect(await watching.mutesOf(general)).toMatchObject([{ glob, until: clock.now() + hour / 2 }]);
  });

  it.each(["last", `${id}`, id.slice(-8), `…${id.slice(-8)}`, `https://l.test/?i=${id}&token=x`])(
    "takes %j for an instance",
    async (typed) => {
      const { type, watching } = await aWatched();
      await type("vic", `mute ${typed} 1h`);
      expect(await watching.mutesOf(general)).toMatchObject([{ instanceId: id }]);
    },
  );

  it("once more moves its end", async () => {
    const { type, watching, clock } = await aWatched();
    await type("vic", "mute ETL_*");
    await type("bob", "mute etl_* 1d");
    expect(await watching.mutesOf(general)).toMatchObject([{ by: "bob", until: clock.now() + 24 * hour }]);
  });

  it("ends with unmute, as it was named or by the end of its id, which everybody hears", async () => {
    const { type, answer, watching } = await aWatched();
    await type("vic", "mute etl_*");
    await type("vic", `mute ${id}`);
    expect(await type("bob", "unmute Etl_*")).toMatchObject([
      { to: "#general", view: { by: "bob", text: "unmuted `etl_*` here." } },
    ]);
    expect(await watching.mutesOf(general)).toMatchObject([{ instanceId: id }]);
    await type("bob", `unmute ${short}`);
    expect(await watching.mutesOf(general)).toEqual([]);
    expect((await answer("error", type("bob", "unmute etl_*"))).title).toContain("Nothing of that is muted");
    await type("vic", "mute a_*");
    await type("vic", "mute b_*");
    await type("vic", "unmute all");
    expect(await watching.mutesOf(general)).toEqual([]);
  });

  it("has no backtick of the name in what it says", async () => {
    const { type } = await aWatched();
    expect(await type("vic", "mute a`b* 1h")).toMatchObject([{ view: { text: expect.stringContaining("muted `a'b*` here") } }]);
  });
});

describe("ack", () => {
  it("says on the card who takes care of a failure", async () => {
    const { type, answer, watching, watchId, clock } = await aWatched();
    const { seen: _, ...rest } = (await watching.find(place))!;
    expect((await answer("error", type("bob", `ack ${id}`))).title).toContain("no failure");
    const seen = {
      at: 0,
      outcome: "failed",
      begun: true,
      running: [],
      done: [],
      failed: [],
      attempts: {},
      records: 0,
      movedAt: 0,
    } as const;
    watching.become(watchId, { ...rest, state: "done", seen: { ...seen, running: [], done: [], failed: [] } });
    expect((await answer("notice", type("bob", `ack ${short}`))).text).toBe(`\`${short}\` is yours: its card says so.`);
    expect(watching.acknowledged.get(watchId)).toEqual({ by: "bob", at: clock.now() });
  });
});

describe("snooze", () => {
  it("leaves only the end for an hour, which everybody hears", async () => {
    const { type, watching, watchId, clock } = await aWatched();
    expect(await type("vic", `snooze ${id}`)).toMatchObject([
      {
        to: "#general",
        view: { by: "vic", text: `snoozed \`${short}\` for 1 h, until 22 Nov, 11:00 UTC: only its end is told here.` },
      },
    ]);
    expect(watching.snoozed.get(watchId)).toBe(clock.now() + hour);
    await type("vic", `snooze ${id} 3h`);
    expect(watching.snoozed.get(watchId)).toBe(clock.now() + 3 * hour);
  });

  it("of what is not watched here says so", async () => {
    const { type, answer } = aBot(fakeMaxCompute([running]));
    expect((await answer("error", type("vic", `snooze ${id}`))).title).toContain("is not watched here");
  });
});

describe("a viewer of one project", () => {
  it.each([["mute *"], ["mute *_orders 7d"], [`mute ${id} -p dev`], ["unmute all"], ["unmute dim_*"]])(
    "changes by `%s` nothing of what is heard of others",
    async (command) => {
      const { policy } = readPolicy("allow U0ANN admin; allow U0DEV viewer on dev; allow channels operator");
      const { type, answer, watching } = aBot(fakeMaxCompute([running]), { policy });
      await type("U0ANN", `watch ${id}`);
      await type("U0ANN", "mute dim_*");
      const before = await watching.mutesOf(general);
      expect(await answer("error", type("U0DEV", command))).toMatchObject({ tone: "denied" });
      expect(await watching.mutesOf(general)).toEqual(before);
    },
  );
});

describe("use", () => {
  it("takes no channel away from a project of which one is no administrator, nor names it to whoever may not see it", async () => {
    const { policy } = readPolicy("allow U0ANN admin; allow U0DEV admin on dev; allow channels operator");
    const { type, answer, watching } = aBot(fakeMaxCompute([running]), { policy });
    await type("U0ANN", "use payroll");
    for (const command of ["use dev", "use --none", "use"]) {
      const view = await answer("error", type("U0DEV", command));
      expect(view).toMatchObject({ tone: "denied" });
      expect(JSON.stringify(view)).not.toContain("payroll");
    }
    expect(await watching.projectOf(general)).toBe("payroll");
    await type("U0ANN", "use --none");
    await type("U0DEV", "use dev");
    expect(await watching.projectOf(general)).toBe("dev");
  });

  it("chooses the project of the channel, which everybody hears and every command there then means", async () => {
    const { type, answer, projects } = aBot(fakeMaxCompute([running]));
    expect(await type("ann", "use prod_dw")).toMatchObject([
      {
        to: "#general",
        stage: "announced",
        view: { by: "ann", text: expect.stringContaining("chose `prod_dw` for this channel") },
      },
    ]);
    projects.length = 0;
    expect(await answer("instances", type("vic", "list"))).toMatchObject({ project: "prod_dw" });
    expect(projects).toEqual(["prod_dw"]);
    expect((await answer("instances", type("vic", "list -p other_dw"))).project).toBe("other_dw");
    const random = { replyTo: { channel: "random", direct: false, replaceable: false } };
    expect((await answer("instances", type("vic", "list", random))).project).toBe("demo_project");
  });

  it("without a project says which it is and why; --none takes the choice away", async () => {
    const { type, answer } = aBot(fakeMaxCompute([running]));
    expect((await answer("notice", type("ann", "use"))).text).toBe(
      "Commands here are about `demo_project`: the installation's; none was chosen for this channel.",
    );
    await type("ann", "use prod_dw");
    expect((await answer("notice", type("ann", "use"))).text).toBe("Commands here are about `prod_dw`: chosen for this channel.");
    await type("ann", "use --none");
    expect((await answer("notice", type("ann", "use"))).text).toContain("`demo_project`");
    expect((await answer("error", type("ann", "use prod_dw --none"))).title).toContain("not both");
  });

  it("is for admins", async () => {
    const { type, answer } = aBot(fakeMaxCompute([running]));
    expect(await answer("error", type("bob", "use prod_dw"))).toMatchObject({ tone: "denied" });
    expect((await answer("instances", type("bob", "list"))).project).toBe("demo_project");
  });

  it("takes no project that MaxCompute does not know", async () => {
    const failing = { listInstances: new MaxComputeError("no-such-project", "no") };
    const { type, answer, watching } = aBot(fakeMaxCompute([running], { failing }));
    expect((await answer("error", type("ann", "use prod_dw"))).title).toContain("no such project");
    expect(await watching.projectOf(general)).toBeUndefined();
  });

  it("is shown by help where the channel's project was looked up, and nothing false is where it was not", async () => {
    const { type, answer } = aBot(fakeMaxCompute([running]));
    await type("ann", "use prod_dw");
    expect(await answer("help", type("vic", "help"))).not.toHaveProperty("project");
    expect(await answer("help", type("vic", "help", { origin: "mention" }))).toMatchObject({ project: "prod_dw" });
  });
});
