import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import type { ConfirmRunView, RunApprovalView, RunView, View } from "../../../src/view/index.ts";
import { buttonsOf, wordsOf } from "../../support/blocks.ts";
import { aLink, seenAt } from "../../support/views.ts";

const job = { kind: "sql", project: "prod_dw", statement: "SELECT dt\nFROM orders", isReading: true, settings: {} } as const;
const estimate = { bytes: 38 * 2 ** 30, complexity: 1.5, amount: 57 };
const expiresAt = seenAt + 600_000;
const draw = (view: View, audience: "private" | "channel" = "private") => render(view, { audience });

const aConfirmRun = (view: Partial<ConfirmRunView> = {}): ConfirmRunView => ({
  kind: "confirm-run",
  job,
  intentId: "in1",
  editRef: "r1:abc.0",
  estimate,
  budget: { spent: 57, of: 500, isDefault: false },
  limit: 100,
  timeoutMs: 600_000,
  because: [],
  expiresAt,
  ...view,
});
const aRun = (view: Partial<RunView> = {}): RunView => ({
  kind: "run",
  job,
  phase: "submitted",
  link: aLink(),
  by: "U0BOB0001",
  timeoutMs: 600_000,
  ...view,
});
const anApproval = (view: Partial<RunApprovalView> = {}): RunApprovalView => ({
  kind: "run-approval",
  phase: "asked",
  intentId: "in1",
  job,
  because: ["unknown"],
  requester: "U0BOB0001",
  expiresAt,
  ...view,
});

describe("the question before a job", () => {
  it("says what is sent, what it costs and what is left", () => {
    expect(wordsOf(draw(aConfirmRun()))).toMatchInlineSnapshot(`
      "*Run this?* SQL in \`prod_dw\`, read only
      100 rows at most · stopped after 10 m 0 s
      SELECT dt
      FROM orders
      *Reads*
      38 GiB x 1.5 complexity
      *Your budget today*
      uses 57, leaves 386 of 500
      Run
      Edit
      Cancel
      Run and Cancel work until <!date^1795343029^{date_short_pretty} {time}|22 Nov, 10:23 UTC>"
    `);
  });

  it("begins its notification with the question and the estimate", () => {
    expect(draw(aConfirmRun()).text).toBe("Run SQL in prod_dw? Estimate 38 GiB x 1.5 complexity.");
  });

  it("is answered by Run and Cancel, which carry the intent, and Edit, which does not", () => {
    expect(buttonsOf(draw(aConfirmRun())).map(({ action_id, value, style }) => [action_id, value, style])).toEqual([
      ["intent.run", "in1", "primary"],
      ["instance.statement", "statement:r1:abc.0", undefined],
      ["intent.cancel", "in1", undefined],
    ]);
  });

  it("never takes an unknown cost for free, and says who else has to agree and why", () => {
    const { estimate: _, ...view } = aConfirmRun({ because: ["unknown"] });
    const words = wordsOf(draw(view));
    expect(words).toContain("unknown, which is not free");
    expect(words).toContain("Another operator has to approve it: MaxCompute does not say what it costs.");
    expect(words).toContain("Ask to run");
  });

  it("says when it is more than is left, and when the budget is nobody's line", () => {
    const words = wordsOf(draw(aConfirmRun({ budget: { spent: 60, of: 100, isDefault: true }, because: ["over-budget"] })));
    expect(words).toContain("uses 57, 17 more than is left of 100, the default");
    expect(words).toContain("No line of the policy says a budget here");
  });

  it("says that it changes data, and shows settings and parameters as they are sent", () => {
    const change = { ...job, isReading: false, settings: { "odps.sql.timezone": "UTC" } };
    expect(wordsOf(draw(aConfirmRun({ job: change })))).toContain("*it changes data*");
    expect(wordsOf(draw(aConfirmRun({ job: change })))).toContain("SET odps.sql.timezone=UTC;\nSELECT dt");
    const xflow = { kind: "xflow", project: "prod_dw", name: "AppendID", parameters: { inputTableName: "t" } } as const;
    expect(wordsOf(draw(aConfirmRun({ job: xflow })))).toContain("inputTableName=t");
  });

  it("shows all of what a command can hold", () => {
    const statement = `SELECT ${"x".repeat(7_990)}`;
    expect(wordsOf(draw(aConfirmRun({ job: { ...job, statement } })))).toContain(statement);
  });
});

describe("what became of a job", () => {
  it.each<[RunView["phase"], string]>([
    ["asked", "ASKED"],
    ["kept", "NOT RUN"],
    ["submitting", "SUBMITTING"],
    ["submitted", "SUBMITTED"],
    ["lost", "UNKNOWN"],
    ["dropped", "NOT RUN"],
    ["stopped", "STOPPED"],
  ])("%s begins with %s", (phase, word) => {
    expect(draw(aRun({ phase })).text).toMatch(new RegExp(`^${word} SQL in prod_dw`));
  });

  it("names its card, or says that there is none", () => {
    expect(wordsOf(draw(aRun({ watchedIn: "C0GENERAL1" })))).toContain("<#C0GENERAL1>");
    expect(wordsOf(draw(aRun()))).toContain("I am not in this channel");
  });

  it("says who gets its rows, with a card or without, and promises none of what has none", () => {
    const rows = "When it has ended, <@U0BOB0001> gets its rows in a direct message.";
    expect(wordsOf(draw(aRun({ watchedIn: "C0GENERAL1" })))).toContain(rows);
    expect(wordsOf(draw(aRun()))).toContain(rows);
    const changing = { ...job, isReading: false };
    expect(wordsOf(draw(aRun({ job: changing, watchedIn: "C0GENERAL1" })))).not.toContain("rows");
    expect(wordsOf(draw(aRun({ job: changing })))).toContain("nobody hears of its end");
  });

  it("says what is done about one that is lost, and when nothing is any more", () => {
    expect(wordsOf(draw(aRun({ phase: "lost" })))).toContain("I do not submit it again by myself");
    expect(wordsOf(draw(aRun({ phase: "lost", isFinal: true })))).toContain("cannot tell for certain");
  });
});

describe("the card on which a second person decides", () => {
  it("shows who asks for what, why, and until when", () => {
    expect(wordsOf(draw(anApproval(), "channel"))).toMatchInlineSnapshot(`
      ":raised_hand: *APPROVAL NEEDED*  <@U0BOB0001> asks to *run* SQL in \`prod_dw\`, read only
      It reads, and changes nothing.
      SELECT dt
      FROM orders
      *Reads*
      unknown, which is not free
      Another operator has to approve it: MaxCompute does not say what it costs.
      Approve
      Deny
      Needs another operator, until <!date^1795343029^{date_short_pretty} {time}|22 Nov, 10:23 UTC>"
    `);
  });

  it("has buttons while it is open, and none afterwards", () => {
    expect(buttonsOf(draw(anApproval(), "channel")).map(({ action_id }) => action_id)).toEqual(["intent.approve", "intent.deny"]);
    for (const phase of ["begun", "ended", "unsure", "failed", "denied", "withdrawn", "expired"] as const)
      expect(buttonsOf(draw(anApproval({ phase }), "channel"))).toEqual([]);
  });
});

describe("an estimate", () => {
  it("says that nothing was run", () => {
    const words = wordsOf(draw({ kind: "estimate", job, estimate, budget: { spent: 0, of: 100, isDefault: true } }));
    expect(words).toContain("Nothing was run");
    expect(words).toContain("38 GiB x 1.5 complexity");
  });
});
