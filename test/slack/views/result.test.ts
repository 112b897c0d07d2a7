import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import type { ResultTable } from "../../../src/view/index.ts";
import { blocksOf, monospaceOf, wordsOf } from "../../support/blocks.ts";
import { aFile } from "../../support/files.ts";
import { aResultView, aTable, aText } from "../../support/views.ts";

const draw = (view: ReturnType<typeof aResultView>) => render(view, { audience: "private" });
const wide = (columns: number, rows: number, cell: string) =>
  aTable({
    columns: Array.from({ length: columns }, (_, index) => `c${index}`),
    rows: Array.from({ length: rows }, () => Array.from({ length: columns }, () => cell)),
  });

describe("the result of an instance", () => {
  it("is a table", () => {
    expect(wordsOf(draw(aResultView()))).toMatchInlineSnapshot(`
      ":white_check_mark: *SUCCESS*  \`…zbzufck2\`
      \`demo_project\`
      *Result* of \`etl_orders\` · 1 row · 3 columns
      dt
      orders
      amount
      2026-11-21
      18223
      99120.5
      Status
      Logview
      Tasks
      \`20160519101349613gzbzufck2\`
      Only you see this"
    `);
  });

  it("pages, and has its first column as the header of a row", () => {
    expect(blocksOf(draw(aResultView()), "data_table")[0]).toMatchObject({
      caption: "Result of etl_orders of instance …zbzufck2",
      page_size: 10,
      row_header_column_index: 0,
    });
  });

  it("tells the first row in the notification", () => {
    expect(draw(aResultView()).text).toBe("SUCCESS …zbzufck2 in demo_project, 1 row, the first is 2026-11-21, 18223, 99120.5");
  });

  it("shows NULL, the text NULL and an empty text differently", () => {
    const [, row] =
      blocksOf(draw(aResultView({ results: [aTable({ rows: [[null, "NULL", ""]] })] })), "data_table")[0]?.rows ?? [];
    expect(row?.map((cell) => "text" in cell && cell.text)).toEqual(["NULL", '"NULL"', " "]);
  });

  it("says how many rows there are behind those shown, and how many matched", () => {
    const words = wordsOf(draw(aResultView({ results: [aTable({ rowCount: 30, totalRows: 1_204 })] })));
    expect(words).toContain("1 of 30 rows that match, of 1\u202F204 · 3 columns");
  });

  it("says what it left out", () => {
    const words = wordsOf(draw(aResultView({ results: [{ ...wide(23, 60, "x".repeat(300)), truncated: true }] })));
    expect(words).toContain("The first 20 columns; 3 more columns left out");
    expect(words).toMatch(/\d+ cells clipped/);
    expect(words).toMatch(/\d+ rows did not fit/);
    expect(words).toContain("MaxCompute itself cut this result: there are more rows");
  });

  it("shows the columns of a table without rows", () => {
    const message = draw(aResultView({ results: [aTable({ rows: [] })] }));
    expect(blocksOf(message, "data_table")).toEqual([]);
    expect(monospaceOf(message)).toEqual(["dt | orders | amount"]);
    expect(wordsOf(message)).toContain("0 rows");
  });

  it("sets the second table in monospace, because Slack takes one a message", () => {
    const message = draw(aResultView({ results: [aTable(), aTable({ taskName: "other" })] }));
    expect(blocksOf(message, "data_table")).toHaveLength(1);
    expect(monospaceOf(message)[0]).toContain("dt         | orders | amount");
  });

  it("counts the results it has no room for", () => {
    const message = draw(aResultView({ results: Array.from({ length: 7 }, (_, index) => aText({ taskName: `t${index}` })) }));
    expect(monospaceOf(message)).toHaveLength(5);
    expect(wordsOf(message)).toContain("and 2 more results");
  });

  it("says so when there is none", () => {
    expect(wordsOf(draw(aResultView({ results: [] })))).toContain("It has no result.");
  });
});

describe("a result of plain text", () => {
  it("is shown as it is", () => {
    expect(monospaceOf(draw(aResultView({ results: [aText({ text: "a <b> `c`\n" })] })))).toEqual(["a <b> `c`\n"]);
  });

  it("is clipped, and says so", () => {
    const message = draw(aResultView({ results: [aText({ text: "x".repeat(10_000) })] }));
    expect(monospaceOf(message)[0]).toHaveLength(3_000);
    expect(wordsOf(message)).toContain("the first 3\u202F000 of 10\u202F000 characters");
  });

  it("is marked when it is an error", () => {
    const view = aResultView({ outcome: "failed", results: [aText({ text: "ODPS-0130131: no table", failed: true })] });
    expect(wordsOf(draw(view))).toContain(":x: *Failed* `etl_orders`");
  });

  it("says so when it is empty", () => {
    expect(wordsOf(draw(aResultView({ results: [aText({ text: "" })] })))).toContain("The result is empty.");
  });
});

describe("the files of a result", () => {
  const files = [aFile("result.csv", "a\n1")];

  it("are said to come by direct message, and the reply to be private", () => {
    const words = wordsOf(draw(aResultView({ files })));
    expect(words).toContain("*File* `result.csv` on the way to our direct messages");
    expect(words).toContain("Only you see this");
  });

  it("are said to be in the channel when the result is shared", () => {
    const view = aResultView({ files: [...files, aFile("b.csv", "")] });
    const words = wordsOf(render(view, { audience: "channel" }));
    expect(words).toContain("*Files* `result.csv`, `b.csv` on the way to this channel");
    expect(words).not.toContain("Only you see this");
  });
});

describe("a result that MaxCompute cut", () => {
  const cut = (over: Partial<ResultTable> = {}) =>
    aResultView({ results: [aTable({ rowCount: 10_000, totalRows: 10_000, truncated: true, allRows: 1_000_000, ...over })] });

  it("says how many rows there are in all", () => {
    expect(wordsOf(draw(cut()))).toMatch(/1 of 1\u202F000\u202F000 rows/);
    expect(draw(cut()).text).toContain("1\u202F000\u202F000 rows");
  });

  it("says how far it was searched", () => {
    const words = wordsOf(draw(cut({ rowCount: 3 })));
    expect(words).toContain("1 of 3 rows that match, of 10\u202F000");
    expect(draw(cut({ rowCount: 3 })).text).toContain("3 rows in the first 10\u202F000, the first is");
    expect(draw(cut({ rowCount: 0, rows: [] })).text).toMatch(/0 rows in the first 10\u202F000$/);
    expect(words).toContain("I looked through the first 10\u202F000 of 1\u202F000\u202F000 rows; `--csv` looks through all");
  });

  it("says that nobody may download more", () => {
    expect(wordsOf(draw(cut({ allRows: 10_000, isLimited: true })))).toContain("The project is protected");
  });

  it("says that there is no more to be had where the tunnel gives nothing", () => {
    const { allRows: _, ...table } = aTable({ truncated: true, allRows: 1 });
    expect(wordsOf(draw(aResultView({ results: [table] })))).toContain("there are more rows, and it gives no others");
  });
});
