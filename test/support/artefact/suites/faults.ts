// Files whose sender dies, a table that throttles and loses answers, services that do, secrets that change.
import { describe, expect, it } from "vitest";
import { createChance } from "../../cloud/chance.ts";
import { watchCalls } from "../calls.ts";
import { leaks } from "../leaks.ts";
import { wordsOf } from "../people.ts";
import { asked, type Scene, type StartScene, seeds } from "../scenes.ts";

const sender = "TransferLambdaFunction";

/** Vic asks for a result as a file; how many files and how many words came of it. */
async function fileOf({ world, people }: Scene, meanwhile: () => Promise<void> = async () => undefined) {
  const told = await people.heard(
    "vic",
    async () => {
      const happening = meanwhile();
      await people.command("vic", `result ${world.maxcompute.instances.success} --csv`);
      await happening;
    },
    1_200,
  );
  return {
    files: told.flatMap(({ files }) => files.map(({ name }) => name)).length,
    words: told.filter(({ files }) => files.length === 0).map(wordsOf),
  };
}

export function failingServices(aScene: StartScene): void {
  describe("production rule 16: a result as a file", () => {
    it("is sent again by another sender when the first is killed in the middle, and comes once", async () => {
      const scene = await aScene();
      const { world } = scene;
      const { files, words } = await fileOf(scene, async () => {
        await asked(world.servers.slack, /^\/upload/);
        expect(world.cloud.kill(sender)).toBe(1);
      });
      expect({ files, words: words.length }).toEqual({ files: 1, words: 1 });
      expect(await leaks(world)).toEqual([]);
    });

    it("comes twice at most when Slack took it and its answer was lost", async () => {
      const scene = await aScene();
      scene.world.slack.fault({ kind: "lost_answer", method: "files.completeUploadExternal", times: 1 });
      const { files, words } = await fileOf(scene);
      expect(files).toBeGreaterThanOrEqual(1);
      expect(files).toBeLessThanOrEqual(2);
      expect(words).toHaveLength(1);
    });

    it("is given up in words after three senders", async () => {
      const scene = await aScene();
      scene.world.slack.fault({ kind: "http", status: 500, method: "upload", times: 100 });
      const { files, words } = await fileOf(scene);
      expect(files).toBe(0);
      expect(words).toHaveLength(2);
      expect(words[1]).toContain("could not be sent");
      const senders = scene.world.cloud.invocations().filter(({ fn }) => fn === sender);
      expect(senders).toHaveLength(3);
    });
  });

  describe("a table", () => {
    it("that throttles every fourth call keeps nobody from an answer", async () => {
      const { world, people } = await aScene();
      let calls = 0;
      watchCalls(world, ({ service }) => {
        calls += service === "dynamodb" ? 1 : 0;
        return service === "dynamodb" && calls % 4 === 1 ? "throttle" : undefined;
      });
      await people.ask("vic", "list");
      await people.ask("vic", `status ${world.maxcompute.instances.success}`);
    });

    it.each(seeds)(
      "production rule 5: that applies writes and loses their answers leaves one answer or one apology (seed %i)",
      async (seed) => {
        const { world, people } = await aScene();
        const { happens } = createChance(seed);
        watchCalls(world, ({ service }) => (service === "dynamodb" && happens(0.3) ? "cut after" : undefined));
        for (const text of ["list", `status ${world.maxcompute.instances.success}`]) await people.ask("vic", text);
      },
    );

    it("production rule 5: that loses the answer of each write once leaves the worker its claim: the answer comes, and no apology", async () => {
      const { world, people } = await aScene();
      const writes = new Set<string>();
      watchCalls(world, ({ action, fn, body }) => {
        const { 1: version } = /"version":\{"S":"([^"]+)"/.exec(body.toString()) ?? [];
        if (action !== "PutItem" || fn !== "CommandLambdaFunction" || version === undefined) return undefined;
        const isRepeated = writes.has(version);
        writes.add(version);
        return isRepeated ? undefined : "cut after";
      });
      expect(wordsOf(await people.ask("vic", "list"))).toContain("demo_project");
      expect(writes.size).toBeGreaterThan(2);
    });

    it("that is away is apologised for, when it is back", async () => {
      const { world, people } = await aScene();
      watchCalls(world, ({ service, fn }) => (service === "dynamodb" && fn === "CommandLambdaFunction" ? "fail" : undefined));
      expect(wordsOf(await people.ask("vic", "list"))).toContain("Please ask again");
    });
  });

  describe("a file that cannot be sent, to somebody who cannot be told", () => {
    it("is tried a few times, and ends where an alarm watches", async () => {
      const { world, people } = await aScene();
      await people.heard(
        "vic",
        async () => {
          const sending = asked(world.servers.slack, /conversations.open/);
          await people.command("vic", `result ${world.maxcompute.instances.success} --csv`);
          await sending;
          world.slack.fault({ kind: "error", error: "account_inactive", times: 1_000 });
          world.slack.fault({ kind: "http", status: 404, method: "response_url", times: 1_000 });
        },
        900,
      );
      const invocations = Map.groupBy(world.cloud.invocations(), ({ fn }) => fn);
      expect(invocations.get("TransferLambdaFunction")?.length).toBeLessThan(5);
      expect(invocations.get("ApologiseLambdaFunction")?.length).toBeLessThan(12);
      expect(world.cloud.deadLetters().map(({ from, queue }) => `${from} ${queue}`)).toContain("queue LostQueue");
    });
  });

  describe("production rule 7: a stop whose answer is lost", () => {
    it("is resolved by reading, and told once", async () => {
      const { world, people } = await aScene();
      const id = world.maxcompute.start("running");
      const question = await people.ask("bob", `stop ${id}`, "prod-alerts");
      world.maxcompute.fault({ kind: "cut", at: "before", executed: true, method: "PUT", times: 1 });
      const told = await people.heard("bob", () => people.press("bob", question, "intent.run"));
      expect(wordsOf(people.only(told.filter(({ visible_to }) => visible_to !== undefined)))).toContain("CANCELLED");
      expect(told.filter(({ visible_to }) => visible_to === undefined)).toHaveLength(1);
      expect(world.maxcompute.requests().filter(({ method }) => method === "PUT")).toHaveLength(1);
    });
  });

  describe("production rule 29: a secret that is changed while the functions are warm", () => {
    const path = "/odps-chatops/prod";

    it("a bot token: the next call that Slack refuses is made again with the new one", async () => {
      const { world, people } = await aScene();
      const right = world.parameters[`${path}/slack-bot-token`] ?? "";
      world.parameters[`${path}/slack-bot-token`] = "xoxb-of-last-week";
      // Answered through its response_url, for which no token is needed.
      await people.ask("vic", "list");
      world.parameters[`${path}/slack-bot-token`] = right;
      expect(wordsOf(await people.say("vic", "list", "@vic"))).toContain("demo_project");
      expect(world.cloud.invocations().filter(({ fn, isCold }) => fn === "CommandLambdaFunction" && isCold)).toHaveLength(1);
    });

    it("an access key: the call that MaxCompute refuses is made again with the new one, in the same command", async () => {
      const { world, people } = await aScene();
      const right = world.parameters[`${path}/odps-access-key`] ?? "";
      world.parameters[`${path}/odps-access-key`] = "of-last-week";
      await people.say("vic", "help", "@vic"); // the worker knows it from now on, and MaxCompute has not seen it
      world.parameters[`${path}/odps-access-key`] = right;
      expect(world.maxcompute.requests()).toEqual([]);
      expect(wordsOf(await people.ask("vic", "list"))).toContain("demo_project");
      const [refused, ...others] = world.maxcompute.requests();
      expect(others.filter(({ path, query }) => path === refused?.path && query === refused.query)).toHaveLength(1);
    });

    it("an access key: MaxCompute's refusal is told, and the next command has the new one", async () => {
      const { world, people } = await aScene();
      const right = world.parameters[`${path}/odps-access-key`] ?? "";
      world.parameters[`${path}/odps-access-key`] = "of-last-week";
      await world.pass(60);
      expect(wordsOf(await people.ask("vic", "list"))).toContain("E-");
      world.parameters[`${path}/odps-access-key`] = right;
      expect(wordsOf(await people.ask("vic", "list"))).toContain("demo_project");
    });
  });
}
