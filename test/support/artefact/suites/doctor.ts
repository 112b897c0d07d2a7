// A check-up of the deployed bot, with the rights, rules and queues of its template.
import { describe, expect, it, onTestFinished } from "vitest";
import { seal } from "../../../../src/aws/envelope.ts";
import type { Message } from "../../../../src/simulator/slack/index.ts";
import { scopes } from "../../../../src/slack/manifest.ts";
import { type StsRequest, startLoopbackSts } from "../../loopback-sts.ts";
import { withProperties, withSettings } from "../change-template.ts";
import { leaks } from "../leaks.ts";
import { deployment } from "../package-once.ts";
import type { Scene, StartScene } from "../scenes.ts";
import { secrets } from "../secrets.ts";
import type { WorldOptions } from "../world.ts";

const command = "CommandLambdaFunction";
const granted = scopes.map(({ scope }) => scope);

const runsOf = ({ world }: Scene, logicalId: string) => world.cloud.invocations().filter(({ fn }) => fn === logicalId);
const logOf = ({ world }: Scene) =>
  world.cloud
    .invocations()
    .map(({ log }) => log)
    .join("");

const aPing = (at: number, kind = "PingRequested") => ({
  EventBusName: "odps-chatops-prod-private",
  Source: "odps-chatops",
  DetailType: "PingRequested",
  Detail: JSON.stringify(seal(kind, "P1", at, { id: "P1" }, secrets.sealKey)),
  Resources: [],
});

/** What is said of each check that did not find all well. */
const foundIn = ({ blocks }: Message): readonly string[] =>
  (blocks as readonly { readonly text?: { readonly text?: string } }[]).flatMap(
    ({ text }) => /^:(?:x|warning|grey_question): ([\s\S]*)$/.exec(text?.text ?? "")?.[1] ?? [],
  );

