import { describe, expect, it } from "vitest";
import { cellText, dataTable, fitTable } from "../../src/slack/table.ts";

const grid = (rows: number, columns: number, cell: string) => ({
  columns: Array.from({ length: columns }, (_, column) => `c${column}`),
  rows: Array.from({ length: rows }, () => Array.from({ length: columns }, () => cell)),
});
const size = (table: ReturnType<typeof fitTable>) =>
  [...table.columns, ...table.rows.flat().map(({ text }) => text)].reduce((sum, text) => sum + text.length, 0);

describe("a cell", () => {
  it.each([
    ["NULL", null, "NULL"],
    ["the text NULL in quotes", "NULL", '"NULL"'],
    ["the quoted text NULL in more quotes", '"NULL"', '""NULL""'],
    ["an empty text as a space", "", " "],
    ["anything else as it is", "a\tb", "a\tb"],
  ])("shows %s", (_, value, text) => {
    expect(cellText(value)).toBe(text);
  });
});

describe("numbers of a result", () => {
  const cellOf = (value: string) => fitTable({ columns: ["n"], rows: [[value]] }, 9_500).rows[0]?.[0];

  it.each(["0", "-12", "18223", "99120.5"])("%s is a number, in the service's own writing", (text) => {
    expect(cellOf(text)).toEqual({ type: "raw_number", value: Number(text), text });
  });

  it.each(["9007199254740993", "007", "1e5", "NaN", "0x10", "1.", "12345678901.23456"])("%s stays text", (text) => {
    expect(cellOf(text)).toEqual({ type: "raw_text", text });
  });
});

describe("a result that is too large", () => {
  it("keeps all rows and all of every cell while they fit", () => {
    const table = fitTable(grid(100, 3, "x".repeat(30)), 9_500);
    expect(table.rows).toHaveLength(100);
    expect(table.clippedCells).toBe(0);
  });

  it("clips cells before it drops rows", () => {
    const table = fitTable(grid(50, 3, "x".repeat(300)), 9_500);
    expect(table.rows).toHaveLength(50);
    expect(table.clippedCells).toBe(150);
    expect(size(table)).toBeLessThanOrEqual(9_500);
  });

  it("drops rows when clipped cells are still too many", () => {
    const table = fitTable(grid(100, 20, "x".repeat(300)), 9_500);
    expect(table.rows.length).toBeGreaterThan(5);
    expect(table.rows.length).toBeLessThan(100);
    expect(size(table)).toBeLessThanOrEqual(9_500);
  });

  it("shows the first 20 columns and the first 100 rows", () => {
    const table = fitTable(grid(150, 23, "1"), 9_500);
    expect(table.columns).toHaveLength(20);
    expect(table.hiddenColumns).toBe(3);
    expect(table.rows).toHaveLength(100);
  });
});

describe("an odd result", () => {
  it("pads short rows with NULL and cuts long ones, so that all are as long as the header", () => {
    const table = fitTable({ columns: ["a", ""], rows: [["1"], ["1", "2", "3"]] }, 9_500);
    expect(table.columns).toEqual(["a", " "]);
    expect(table.rows.map((row) => row.map(({ text }) => text))).toEqual([
      ["1", "NULL"],
      ["1", "2"],
    ]);
  });

  it("has no table block without rows or without columns", () => {
    expect(dataTable(fitTable({ columns: ["a"], rows: [] }, 100), "x")).toEqual([]);
    expect(dataTable(fitTable({ columns: [], rows: [["1"]] }, 100), "x")).toEqual([]);
  });
});
