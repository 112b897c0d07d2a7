import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import type { CostView } from "../../../src/view/index.ts";
import { wordsOf } from "../../support/blocks.ts";
import { aLink, seenAt } from "../../support/views.ts";

const aCost = (over: Partial<CostView> = {}): CostView => ({
  kind: "cost",
  link: aLink(),
  outcome: "success",
  rows: [{ name: "etl_orders", cpu: 1.2, memory: 2_048, input: 999 }],
  unasked: 0,
  seenAt,
  ...over,
});

const draw = (view: CostView) => render(view, { audience: "private" });

describe("what an instance used", () => {
  it("is told in MaxCompute's own figures", () => {
    expect(wordsOf(draw(aCost()))).toMatchInlineSnapshot(`
      ":white_check_mark: *SUCCESS*  \`…zbzufck2\`
      \`demo_project\`
      *CPU*
      1.2 core·s
      *Memory*
      2 GB·s
      *Read*
      999 B
      Refresh
      Logview
      Status
      \`20160519101349613gzbzufck2\`
      Updated <!date^1795342429^{date_short_pretty} {time_secs}|22 Nov, 10:13 UTC>"
    `);
    expect(draw(aCost()).text).toBe("SUCCESS …zbzufck2 in demo_project: 1.2 core·s, 2 GB·s, 999 B read");
  });

  it("is the sum of several parts, each with its own", () => {
    const words = wordsOf(
      draw(aCost({ rows: [{ name: "a", cpu: 3_600 }, { name: "b", cpu: 1_800, input: 2 ** 30 }, { name: "c" }] })),
    );
    expect(words).toContain("*CPU*\nat least 1.5 core·h, 2 of 3 known");
    expect(words).toContain("*Read*\nat least 1 GiB, 1 of 3 known");
    expect(words).toContain("*Memory*\nunknown");
    expect(words).toContain("`a` · 1 core·h\n`b` · 30 core·min, 1 GiB read\n`c` · cost unknown");
  });

  it("is no total where not all of it is known", () => {
    const rows = [
      { name: "a", cpu: 3_600, memory: 2_048, partial: ["memory"] as const },
      { name: "b", cpu: 1_800, memory: 2_048 },
    ];
    const whole = draw(aCost({ rows }));
    expect(wordsOf(whole)).toContain("*CPU*\n1.5 core·h\n*Memory*\nat least 4 GB·s\n");
    expect(wordsOf(whole)).toContain("`a` · 1 core·h, at least 2 GB·s");
    expect(whole.text).toContain(": 1.5 core·h, at least 4 GB·s");
    const words = wordsOf(draw(aCost({ rows, unasked: 58 })));
    expect(words).toContain("*CPU*\nat least 1.5 core·h, 2 of 60 known");
    expect(words).toContain("I looked at the first 2 of 60 sub-instances");
  });

  it("is never zero for not being known", () => {
    const words = wordsOf(draw(aCost({ rows: [{ name: "a" }] })));
    expect(words).toContain("*CPU*\nunknown");
    expect(words).toContain("MaxCompute has told no cost of it.");
    expect(draw(aCost({ rows: [] })).text).toContain("cost unknown");
  });

  it("says that there may be more while it runs", () => {
    expect(wordsOf(draw(aCost({ outcome: "running" })))).toContain("*CPU so far*");
  });
});
