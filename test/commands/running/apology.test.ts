import { describe, expect, it } from "vitest";
import { apology } from "../../../src/commands/apology.ts";
import type { IntentDraft } from "../../../src/commands/intents.ts";
import { aRequest } from "../../support/a-bot.ts";

const common = {
  requester: { team: "T1", user: "U0BOB" },
  channel: "C1",
  direct: false,
  project: "p",
  shown: "hash",
} as const;
const stop: IntentDraft = { ...common, needs: "press", verb: "stop", instanceId: "i1" };
const job = { kind: "sql", statement: "SELECT 1 FROM t", verb: "SELECT", isReading: true, settings: {} } as const;
const run: IntentDraft = { ...common, needs: "press", verb: "run", job, limit: 1, timeoutMs: 1, because: [] };
const pressed = (press: "run" | "approve" | "cancel") => aRequest({ ask: { kind: "intent", intentId: "I1", press } });

describe("an apology for an act that was interrupted", () => {
  it.each(["run", "approve"] as const)("by the press %s says that it may have happened", (press) => {
    expect(apology("interrupted", pressed(press), stop).next).toContain("may or may not have been stopped");
    expect(apology("interrupted", pressed(press), run).next).toContain("may or may not have been submitted");
  });

  it("of a submission promises to look for it, and offers nothing that would run it again", () => {
    const view = apology("slow", pressed("run"), run);
    expect(view.next).toContain("I look for it and tell you");
    expect(view.suggestions).toEqual([]);
  });

  it("that did not begin says so", () => {
    expect(apology("stale", pressed("run"), run)).toMatchObject({ title: expect.stringContaining("I did nothing") });
    expect(apology("interrupted", pressed("cancel"), run).next).toBe("Please ask again.");
    expect(apology("interrupted", pressed("run"), { ...run, needs: "approval" }).next).toBe("Please ask again.");
  });
});
