// The deployed door: what it does on AWS for what Slack sends, and what it says when the bus does not play along.
import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import { listening } from "../../dynalite.ts";
import { watchCalls } from "../calls.ts";
import { wordsOf } from "../people.ts";
import type { StartScene } from "../scenes.ts";

const door = "SlackLambdaFunction";

export function theDoor(aScene: StartScene): void {
  describe("production rule 2: the door", () => {
    it("makes one AWS call a command, cold, warm and after a freeze: it puts one sealed event", async () => {
      const { world, people } = await aScene();
      const calls = watchCalls(world);
      for (const text of ["list", "list", "list"]) await people.ask("vic", text);
      expect(calls.of(door)).toEqual(["ssm:GetParameters", ...Array(3).fill("events:PutEvents")]);
      const { cloud } = world;
      await cloud.recycle(door);
      await people.ask("vic", "list");
      expect(cloud.events()).toHaveLength(4);
      expect(cloud.invocations().filter(({ fn, isCold }) => fn === door && isCold)).toHaveLength(2);
      for (const { event } of cloud.events())
        expect(Object.keys(event.detail as object).toSorted()).toEqual(["at", "id", "iv", "sealed", "v"]);
    });

    it("production rule 30: refuses what Slack did not sign without any AWS call", async () => {
      const { world, people } = await aScene();
      await people.ask("vic", "list");
      const calls = watchCalls(world);
      await world.pass(10);
      const forged = await fetch(`${world.cloud.functionUrl(door)}/slack/events`, {
        method: "POST",
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          "x-slack-signature": `v0=${"0".repeat(64)}`,
          "x-slack-request-timestamp": String(Math.floor(world.clock.now() / 1_000)),
        },
        body: "command=%2Fodps&text=stop+everything&user_id=U0BOB0001&team_id=T0ODPSSIM",
      });
      await world.cloud.settle();
      expect(forged.status).toBe(401);
      expect(calls.of(door).filter((call) => call !== "ssm:GetParameters")).toEqual([]);
      const log = world.cloud.invocations().at(-1)?.log;
      expect(log).toContain("ingress.rejected");
      expect(log).not.toContain("everything");
    });
  });

  describe("production rule 17: the acknowledgement", () => {
    it("says that the command was not taken, when the bus refuses it", async () => {
      const { world, people } = await aScene();
      watchCalls(world, ({ action }) => (action === "PutEvents" ? "throttle" : undefined));
      const told = await people.ask("vic", "list");
      expect(wordsOf(told)).toMatch(/E-[0-9A-Z]{8}/);
      expect(wordsOf(told)).not.toContain("Received as");
      expect(world.cloud.events()).toEqual([]);
    });

    it("says that it cannot be sure, when the bus takes the command and its answer is lost; and the command runs once", async () => {
      const { world, people } = await aScene();
      watchCalls(world, ({ action }) => (action === "PutEvents" ? "cut after" : undefined));
      const told = await people.heard("vic", () => people.command("vic", "list"));
      expect(told).toHaveLength(2);
      expect(told[0]?.text).toMatch(/Received as 'E-[0-9A-Z]{8}'/);
      expect(wordsOf(told[1] ?? people.only([]))).toContain("demo_project");
      expect(world.cloud.events()).toHaveLength(2);
    });

    it("comes within three seconds from a cold door when the bus says nothing at all", async () => {
      const silent = createServer(() => undefined);
      const endpoint = await listening(silent);
      try {
        const { world, people } = await aScene({ env: { AWS_ENDPOINT_URL_EVENTBRIDGE: endpoint } });
        for (const door of ["cold", "warm"]) {
          const from = performance.now();
          const { ack } = await people.command("vic", "list");
          expect(JSON.stringify(ack), door).toContain("Received as");
          expect(performance.now() - from, door).toBeLessThan(3_000);
        }
        await world.cloud.settle();
      } finally {
        silent.closeAllConnections();
        silent.close();
      }
    });

    it("of a mention is withheld while the bus refuses it, and Slack's repetition is answered once", async () => {
      const { world, people } = await aScene();
      const { cloud, slack } = world;
      watchCalls(world, ({ action }, before) =>
        action === "PutEvents" && !before.some((call) => call.action === "PutEvents") ? "throttle" : undefined,
      );
      const first = cloud.started(door);
      const delivered = slack.message({ user: "vic", channel: "general", text: `<@${slack.bot.userId}> list` });
      await first;
      const repeated = cloud.started(door);
      expect((await delivered).ok).toBe(false);
      await repeated;
      await cloud.settle();
      await world.pass(90);
      expect(people.seenBy("vic")).toHaveLength(1);
    });
  });

  describe("production rule 29: a signing secret that is changed", () => {
    it("while the door is warm is known within half a minute, and the old one is good as long as both are there", async () => {
      const { world, people } = await aScene({ signingSecret: "the-new-signing-secret" });
      const name = "/odps-chatops/prod/slack-signing-secret";
      const old = world.parameters[name] ?? "";
      expect((await world.slack.command({ user: "vic", channel: "general", text: "help" })).ok).toBe(false);
      await world.pass(31);
      world.parameters[name] = `the-new-signing-secret,${old}`;
      expect(wordsOf(await people.ask("vic", "help"))).toContain("Commands: ");
      expect(world.cloud.invocations().filter(({ isCold }) => isCold)).toHaveLength(1);
      world.parameters[name] = `another-one,the-new-signing-secret`;
      await world.pass(600);
      expect(wordsOf(await people.ask("vic", "help"))).toContain("Commands: ");
    });
  });
}
