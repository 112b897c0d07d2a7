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
/** Of an act, not the caution about a link. */
const nextIn = (...given: Parameters<typeof apology>) => {
  const view = apology(...given);
  return view.kind === "error" ? view.next : undefined;
};
const pressed = (press: "run" | "approve" | "cancel") => aRequest({ ask: { kind: "intent", intentId: "I1", press } });

describe("an apology for an act that was interrupted", () => {
  it.each(["run", "approve"] as const)("by the press %s says that it may have happened", (press) => {
    expect(nextIn("interrupted", pressed(press), stop)).toContain("may or may not have been stopped");
    expect(nextIn("interrupted", pressed(press), run)).toContain("may or may not have been submitted");
  });

  it("of a submission promises to look for it, and offers nothing that would run it again", () => {
    const view = apology("slow", pressed("run"), run);
    expect(nextIn("slow", pressed("run"), run)).toContain("I look for it and tell you");
    expect(view.suggestions).toEqual([]);
  });

  it("that did not begin says so", () => {
    expect(apology("stale", pressed("run"), run)).toMatchObject({ title: expect.stringContaining("I did nothing") });
    expect(nextIn("interrupted", pressed("cancel"), run)).toBe("Please ask again.");
    expect(nextIn("interrupted", pressed("run"), { ...run, needs: "approval" })).toBe("Please ask again.");
  });
});
