// What lies in the table while people still wait: nothing that could be used or read.
import { describe, expect, it } from "vitest";
import { leaks } from "../leaks.ts";
import { asked, type StartScene } from "../scenes.ts";

export function thingsAtRest(aScene: StartScene): void {
  describe("production rule 2: the table", () => {
    it("shows no response_url and nothing that was typed while requests, files and stops are under way", async () => {
      const { world, people } = await aScene();
      const { cloud, maxcompute, servers } = world;
      const typed = { typedOwner: "zaphod-typed", typedReason: "zarniwoop-typed" };
      const question = await people.ask(
        "bob",
        `stop ${maxcompute.start("running")} --reason "${typed.typedReason}"`,
        "prod-alerts",
      );
      expect(await leaks(world, typed)).toEqual([]);

      cloud.outage("TransferLambdaFunction");
      await people.command("vic", `result ${maxcompute.instances.success} --csv`);
      await cloud.settle();
      maxcompute.fault({ kind: "hang", method: "PUT" });
      maxcompute.fault({ kind: "hang", match: "/instances?" });
      const reached = [asked(servers.maxcompute, /instances\//, "PUT"), asked(servers.maxcompute, /\/instances\?/)];
      await people.press("bob", question, "intent.run");
      await people.command("vic", `list --owner ${typed.typedOwner}`);
      await Promise.all(reached);
      expect(await leaks(world, typed)).toEqual([]);
      cloud.kill("CommandLambdaFunction");
      maxcompute.clearFaults();
    });
  });

  describe("production rule 30: the log", () => {
    it("holds nothing of what Slack sent, also where every line is wanted", async () => {
      const { world, people } = await aScene({ env: { LOG_LEVEL: "debug" } });
      const typed = { typedOwner: "zaphod-typed", trigger: "trigger_id", body: "user_name" };
      await people.ask("vic", `list --owner ${typed.typedOwner}`);
      await people.say("vic", `list --owner ${typed.typedOwner}`, "@vic");
      expect(await leaks(world, typed)).toEqual([]);
    });
  });
}
