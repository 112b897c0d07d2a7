// What a stop leaves in the audit trail, on the simulated MaxCompute and the simulated Slack, as `npm start` runs them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ALocalRun, SeenMessage } from "../support/local-run.ts";
import { aLocalRun } from "../support/local-run.ts";

let local: ALocalRun;
beforeAll(async () => {
  local = await aLocalRun({ AUDIT_CHANNEL: "C0PRODALRT" });
});
afterAll(() => local.stop());

const all = (message: SeenMessage): string => JSON.stringify(message.blocks) + message.text;

describe("a stop", () => {
  it("is told to the audit channel, shown to an admin with its outcome, and sent as a file", async () => {
    const { id } = await local.post<{ id: string }>("/sim/maxcompute/instances", { scenario: "running" });
    const asked = await local.type("bob", "general", `stop ${id} --reason "wrong day"`);
    await local.press("bob", asked, "intent.run", ({ text }) => text.startsWith("CANCELLED"));
    const told = (await local.messages("prod-alerts")).filter(({ text }) => text.startsWith("allowed stop"));
    expect(told).toHaveLength(1);
    expect(all(told[0] as SeenMessage)).toContain("<@U0BOB0001>");

    expect((await local.type("bob", "general", "audit")).text).toContain("needs the role admin");
    const seen = await local.type("ann", "general", "audit --verb stop --who <@U0BOB0001|bob>");
    expect(seen.visible_to).toBe("U0ANN0001");
    expect(all(seen)).toMatch(/<@U0BOB0001> \*stop\* .*allowed, \*done\* · “wrong day”/);

    await local.command("ann", "general", `audit ${id} --csv`);
    const message = await local.until(async () =>
      (await local.messages("@ann", "ann")).find(({ files }) => files.some(({ name }) => /^audit-.*\.csv$/.test(name))),
    );
    const text = await (await fetch(`${local.origin}${message.files[0]?.path}`)).text();
    expect(text.split("\r\n").map((line) => line.split(",").slice(1, 4).join(","))).toEqual([
      "phase,who,verb",
      "outcome,U0BOB0001,stop",
      "decision,U0BOB0001,stop",
      "",
    ]);
  });
});
