// What the bot does by itself on AWS: it looks each minute while something is watched, and otherwise every 15.
import { describe, expect, it } from "vitest";
import { seal } from "../../../../src/aws/envelope.ts";
import { rowsOf } from "../leaks.ts";
import type { Scene, StartScene } from "../scenes.ts";
import { secrets } from "../secrets.ts";
import type { WorldOptions } from "../world.ts";

const tick = "TickLambdaFunction";
const hot = "HotLambdaFunction";

const runsOf = ({ world }: Scene, logicalId: string) => world.cloud.invocations().filter(({ fn }) => fn === logicalId);
const logOf = ({ world }: Scene) =>
  world.cloud
    .invocations()
    .map(({ log }) => log)
    .join("");

/** Resolves as soon as Slack shows so. */
const shown = ({ world }: Scene, isSo: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (!isSo()) return;
      stop();
      resolve();
    };
    const stop = world.slack.onChange(look);
    look();
  });

export function watching(aScene: StartScene): void {
  describe("production rule 23: a bot that watches nothing", () => {
    it("is called once, rests, and is called by the heartbeat alone from then on", async () => {
      const scene = await aScene({ schedules: true });
      const { cloud } = scene.world;
      const isOn = () => [cloud.isRuleEnabled("MinuteRule"), cloud.isRuleEnabled("HeartbeatRule")];
      expect(isOn()).toEqual([true, true]);
      await scene.world.pass(60);
      expect(runsOf(scene, tick)).toHaveLength(1);
      expect(isOn()).toEqual([false, true]);
      await scene.world.pass(15 * 60);
      expect([runsOf(scene, tick).length, runsOf(scene, hot).length]).toEqual([2, 1]);
      expect(isOn()).toEqual([false, true]);
      expect(cloud.invocations().filter(({ error }) => error !== undefined)).toEqual([]);
    });
  });

  describe("production rule 18: a rule that fires twice in its minute", () => {
    it("is worked for once", async () => {
      const scene = await aScene();
      const twice = [1, 2].map(() => scene.world.cloud.invoke(tick, { call: "tick" }));
      expect((await Promise.all(twice)).map(({ kind }) => kind)).toEqual(["returned", "returned"]);
      expect(logOf(scene).match(/minute\.taken/g)).toHaveLength(1);
    });
  });

  describe("a watch that somebody starts", () => {
    it.each<[string, WorldOptions]>([
      ["", {}],
      [", though everything comes twice", { chaos: { twice: 1 } }],
    ])("wakes the rule, has one card that is true until the end, and one word of the end at once%s", async (_, options) => {
      const scene = await aScene({ schedules: true, ...options });
      const { cloud, clock, maxcompute, pass } = scene.world;
      await pass(60);
      expect(cloud.isRuleEnabled("MinuteRule")).toBe(false);
      const ticks = runsOf(scene, tick).length;
      const id = maxcompute.start("short");
      const said = () => scene.people.seenBy("bob").filter(({ visible_to }) => visible_to === undefined);
      await scene.people.command("bob", `watch ${id}`);
      await shown(scene, () => said().length > 0);
      expect(cloud.isRuleEnabled("MinuteRule")).toBe(true);
      await clock.advance(30_000);
      await cloud.settle();
      const inPublic = said();
      expect(inPublic.map(({ text, edited, thread_ts }) => [text.split(" ")[0], edited, thread_ts])).toEqual([
        ["SUCCESS", true, undefined],
        ["SUCCESS", false, inPublic[0]?.ts],
      ]);
      expect(runsOf(scene, tick)).toHaveLength(ticks);
      // Slack, which grants what the manifest asks for, was asked whether the bot may post there, and said so.
      expect(logOf(scene)).not.toContain("membership.unknown");
      // Production rule 24, of what the engine keeps.
      const rows = await rowsOf(scene.world);
      const families = new Set(rows.map(({ pk }) => pk?.S?.split("/")[0]));
      expect([...families]).toEqual(expect.arrayContaining(["watches", "scan-groups", "instances", "channel-watches"]));
      expect(rows.filter(({ schema, expiresMs }) => schema?.N !== "1" || !(Number(expiresMs?.N) > clock.now()))).toEqual([]);
      // Not before the group was looked at a minute and a half after it was woken: whoever woke it could have died before the watch was there.
      await pass(120);
      expect(said()).toEqual(inPublic);
      expect(cloud.isRuleEnabled("MinuteRule")).toBe(false);
      expect(cloud.invocations().filter(({ error }) => error !== undefined)).toEqual([]);
    });
  });

  describe("a first look that is asked for", () => {
    const place = { team: "T0ODPSSIM", connection: "main", project: "demo_project" };
    const asking = (at: number, kind = "LookRequested") => ({
      EventBusName: "odps-chatops-prod-private",
      Source: "odps-chatops",
      DetailType: "LookRequested",
      Detail: JSON.stringify(seal(kind, "L1", at, place, secrets.sealKey)),
      Resources: [],
    });

    it("reaches hot, and is dropped where it is forged, or older than a minute", async () => {
      const scene = await aScene();
      const { cloud, clock } = scene.world;
      cloud.putEvents([asking(clock.now()), asking(clock.now(), "CommandRequested"), asking(clock.now() - 60_001)]);
      await cloud.settle();
      expect(runsOf(scene, hot).map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
      const log = logOf(scene);
      expect([log.match(/envelope\.unopened/g)?.length, log.match(/look\.stale/g)?.length]).toEqual([1, 1]);
    });

    it("is not asked for by a replay", async () => {
      const scene = await aScene();
      scene.world.cloud.putEvents([asking(scene.world.clock.now())], "replay");
      await scene.world.cloud.settle();
      expect(runsOf(scene, hot)).toEqual([]);
    });
  });
}
