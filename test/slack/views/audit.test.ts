import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import type { AuditEntry, AuditView } from "../../../src/view/index.ts";
import { blocksOf, buttonsOf, menusOf, wordsOf } from "../../support/blocks.ts";
import { aFile } from "../../support/files.ts";
import { aLink, seenAt } from "../../support/views.ts";

const anEntry = (over: Partial<AuditEntry> = {}): AuditEntry => ({
  ...{ at: seenAt, who: "U0ANN", channel: "C0GENERAL1", verb: "stop", project: "demo_project", link: aLink() },
  ...{ decision: "allowed", outcome: "done" },
  ...over,
});
const anAudit = (over: Partial<AuditView> = {}): AuditView => ({
  ...{ kind: "audit", filter: "last 7 d", entries: [anEntry()], hasMore: false, unreadable: 0, files: [], seenAt },
  ...over,
});
const draw = (view: AuditView) => render(view, { audience: "private" });

describe("the audit trail", () => {
  it("says of each act who did what to which instance, what was decided and what came of it", () => {
    const drawn = draw(anAudit({ entries: [anEntry({ reason: "wrong partition" })] }));
    expect(drawn.text).toBe("1 act (last 7 d): stop …zbzufck2 *done*");
    expect(wordsOf(drawn)).toMatch(
      /:white_check_mark: <@U0ANN> \*stop\* `…zbzufck2` in `demo_project` · allowed, \*done\* · “wrong partition” · <#C0GENERAL1> · <!date\^\d+/,
    );
    expect(menusOf(drawn)).toEqual({ "list.pick": ["status:r1:abc.0"] });
  });

  it.each([
    [{ decision: "denied", outcome: undefined }, ":no_entry:", "denied ·"],
    [{ decision: "allowed", outcome: undefined }, ":hourglass_flowing_sand:", "allowed, no outcome yet"],
    [{ decision: "allowed", outcome: "failed", code: "NoPermission" }, ":x:", "allowed, *failed* (NoPermission)"],
    [{ decision: undefined, outcome: "unknown" }, ":grey_question:", "decision cannot be read, *unknown*"],
    [{ decision: undefined, outcome: undefined }, ":grey_question:", "decision cannot be read ·"],
  ] as const)("says how things stand with %j", (over, sign, words) => {
    const { decision: _, outcome: __, ...entry } = anEntry();
    const given = Object.fromEntries(Object.entries(over).filter(([, value]) => value !== undefined));
    const said = wordsOf(draw(anAudit({ entries: [{ ...entry, ...given }] })));
    expect(said).toContain(sign);
    expect(said).toContain(words);
  });

  it("shows forty acts on one card, in as many sections as they need", () => {
    const drawn = draw(anAudit({ entries: Array.from({ length: 40 }, () => anEntry()) }));
    expect(wordsOf(drawn).match(/<@U0ANN>/g)).toHaveLength(40);
    expect(blocksOf(drawn, "section").length).toBeGreaterThan(2);
  });

  it("says of what it left out", () => {
    const long = anEntry({ reason: "x".repeat(300) });
    const drawn = draw(anAudit({ entries: Array.from({ length: 40 }, () => long), hasMore: true, unreadable: 2 }));
    const said = wordsOf(drawn);
    expect(said).toMatch(/and \d+ more acts/);
    expect(said).toContain("There are older ones");
    expect(said).toContain("2 rows cannot be read");
    expect(drawn.text).toMatch(/^the newest 40 acts/);
  });

  it("says that a file is coming", () => {
    expect(wordsOf(draw(anAudit({ files: [aFile("audit.csv", "x")] })))).toContain("comes as a file in a direct message");
  });

  it("that is empty says so", () => {
    expect(draw(anAudit({ entries: [], filter: "denied, last 1 h" })).text).toBe("No act (denied, last 1 h)");
  });
});

describe("what the audit channel is told", () => {
  it("is who was allowed what, where and why, with nothing to press", () => {
    const { outcome: _, ...entry } = anEntry({ reason: "wrong partition", text: "stop x -p demo_project" });
    const drawn = render({ kind: "audited", entry, requestId: "E-TEST" }, { audience: "channel" });
    expect(drawn.text).toBe("allowed stop `…zbzufck2` in `demo_project` by <@U0ANN>");
    const said = wordsOf(drawn);
    expect(said).toContain("*allowed* · <@U0ANN> *stop* `…zbzufck2` in `demo_project` · <#C0GENERAL1>");
    for (const words of ["wrong partition", "stop x -p demo_project", "E-TEST"]) expect(said).toContain(words);
    expect([buttonsOf(drawn), menusOf(drawn)]).toEqual([[], {}]);
  });
});
