// Approvals on AWS: nothing runs there between two commands but what the clock calls.
import { describe, expect, it } from "vitest";
import { auditIds } from "../leaks.ts";
import { deployment } from "../package-once.ts";
import { wordsOf } from "../people.ts";
import type { StartScene } from "../scenes.ts";

const tick = "TickLambdaFunction";
const env = { ODPS_POLICY: `${deployment.odpsPolicy}; production ${deployment.odpsProject}` };

export function approvals(aScene: StartScene): void {
  describe("an approval that nobody decides in time", () => {
    it.each(["tick", "heartbeat"])(
      "says so on its card and is on record, once, when the clock calls next, as a %s",
      async (call) => {
        const { world, people } = await aScene({ env });
        const { cloud, slack, maxcompute } = world;
        const id = maxcompute.start("running");
        const question = await people.ask("bob", `stop ${id}`);
        await people.heard("bob", () => people.press("bob", question, "intent.run"), 5);
        const cards = () =>
          slack.messages({ channel: "general", user: "vic" }).filter((message) => wordsOf(message).includes("asks to *stop*"));
        expect(cards().map(({ text }) => text.split(" ")[0])).toEqual(["APPROVAL"]);
        await cloud.invoke(tick, { call });
        expect(cards().map(({ text }) => text.split(" ")[0])).toEqual(["APPROVAL"]);
        const before = await auditIds(world);
        await world.pass(10 * 60);
        await cloud.invoke(tick, { call });
        expect(await auditIds(world)).toHaveLength(before.length + 1);
        expect(cards().map(({ text }) => text.split(" ")[0])).toEqual(["EXPIRED"]);
        expect(wordsOf(cards()[0] ?? question)).not.toContain("intent.approve");
        const log = cloud
          .invocations()
          .filter(({ fn }) => fn === tick)
          .map(({ log, error }) => log + (error ?? ""))
          .join("");
        expect(log).not.toMatch(/not_closed|not_drawn|AccessDenied/);
      },
    );
  });
}