export function doctor(aScene: StartScene): void {
  const aClinic = (options: WorldOptions = {}) => aScene({ scopes: granted, ...options });

  describe("doctor on AWS", () => {
    it("finds a bot well: each check may do what it does, the ping comes through, and no secret is said", async () => {
      const scene = await aClinic({ schedules: true });
      await scene.world.pass(16 * 60);
      scene.world.maxcompute.start("success");
      // Two environments that are warm: on a machine with other work to do, a cold one alone takes longer than a check may.
      scene.world.cloud.putEvents([aPing(scene.world.clock.now()), aPing(scene.world.clock.now())]);
      await scene.world.cloud.settle();
      const answer = await scene.people.ask("ann", "doctor");
      expect(foundIn(answer)).toEqual([expect.stringContaining("*NOT CHECKED*  *Stopping*")]);
      expect(answer.text).toMatch(/^1 not checked, 14 ok: /);
      expect(answer.visible_to).toBe("U0ANN0001");
      // The timer of the ping has come by then, too: it is nobody's.
      expect(logOf(scene)).not.toMatch(/"level":"(error|warn)"/);
      expect(await leaks(scene.world)).toEqual([]);
    });

    it("says what is wrong with a deployment, each with its fix", async () => {
      const scene = await aClinic({ scopes: granted.filter((scope) => scope !== "files:write") });
      const { world, people } = scene;
      world.parameters["/odps-chatops/prod/slack-signing-secret"] = `${secrets.signing},the-one-before`;
      world.cloud.queue("LostQueue")?.send("a letter");
      world.slack.remove({ channel: "general", user: "odps" });
      world.maxcompute.fault({
        kind: "status",
        status: 403,
        code: "NoPermission",
        message: "no privilege",
        match: "/instances?",
      });
      const found = foundIn(await people.ask("ann", "doctor")).join("\n");
      expect(found).toContain("*BROKEN*  *Slack token*  lacks `files:write`");
      expect(found).toContain(
        "*BROKEN*  *Heartbeat*  off, and it must never be\n→ Switch the rule `odps-chatops-prod-heartbeat` on",
      );
      expect(found).toContain(
        "*BROKEN*  *Dead letters*  1 of which nobody was told\n→ Look at what lies in the queue `odps-chatops-prod-lost`",
      );
      expect(found).toContain("*BROKEN*  *MaxCompute*  may not list instances in `demo_project`\n→ Grant odps:List");
      expect(found).toContain("*WARNING*  *Signing secret*  2 are taken");
      expect(found).toContain("*WARNING*  *This channel*  I am not in this channel");
      expect(found.indexOf("WARNING")).toBeGreaterThan(found.lastIndexOf("BROKEN"));
      expect(await leaks(world, { before: "the-one-before" })).toEqual([]);
    });

    it("finds the bus broken where pings do not come through, and is answered all the same", async () => {
      const deaf = { EventPattern: { source: ["odps-chatops"], "detail-type": ["CommandRequested"] } };
      const scene = await aClinic({ template: withProperties("CommandRule", deaf) });
      const found = foundIn(await scene.people.ask("ann", "doctor")).join("\n");
      expect(found).toMatch(/\*BROKEN\* {2}\*Bus\* {2}what was sent \d\.\d s ago has not come through/);
    });

    it("finds the minute rule off although something is watched", async () => {
      const scene = await aClinic();
      const { world, people } = scene;
      // A switch that AWS did not carry out, and nobody noticed.
      world.meet(({ action }) => (action === "EnableRule" ? "fail" : undefined));
      await people.heard("bob", () => people.command("bob", `watch ${world.maxcompute.instances.running}`), 0);
      world.meet();
      const found = foundIn(await people.ask("ann", "doctor")).join("\n");
      expect(found).toContain("*BROKEN*  *Minute rule*  off, although something is watched");
      expect(found).toContain("→ Switch the rule `odps-chatops-prod-minute` on in EventBridge");
    });

    it("acts in a role, where one is named: each person's commands are under their name", async () => {
      const token = "the-token-of-a-session";
      const names: (string | undefined)[] = [];
      // The simulated MaxCompute knows one key, so this is what every session has.
      const instead = (asked: StsRequest) => {
        names.push(asked.get("RoleSessionName"));
        const AssumedRoleUser = { Arn: `${asked.get("RoleArn")}/${asked.get("RoleSessionName")}` };
        const Expiration = new Date(Date.parse(asked.get("Timestamp") ?? "") + 1_800_000).toISOString().replace(/\.\d+/, "");
        const key = {
          AccessKeyId: deployment.odpsAccessId,
          AccessKeySecret: secrets.accessKey,
          SecurityToken: token,
          Expiration,
        };
        return { body: JSON.stringify({ RequestId: "R1", AssumedRoleUser, Credentials: key }) };
      };
      const sts = await startLoopbackSts({ keys: {}, now: Date.now, instead });
      onTestFinished(() => sts.server.close());
      const role = { ODPS_ROLE_ARN: "acs:ram::1:role/odps-chatops", ODPS_STS_ENDPOINT: sts.endpoint };
      const scene = await aClinic({ template: withSettings(role) });
      const { world, people } = scene;
      for (const who of ["vic", "bob", "vic"]) await people.ask(who, `status ${world.maxcompute.instances.running}`);
      expect(names).toEqual(["slack-U0VIC0001", "slack-U0BOB0001"]);
      const { blocks } = await people.ask("ann", "doctor");
      expect(JSON.stringify(blocks)).toContain("trail shows what you do as `slack-U0ANN0001`");
      expect(await leaks(world, { token })).toEqual([]);
    });

    it("tells whoever is no admin that it is there, and looks at nothing", async () => {
      const scene = await aScene({ scopes: granted });
      const { text } = await scene.people.ask("bob", "doctor");
      expect(text).toMatch(/^I am here: version \d+\.\d+\.\d+, and your command reached me in /);
      expect(scene.world.maxcompute.requests()).toEqual([]);
    });
  });

  describe("a ping", () => {
    it("is dropped where it is forged or older than a minute, is no command by a replay, and owes nobody a word", async () => {
      const scene = await aScene();
      const { cloud, clock } = scene.world;
      cloud.putEvents([aPing(clock.now()), aPing(clock.now(), "CommandRequested"), aPing(clock.now() - 60_001)]);
      cloud.putEvents([aPing(clock.now())], "replay");
      await cloud.settle();
      expect(runsOf(scene, command).map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
      const log = logOf(scene);
      expect([log.match(/envelope\.unopened/g)?.length, log.match(/ping\.stale/g)?.length]).toEqual([1, 1]);
      await scene.world.pass(60);
      expect(logOf(scene).match(/envelope\.unopened/g)).toHaveLength(1);
      expect(cloud.deadLetters()).toEqual([]);
    });
  });
}
