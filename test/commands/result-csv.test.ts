import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseResultCsv, writeCsv, writeJson } from "../../src/commands/result-csv.ts";

type Case = {
  name: string;
  input: { text: string };
  expected: { columns?: string[]; rows?: (string | null)[][]; error?: unknown };
};
const recorded: { cases: Case[] } = JSON.parse(readFileSync(new URL("../vectors/csv_reader.json", import.meta.url), "utf8"));

describe("an inline result", () => {
  it.each(recorded.cases.filter(({ expected }) => expected.error === undefined).map((each) => [each.name, each] as const))(
    "is read as the recorded reader does: %s",
    (_name, { input, expected }) => {
      expect(parseResultCsv(input.text)).toEqual({ columns: expected.columns, rows: expected.rows });
    },
  );

  it("that is empty has no columns, where the recorded reader fails", () => {
    expect(parseResultCsv("")).toEqual({ columns: [], rows: [] });
  });

  it.each([
    ["quotes, commas and line ends inside quotes", '"a"\n"x ""y"", z\nw"\n', [['x "y", z\nw']]],
    ["a quoted \\N is text, a bare one NULL", '"a","b"\n"\\N",\\N\n', [["\\N", null]]],
    ["an empty field is an empty text", '"a","b"\n,""\n', [["", ""]]],
    ["CRLF line ends", '"a"\r\n1\r\n', [["1"]]],
    ["no line end at the end", '"a"\n1', [["1"]]],
    ["a trailing comma is one more empty field", '"a","b"\n1,', [["1", ""]]],
    ["a quote that is never closed", '"a"\n"x', [["x"]]],
    ["text behind a closing quote", '"a"\n"x"y\n', [["xy"]]],
  ])("with %s", (_what, text, rows) => {
    expect(parseResultCsv(text).rows).toEqual(rows);
  });

  it("survives being written by MaxCompute's rules and read again", () => {
    const field = fc.oneof(
      fc.constant(null),
      fc.string({ unit: "binary" }).filter((value) => !value.includes("\r")),
    );
    const quote = (value: string | null) => (value === null ? "\\N" : `"${value.replaceAll('"', '""')}"`);
    fc.assert(
      fc.property(fc.array(fc.tuple(field, field)), (rows) => {
        const text = [["a", "b"], ...rows].map((row) => `${row.map(quote).join(",")}\n`).join("");
        expect(parseResultCsv(text).rows).toEqual(rows);
      }),
    );
  });
});

describe("a result file", () => {
  const table = {
    columns: ["id", "note"],
    rows: [
      ["1", 'say "hi", please'],
      ["9007199254740993", null],
      ["-5", ""],
    ],
  };

  it("is RFC 4180 with CRLF; NULL is empty and an empty text is quoted", () => {
    expect(writeCsv(table)).toBe('id,note\r\n1,"say ""hi"", please"\r\n9007199254740993,\r\n-5,""\r\n');
  });

  it.each(["=1+1", "+cmd", "-cmd", "@SUM(A1)", "\tx"])("guards %j, which a spreadsheet would run", (value) => {
    expect(writeCsv({ columns: [], rows: [[value]] })).toContain(`'${value}`);
  });

  it("leaves signed numbers alone", () => {
    expect(writeCsv({ columns: [], rows: [["-5", "+1.5e3", "-.5"]] })).toBe("\r\n-5,+1.5e3,-.5\r\n");
  });

  it("as JSON keeps NULL and every digit", () => {
    expect(JSON.parse(writeJson(table))[1]).toEqual({ id: "9007199254740993", note: null });
  });
});
