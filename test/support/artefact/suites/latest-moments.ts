// Production rule 16 at the latest moments: workers that begin late and die while they answer, copies that are kept back.
import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { watchCalls } from "../calls.ts";
import { withProperties } from "../change-template.ts";
import { wordsOf } from "../people.ts";
import { asked, type Scene, type StartScene } from "../scenes.ts";
import { aCommand, sealed } from "../sealed.ts";

const worker = "CommandLambdaFunction";
const apologiser = "ApologiseLambdaFunction";
/** Lambda tells nobody how the worker ended: the timer alone is left. */
const withoutRecords = withProperties("CommandLambdaEvConf", { DestinationConfig: {} });

type Moment = "before the post" | "during the post";

/** Kills the worker when it has the right to answer, or when its answer is on its way to a Slack that will not say whether it has it. */
async function killedAt(moment: Moment, { world }: Scene): Promise<void> {
  if (moment === "before the post") {
    let writes = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    watchCalls(world, ({ fn, action, body }) => {
      if (fn === worker && action === "PutItem" && body.includes('"requests"')) writes += 1;
      if (writes !== 2) return undefined;
      writes += 1;
      world.cloud.kill(worker);
      resolve();
      return "cut after";
    });
    await promise;
    return;
  }
  world.slack.fault({ kind: "http", status: 500, method: "response_url", times: 1 });
  await asked(world.servers.slack, /^\/commands/);
  expect(world.cloud.kill(worker)).toBe(1);
}

export function latestMoments(aScene: StartScene): void {
  describe.each<Moment>(["before the post", "during the post"])(
    "production rule 16: a worker that began late and is killed %s",
    (moment) => {
      it("is apologised for in the same second", async () => {
        const scene = await aScene();
        const { world, people } = scene;
        const back = world.cloud.outage(worker);
        await people.command("vic", `status ${world.maxcompute.instances.running}`);
        await world.pass(30);
        back();
        const death = killedAt(moment, scene);
        const told = await people.heard("vic", () => Promise.all([world.pass(1), death]), 0);
        expect(wordsOf(people.only(told))).toContain("interrupted while I was answering you");
        expect(await people.heard("vic", async () => undefined, 600)).toEqual([]);
      });

      it("is apologised for within the minute, also when nobody says how it ended", async () => {
        const scene = await aScene({ template: withoutRecords });
        const { world, people } = scene;
        const back = world.cloud.outage(worker);
        const asking = people.command("vic", `status ${world.maxcompute.instances.running}`);
        await asking;
        await world.pass(30);
        back();
        const death = killedAt(moment, scene);
        expect(await people.heard("vic", () => Promise.all([world.pass(1), death]), 0)).toEqual([]);
        const told = await people.heard("vic", async () => undefined, 20);
        expect(wordsOf(people.only(told))).toContain("interrupted while I was answering you");
        expect(await people.heard("vic", async () => undefined, 600)).toEqual([]);
      });
    },
  );

  describe("production rule 16: a command that EventBridge keeps back from its worker and from its timer", () => {
    it("has an apology when the minute is over, and not a second later than its dead letter", async () => {
      const { world, people } = await aScene();
      for (const away of [worker, "ApologiesQueue"]) world.cloud.outage(away);
      const early = await people.heard("vic", () => people.command("vic", "list"), 59);
      expect(early).toEqual([]);
      const told = await people.heard("vic", async () => undefined, 1);
      expect(wordsOf(people.only(told))).toContain("Please ask again");
      expect(await people.heard("vic", async () => undefined, 600)).toEqual([]);
    });

    it("has a word at once from a worker that begins at its very end, and an apology when that worker dies", async () => {
      const { world, people } = await aScene();
      world.maxcompute.fault({ kind: "hang" });
      const request = aCommand(world, `status ${world.maxcompute.instances.running}`, { ageMs: 57_000 });
      const told = await people.heard(
        "bob",
        async () => {
          world.cloud.putEvents([sealed(world, request)]);
          while (!people.seenBy("bob").some(({ text }) => text.startsWith("Still asking"))) await setImmediate();
          expect(world.cloud.kill(worker)).toBe(1);
        },
        1,
      );
      expect(told.map(wordsOf).at(-1)).toContain("interrupted before I could answer");
      expect(await people.heard("bob", async () => undefined, 600)).toEqual([]);
    });
  });

  describe("production rule 16: an apology that Slack does not take", () => {
    it("is made again half a minute later, for as long as a response_url lives", async () => {
      const { world, people } = await aScene();
      world.cloud.outage(worker);
      world.slack.fault({ kind: "http", status: 500, times: 1_000 });
      expect(await people.heard("vic", () => people.command("vic", "list"), 55)).toEqual([]);
      world.slack.clearFaults();
      const told = await people.heard("vic", async () => undefined, 30);
      expect(told).toHaveLength(1);
      expect(world.cloud.invocations().filter(({ fn }) => fn === apologiser).length).toBeGreaterThan(1);
    });
  });
}
