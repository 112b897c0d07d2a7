import { describe, expect, it } from "vitest";
import { plain, render, simpler } from "../../src/slack/render.ts";
import { blocksOf, buttonsOf, monospaceOf } from "../support/blocks.ts";
import { aLogviewView, anErrorView, anInstancesView, aResultView, aTable } from "../support/views.ts";

const privately = { audience: "private" } as const;
const result = render(aResultView({ results: [aTable({ rows: [["2026-11-21", "18223", null]] })] }), privately);

describe("when Slack refuses a table", () => {
  it("sets a result in monospace with numbers to the right, and says so", () => {
    const message = simpler(result);
    expect(blocksOf(message, "data_table")).toEqual([]);
    expect(monospaceOf(message)).toEqual(["dt         | orders | amount\n2026-11-21 |  18223 | NULL"]);
    expect(JSON.stringify(message.blocks.at(-1))).toContain("Slack did not accept the table");
  });

  it("keeps the text and the buttons", () => {
    expect(simpler(result).text).toBe(result.text);
    expect(buttonsOf(simpler(result))).toEqual(buttonsOf(result));
  });

  it("does the same with a list", () => {
    const message = simpler(render(anInstancesView(), privately));
    expect(blocksOf(message, "table")).toEqual([]);
    expect(monospaceOf(message)[0]).toMatch(/^# Instance +\| State +\| Age\n1 …zbzufck2 +\| RUNNING \| 12 m 4 s$/);
  });

  it("says how many rows no longer fit", () => {
    const rows = Array.from({ length: 100 }, () =>
      Array.from({ length: 3 }, (_, column) => (column === 0 ? "x".repeat(30) : "1")),
    );
    const columns = ["c", "d".repeat(60), "e".repeat(60)];
    const message = simpler(render(aResultView({ results: [aTable({ columns, rows })] }), privately));
    expect(monospaceOf(message)[0]).toMatch(/\n\(\d+ more rows?\)$/);
  });

  it("leaves a message without tables as it is", () => {
    const message = render(anErrorView(), privately);
    expect(simpler(message)).toBe(message);
  });
});

describe("when Slack refuses the blocks altogether", () => {
  it("sends the text with the table behind it", () => {
    const message = plain(result);
    expect(message.blocks).toEqual([]);
    expect(message.text).toContain(`${result.text}\n\`\`\`\ndt         | orders | amount`);
  });

  it("still carries the link of a button", () => {
    expect(plain(render(aLogviewView(), privately)).text).toContain(
      "<https://logview.example.com/logview/?h=https%3A%2F%2Fapi&amp;p=",
    );
  });

  it("stays within the text's limit and lets no foreign fence end its own", () => {
    const hostile = aTable({ columns: ["c"], rows: Array.from({ length: 90 }, () => ["```<!channel>```"]) });
    const { text } = plain(render(aResultView({ results: [hostile] }), privately));
    expect(text.length).toBeLessThanOrEqual(3_000);
    expect(text.split("```")).toHaveLength(3);
    expect(text).not.toContain("<!channel>");
  });

  it("leaves out what has no room at all", () => {
    const { text } = plain({ text: "x".repeat(2_980), blocks: result.blocks });
    expect(text).toBe("x".repeat(2_980));
  });
});
