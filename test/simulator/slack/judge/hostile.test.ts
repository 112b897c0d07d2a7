import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkMessage, checkView, mentionsAndLinks } from "../../../../src/simulator/slack/index.ts";

const types = [
  "section",
  "actions",
  "table",
  "data_table",
  "container",
  "rich_text",
  "data_visualization",
  "carousel",
  "input",
  "modal",
  "__proto__",
];
const blockish = fc.record(
  {
    type: fc.constantFrom(...types),
    text: fc.jsonValue(),
    elements: fc.jsonValue(),
    rows: fc.array(fc.array(fc.jsonValue())),
    child_blocks: fc.array(fc.jsonValue()),
    chart: fc.record({ type: fc.constantFrom("bar", "pie"), series: fc.jsonValue(), segments: fc.jsonValue() }),
    __proto__: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

describe("the judge, given anything at all", () => {
  it("answers problems that point into the message, and never throws", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.oneof(fc.jsonValue(), fc.array(blockish)), (text, blocks) => {
        const problems = checkMessage({ text, blocks });
        for (const { pointer, code, message } of problems) {
          expect(pointer === "" || pointer.startsWith("/")).toBe(true);
          expect(code).not.toBe("");
          expect(message).not.toBe("");
        }
        expect(problems.length).toBeLessThanOrEqual(100);
        expect(Array.isArray(mentionsAndLinks({ text, blocks }))).toBe(true);
      }),
    );
  });

  it("never throws on a view", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ type: fc.constantFrom("modal", "home"), blocks: fc.array(blockish) })),
        (view) => {
          expect(Array.isArray(checkView(view))).toBe(true);
        },
      ),
    );
  });

  it("refuses an endlessly nested body without falling over", () => {
    const deep = JSON.parse(`${'{"type":"container","child_blocks":['.repeat(20_000)}${"]}".repeat(20_000)}`);
    expect(checkMessage({ text: "t", blocks: [deep] })).toMatchObject([{ code: "too_deep" }]);
    expect(checkMessage({ text: deep })).toMatchObject([{ code: "too_deep" }]);
    expect(checkView({ type: "modal", title: deep })).toMatchObject([{ code: "too_deep" }]);
    expect(mentionsAndLinks({ blocks: [deep] })).toEqual([]);
  });
});
