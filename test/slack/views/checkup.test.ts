import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import type { CheckupView } from "../../../src/view/index.ts";
import { wordsOf } from "../../support/blocks.ts";
import { seenAt } from "../../support/views.ts";

const findings: CheckupView["findings"] = [
  { name: "Store", state: "ok", seen: "written and read back" },
  { name: "Stopping", state: "unclear", seen: "not tried", fix: "Grant odps:Write where `stop` is wanted." },
  { name: "This channel", state: "warning", seen: "I am not in it", fix: "Type `/invite @odps` here." },
  { name: "Version", state: "ok", seen: "0.1.0 on Node 24" },
  { name: "Slack token", state: "broken", seen: "Slack says token_revoked", fix: "Install the app again." },
];
const draw = (over: Partial<CheckupView> = {}) =>
  render({ kind: "checkup", findings, tookMs: 1_200, seenAt, ...over }, { audience: "private" });

describe("a check-up", () => {
  it("says what is broken first, each with its fix, and folds what is well into one line", () => {
    expect(wordsOf(draw())).toMatchInlineSnapshot(`
      "*1 broken, 1 warning, 1 not checked, 2 ok*
      :x: *BROKEN*  *Slack token*  Slack says token_revoked
      → Install the app again.
      :warning: *WARNING*  *This channel*  I am not in it
      → Type \`/invite @odps\` here.
      :grey_question: *NOT CHECKED*  *Stopping*  not tried
      → Grant odps:Write where \`stop\` is wanted.
      :white_check_mark: *OK*  Store, Version
      Store: written and read back · Version: 0.1.0 on Node 24
      Checked in 1 s
      Updated <!date^1795342429^{date_short_pretty} {time_secs}|22 Nov, 10:13 UTC>"
    `);
  });

  it("says the worst in the text that a phone shows of it", () => {
    expect(draw().text).toMatch(/^1 broken, 1 warning, 1 not checked, 2 ok: Slack token: Slack says token_revoked; This channel/);
  });

  it("is short where all is well", () => {
    const well = draw({ findings: findings.filter(({ state }) => state === "ok") });
    expect(well.text).toBe("2 ok");
    expect(well.blocks).toHaveLength(4);
  });

  it("counts what it has no room for", () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      name: `Check ${index}`,
      state: "broken" as const,
      seen: "x".repeat(300),
      fix: "y".repeat(300),
    }));
    expect(wordsOf(draw({ findings: many }))).toMatch(/and 2\d more checks/);
  });
});
