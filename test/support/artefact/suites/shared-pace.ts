// Slack's budgets as the packaged functions share them, and what becomes of an answer whose response_url is no good any more.
import { describe, expect, it } from "vitest";
import { seal } from "../../../../src/aws/envelope.ts";
import { leftBehind } from "../leaks.ts";
import { wordsOf } from "../people.ts";
import type { Scene, StartScene } from "../scenes.ts";
import { aCommand, sealed } from "../sealed.ts";
import { secrets } from "../secrets.ts";

const worker = "CommandLambdaFunction";

/** Who and where somebody is: asked before anything is told. */
const lookups: ReadonlySet<string> = new Set(["users.info", "usergroups.users.list", "conversations.info"]);

/** How Slack is told something from now on: methods of its Web API, and `response_url`. */
function watchSlack({ world }: Scene) {
  const asked: string[] = [];
  world.servers.slack.on("request", ({ url = "" }: { readonly url?: string }) => {
    const what = url.startsWith("/commands") ? "response_url" : (url.split(/[/?]/)[2] ?? "");
    if (!lookups.has(what)) asked.push(what);
  });
  return { take: () => asked.splice(0) };
}

/** In how many ms a channel of the workspace is idle again, as every function reads it. */
async function idleIn({ world }: Scene, channel: string): Promise<number> {
  const { Items } = JSON.parse((await leftBehind(world)).items ?? "") as {
    readonly Items: readonly { readonly sk: { readonly S: string }; readonly value: { readonly S: string } }[];
  };
  const row = Items.find(({ sk }) => sk.S === `post/${channel}`);
  return row === undefined ? 0 : JSON.parse(row.value.S).idleAt - world.clock.now();
}

export function sharedPace(aScene: StartScene): void {
  describe("production rule 13: Slack's budgets", () => {
    it("a 429 that one worker hears is obeyed by another sandbox and by another function, until it is over", async () => {
      const scene = await aScene();
      const { world, people } = scene;
      const slack = watchSlack(scene);
      world.slack.fault({ kind: "rate_limited", retryAfterSeconds: 300, method: "response_url", times: 1 });
      expect(wordsOf(await people.ask("vic", "list"))).toContain("demo_project");
      expect(slack.take()).toEqual(["response_url", "chat.postEphemeral"]);

      await world.cloud.recycle(worker);
      expect(wordsOf(await people.ask("vic", "list"))).toContain("demo_project");
      expect(slack.take()).toEqual(["chat.postEphemeral"]);
      const back = world.cloud.outage(worker);
      await people.ask("vic", "list"); // an apology
      expect(slack.take()).toEqual(["chat.postEphemeral"]);

      back();
      await world.pass(60);
      expect(wordsOf(await people.ask("vic", "list"))).toContain("demo_project");
      expect(slack.take()).toEqual(["response_url"]);
    });

    it("posts of one channel take their turns from one row, however many workers make them", async () => {
      const scene = await aScene();
      const { world, people } = scene;
      const requests = [1, 2, 3, 4].map((n) => aCommand(world, "list", { id: `E-${n}` }));
      const act = async () => world.cloud.putEvents(requests.map((request) => sealed(world, request)));
      await people.heard("bob", act, 0);
      const pids = new Set(world.cloud.invocations().map(({ pid }) => pid));
      expect(pids.size).toBe(4);
      expect(people.seenBy("bob")).toHaveLength(4);
      // One second each, from the moment of the first.
      expect(await idleIn(scene, "C0GENERAL1")).toBeGreaterThanOrEqual(4_000);
    });
  });

  describe("production rule 15: a response_url", () => {
    it("that is dead gives way to a direct message where the bot may not post", async () => {
      const { world, people } = await aScene();
      world.slack.fault({ kind: "dead_response_url", times: 1 });
      world.slack.fault({ kind: "error", error: "channel_not_found", method: "chat.postEphemeral", times: 1 });
      const answer = await people.ask("vic", "list");
      expect(answer.channel).not.toBe((await people.ask("vic", "list")).channel);
      expect(wordsOf(answer)).toContain("demo_project");
      expect(world.slack.messages({ channel: "@vic", user: "vic" }).map(({ ts }) => ts)).toContain(answer.ts);
    });

    it("is not used when it is 25 minutes old: the apology comes without it", async () => {
      const scene = await aScene();
      const { world, people } = scene;
      const slack = watchSlack(scene);
      const old = aCommand(world, "list", { ageMs: 25 * 60_000 + 1 });
      const request = { ...old, replyTo: { ...old.replyTo, responseUrl: "https://hooks.slack.com/commands/T/1/old" } };
      const detail = seal("CommandRequested", request.id, world.clock.now(), request, secrets.sealKey);
      const body = JSON.stringify({ "detail-type": "CommandRequested", detail });
      await people.heard("bob", async () => world.cloud.queue("FailuresQueue")?.send(body), 1);
      expect(people.seenBy("bob")).toHaveLength(1);
      expect(slack.take()).toEqual(["chat.postEphemeral"]);
    });

    it("is used four times at most, by the command with the most to say", async () => {
      const scene = await aScene();
      const { world, people } = scene;
      const question = await people.ask("bob", `stop ${world.maxcompute.start("running")} --reason "why"`, "prod-alerts");
      const slack = watchSlack(scene);
      await people.heard("bob", () => people.press("bob", question, "intent.run"));
      const uses = slack.take().filter((asked) => asked === "response_url").length;
      expect(uses).toBeGreaterThan(0);
      expect(uses).toBeLessThanOrEqual(4);
    });

    it("whose uses are over gives way to a private post", async () => {
      const { world, people } = await aScene();
      world.slack.fault({ kind: "error", error: "used_url", method: "response_url", times: 1 });
      expect(wordsOf(await people.ask("vic", "list"))).toContain("demo_project");
    });
  });
}
