// Nothing secret comes out of the deployed bot, however it is written: neither in what stays behind nor in what people are shown.
import { describe, expect, it } from "vitest";
import { writeZip } from "../../cloud/index.ts";
import { withNeighbour } from "../change-template.ts";
import { deliver } from "../deliver.ts";
import { leaks } from "../leaks.ts";
import { deployment } from "../package-once.ts";
import { wordsOf } from "../people.ts";
import type { StartScene } from "../scenes.ts";
import { secrets } from "../secrets.ts";
import type { World } from "../world.ts";

const pasted = "PASTED-LOGVIEW-TOKEN/+==";
const link = (id: string) => `http://logview.aliyun.com/logview/?h=http://x.test/api&p=demo_project&i=${id}&token=${pasted}`;

/** Several commands each, in sandboxes of their own. */
const patient = { timeout: 60_000 };

/** What a careless service would repeat of what it was sent and knows. */
const echo = (): string => {
  const key = secrets.accessKey;
  const bytes = Buffer.from(key);
  const forms = [
    key,
    encodeURIComponent(key),
    bytes.toString("hex"),
    bytes.toString("base64"),
    Buffer.from(`k=${key}`).toString("base64url"),
  ];
  return `cannot sign with ${forms.join(" ")}`;
};

async function putItem({ dynamo, cloud }: World, item: object): Promise<void> {
  await fetch(dynamo.endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "DynamoDB_20120810.PutItem",
      "x-amz-date": "20200101T000000Z",
      authorization: "AWS4-HMAC-SHA256 Credential=a/20200101/r/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
    },
    body: JSON.stringify({ TableName: cloud.resource("Table")?.ref, Item: item }),
  });
}

export function nothingSecretGetsOut(aScene: StartScene): void {
  /** Every line is logged. */
  const aTalkativeScene = () => aScene({ env: { LOG_LEVEL: "debug" } });

  describe("no secret is left behind or shown", () => {
    it("of links that people paste, whoever is told of them", patient, async () => {
      const { world, people } = await aTalkativeScene();
      const { slack, maxcompute } = world;
      const { ask, say, heard } = people;
      const success = maxcompute.instances.success ?? "";
      const caution = await say("bob", `look ${link(success)}`, "general");
      expect(caution).toMatchObject({ text: expect.stringContaining("Whoever reads the message"), visible_to: "U0BOB0001" });
      const mention = { user: "vic", channel: "prod-alerts", text: `@odps tasks ${link(success)}` };
      expect(await heard("vic", () => slack.message(mention))).toHaveLength(2);
      await ask("vic", `status ${link(success)}`);
      expect(wordsOf(await ask("vic", `frobnicate ${link(success)}`))).toContain("I do not know");
      expect(await leaks(world, {}, { pasted })).toEqual([]);
    });

    it("of commands, cards, forms, files and acts", patient, async () => {
      const { world, people } = await aTalkativeScene();
      const { maxcompute } = world;
      const { ask, heard, press, command } = people;
      const success = maxcompute.instances.success ?? "";
      const running = maxcompute.start("running");
      const [, token = ""] = /token=([\w%+/=-]{20,})/.exec(wordsOf(await ask("vic", `logview ${success}`))) ?? [];
      const card = await ask("vic", `result ${success}`);
      await heard("vic", () => press("vic", card, "instance.filter"), 0);
      await command("vic", `result ${success} --csv`);
      const stop = await ask("bob", `stop ${running} --reason "${link(success)}"`, "prod-alerts");
      await heard("bob", () => press("bob", stop, "intent.run"));
      expect(token).not.toBe("");
      expect(await leaks(world, { token }, { pasted })).toEqual([]);
    });

    it("of what MaxCompute echoes, Slack refuses, and forged payloads hold", patient, async () => {
      const { world, people } = await aTalkativeScene();
      const { slack, maxcompute } = world;
      const success = maxcompute.instances.success ?? "";
      maxcompute.fault({ kind: "status", status: 400, code: "InvalidParameter", message: echo(), times: 3 });
      expect(wordsOf(await people.ask("vic", `exists ${success}`))).toContain("***");
      slack.fault({ kind: "dead_response_url", times: 2 });
      await people.ask("vic", `tasks ${success}`);
      slack.fault({ kind: "http", status: 500, times: 100 });
      await people.heard("vic", () => people.command("vic", "list"));
      slack.clearFaults();
      const broken = { type: "block_actions", team: { id: deployment.slackTeamId }, user: null, actions: [{}] };
      await deliver(world, { ...broken, response_url: `https://hooks.slack.com/commands/${deployment.slackTeamId}/x` });
      await world.cloud.settle();
      expect(await leaks(world)).toEqual([]);
    });
  });

  describe("the search for secrets", () => {
    it("finds what is planted in each kind of thing that comes out", async () => {
      const speaks =
        "export const handler = async ({ say }) => { console.error(say); if (say.startsWith('!')) throw new Error(say); return say; }";
      const { world } = await aScene({ template: withNeighbour, code: { Neighbour: writeZip({ "index.mjs": speaks }) } });
      const { cloud, slack, servers } = world;
      const inHex = Buffer.from(secrets.signing).toString("hex");
      await cloud.invoke("Neighbour", { say: encodeURIComponent(secrets.sealKey) });
      await cloud.invoke("Neighbour", { say: `!${JSON.stringify(JSON.stringify(secrets.sealKey))}` });
      cloud.putEvents([
        { EventBusName: "default", Source: "x", DetailType: "x", Detail: JSON.stringify({ a: inHex }), Resources: [] },
      ]);
      cloud.queue("ApologiesQueue")?.send(Buffer.from(`..${secrets.accessKey}`).toString("base64url"));
      await putItem(world, { pk: { S: "p" }, sk: { S: `x${Buffer.from(`x${secrets.botToken}`).toString("base64")}` } });
      const address = servers.slack.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      const post = (method: string, body: object) =>
        fetch(`http://127.0.0.1:${port}/api/${method}`, {
          method: "POST",
          headers: { authorization: `Bearer ${secrets.botToken}`, "content-type": "application/json; charset=utf-8" },
          body: JSON.stringify(body),
        });
      await post("chat.postMessage", { channel: "C0GENERAL1", text: deployment.odpsAccessId });
      await post("chat.postEphemeral", { channel: "C0GENERAL1", user: "U0VIC0001", text: "see /commands/T0ODPSSIM/1" });
      await cloud.settle();
      expect(await leaks(world)).toEqual(
        expect.arrayContaining([
          "log: sealKey, as it is",
          "errors: sealKey, as it is",
          "results: sealKey, as it is percent-encoded",
          "delivered: sealKey, as it is",
          "events: signing, in hex",
          "queued: accessKey, in base64, 2 bytes behind",
          "items: botToken, in base64, 1 bytes behind",
          "posts: accessId, as it is",
          "privates: responsePath, as it is",
        ]),
      );
      expect(slack.messages({ channel: "general" })).toHaveLength(2);
    });
  });
}
