import { describe, expect, it } from "vitest";
import { apology } from "../../src/commands/apology.ts";
import type { IntentDraft } from "../../src/commands/intents.ts";
import type { Ask } from "../../src/commands/request.ts";
import { aRequest } from "../support/a-bot.ts";

const draft = (needs: IntentDraft["needs"]): IntentDraft => ({
  verb: "stop",
  requester: { team: "T1", user: "bob" },
  channel: "general",
  direct: false,
  needs,
  project: "demo_project",
  instanceId: "20261122094800123gabcd12",
  shown: "a-hash",
});
const press = (how: "run" | "approve" | "deny" | "cancel"): Ask => ({ kind: "intent", intentId: "i1", press: how });

describe("the apology for a press that was cut short", () => {
  it.each<[string, Ask, IntentDraft | undefined, RegExp]>([
    ["that stops", press("run"), draft("press"), /may or may not have been stopped/],
    ["that stops after typing", press("run"), draft("typed"), /may or may not have been stopped/],
    ["of which nobody knows what it was about", press("run"), undefined, /may or may not have been stopped/],
    ["that approves a stop", press("approve"), draft("approval"), /may or may not have been stopped/],
    ["that only asks somebody else", press("run"), draft("approval"), /^Please ask again/],
    ["that denies", press("deny"), draft("approval"), /^Please ask again/],
    ["that keeps it running", press("cancel"), draft("press"), /^Please ask again/],
  ])("says what is known of one %s", (_, ask, about, words) => {
    expect(apology("interrupted", aRequest({ ask }), about)).toMatchObject({ next: expect.stringMatching(words) });
  });

  it("is certain that what came too late did nothing", () => {
    expect(apology("stale", aRequest({ ask: press("approve") }), draft("approval"))).toMatchObject({
      title: expect.stringContaining("did nothing"),
      next: "Please ask again.",
    });
  });
});
