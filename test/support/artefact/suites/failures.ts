// Workers that die, hang or never get their event: one answer or one apology, never both, never none.
import { describe, expect, it } from "vitest";
import { without, withProperties } from "../change-template.ts";
import { auditIds, leaks } from "../leaks.ts";
import { wordsOf } from "../people.ts";
import { asked, type Scene, type StartScene } from "../scenes.ts";

const worker = "CommandLambdaFunction";

/** Hands the last command's event over once more, as EventBridge may at any time. */
async function again({ world }: Scene): Promise<void> {
  const { bus, event } = world.cloud.events().at(-1) ?? { bus: "", event: undefined };
  if (event === undefined) throw new Error("there is no event to deliver again");
  world.cloud.putEvents([
    {
      EventBusName: bus,
      Source: event.source,
      DetailType: event["detail-type"],
      Detail: JSON.stringify(event.detail),
      Resources: [],
    },
  ]);
}

export function failingWorkers(aScene: StartScene): void {
  describe("a worker that is killed", () => {
    it("before MaxCompute answered is apologised for within a minute, once, however often its event comes", async () => {
      const scene = await aScene();
      const { world, people } = scene;
      world.maxcompute.fault({ kind: "hang" });
      const told = await people.heard(
        "vic",
        async () => {
          const reached = asked(world.servers.maxcompute, /instances/);
          await people.command("vic", `status ${world.maxcompute.instances.running}`);
          await reached;
          expect(world.cloud.kill(worker)).toBe(1);
        },
        60,
      );
      expect(wordsOf(people.only(told))).toContain("interrupted before I could answer");
      world.maxcompute.clearFaults();
      expect(await people.heard("vic", () => again(scene))).toEqual([]);
      expect(await leaks(world)).toEqual([]);
    });

    it("while it stops an instance leaves its decision in the audit trail, and whoever apologises an outcome beside it", async () => {
      const { world, people } = await aScene();
      const question = await people.ask("bob", `stop ${world.maxcompute.start("running")}`);
      world.maxcompute.fault({ kind: "hang", method: "PUT" });
      await people.heard(
        "bob",
        async () => {
          const reached = asked(world.servers.maxcompute, /instances\//, "PUT");
          await people.press("bob", question, "intent.run");
          await reached;
          expect(await auditIds(world)).toHaveLength(1);
          expect(world.cloud.kill(worker)).toBe(1);
        },
        60,
      );
      const [decision] = await auditIds(world);
      expect(await auditIds(world)).toEqual([decision, `${decision}.outcome`]);
      world.maxcompute.clearFaults();
    });

    it("while it answered is apologised for within a minute, which says that the answer may be there", async () => {
      const scene = await aScene();
      const { world, people } = scene;
      // Whether Slack gets to read the post or not, nobody sees it.
      world.slack.fault({ kind: "http", status: 500, method: "response_url", times: 1 });
      const told = await people.heard(
        "vic",
        async () => {
          const reached = asked(world.servers.slack, /^\/commands/);
          await people.command("vic", `status ${world.maxcompute.instances.running}`);
          await reached;
          expect(world.cloud.kill(worker)).toBe(1);
        },
        60,
      );
      expect(wordsOf(people.only(told))).toContain("interrupted while I was answering you");
      expect(await people.heard("vic", () => again(scene))).toEqual([]);
    });
  });

  describe("a worker that hangs", () => {
    it("production rule 7: waits for MaxCompute no longer than the invocation lasts, and answers in words", async () => {
      const { world, people } = await aScene({ timeoutScale: { [worker]: 0.1 } });
      world.maxcompute.fault({ kind: "hang" });
      const answer = await people.ask("vic", `status ${world.maxcompute.instances.running}`);
      expect(wordsOf(answer)).toContain("MaxCompute");
      expect(world.cloud.invocations().filter(({ fn, error }) => fn === worker && error !== undefined)).toEqual([]);
    });

    it("is ended by its time-out, and apologised for within a minute", async () => {
      const scene = await aScene({ timeoutScale: { [worker]: 0.15 } });
      const { world, people } = scene;
      const ofWorker = () => world.cloud.invocations().filter(({ fn }) => fn === worker);
      world.slack.fault({ kind: "http", status: 500, method: "response_url", times: 1 });
      const told = await people.heard(
        "vic",
        async () => {
          const reached = asked(world.servers.slack, /^\/commands/);
          await people.command("vic", `logview ${world.maxcompute.instances.success}`);
          await reached;
          // Whatever it waits for it gives up in time: only what stands still altogether is ended from outside.
          for (const { pid } of ofWorker()) process.kill(pid, "SIGSTOP");
        },
        60,
      );
      const [ended] = ofWorker();
      expect(ended?.error?.errorType).toBe("Sandbox.Timedout");
      expect(wordsOf(people.only(told))).toContain("interrupted");
      expect(await people.heard("vic", () => again(scene))).toEqual([]);
    });
  });

  describe("production rule 3 and 16: a command that cannot be delivered", () => {
    it("for a minute is apologised for, and never done", async () => {
      const { world, people } = await aScene();
      const back = world.cloud.outage(worker);
      const told = await people.heard("vic", () => people.command("vic", `status ${world.maxcompute.instances.running}`), 60);
      back();
      expect(wordsOf(people.only(told))).toContain("Please ask again");
      expect(await people.heard("vic", async () => undefined, 600)).toEqual([]);
      expect(world.maxcompute.requests()).toEqual([]);
    });

    it("because the right to is gone becomes a dead letter and an apology at once", async () => {
      const { world, people } = await aScene({ template: without("CommandPermission") });
      const told = await people.heard("vic", () => people.command("vic", `status ${world.maxcompute.instances.running}`));
      expect(wordsOf(people.only(told))).toContain("Please ask again");
      expect(world.cloud.deadLetters().map(({ from, queue }) => `${from} ${queue}`)).toEqual(["rule FailuresQueue"]);
      expect(await leaks(world)).toEqual([]);
    });

    it("to its timer is answered by its worker, which is not taken for dead", async () => {
      const { world, people } = await aScene({ template: without("ApologiesQueuePolicy") });
      world.maxcompute.fault({ kind: "hang" });
      const told = await people.heard("vic", () => people.command("vic", `status ${world.maxcompute.instances.running}`), 30);
      expect(world.cloud.deadLetters().map(({ from, queue }) => `${from} ${queue}`)).toContain("rule FailuresQueue");
      expect(told.map(wordsOf)).toEqual([
        expect.stringContaining("Still asking"),
        expect.stringContaining("MaxCompute did not answer"),
      ]);
      expect(await people.heard("vic", async () => undefined, 600)).toEqual([]);
    });

    it("because the function is throttled is apologised for, and never done", async () => {
      const { world, people } = await aScene({ template: withProperties(worker, { ReservedConcurrentExecutions: 0 }) });
      const told = await people.heard("vic", () => people.command("vic", `status ${world.maxcompute.instances.running}`));
      expect(wordsOf(people.only(told))).toContain("Please ask again");
      expect(world.cloud.deadLetters().map(({ from }) => from)).toEqual(["function"]);
      expect(world.maxcompute.requests()).toEqual([]);
    });
  });
}
