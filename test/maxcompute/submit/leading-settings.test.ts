import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leadingSettings } from "../../../src/maxcompute/submit/leading-settings.ts";

const read = (sql: string) => Object.fromEntries(leadingSettings(sql));

describe("the settings a script begins with", () => {
  it.each<[string, string, Record<string, string>]>([
    ["none", "select 1;", {}],
    ["one", "set a.b=true; select 1", { "a.b": "true" }],
    ["several, the last of a name", "set a=1;set b=2;\nset a=3; select 1", { a: "3", b: "2" }],
    [
      "in any case, with blanks around everything",
      "\n SET\t odps.sql.submit.mode = script ;\nselect 1",
      { "odps.sql.submit.mode": "script" },
    ],
    [
      "after comments and stray semicolons",
      "-- set x=1;\n/* set y=2; */ ;; set a=1; -- why\nset b=2; select 1",
      { a: "1", b: "2" },
    ],
    ["with a value in quotes, which may hold a semicolon", `set a='x;y'; set b="z"; select 1`, { a: "x;y", b: "z" }],
    ["with an escaped quote in its value", `set a='x\\';y'; select 1`, { a: "x\\';y" }],
    ["with nothing after it", "set a=1", { a: "1" }],
    ["with an empty value", "set a=; select 1", { a: "" }],
    ["with an equals sign in its value", "set a=b=c; select 1", { a: "b=c" }],
    ["but none after the first statement", "select 1; set a=1;", {}],
    ["but no word that only begins like it", "setproject a=1; select 1", {}],
    ["but no unfinished one", "set a; select 1", {}],
    ["but no value with a quote that never ends", "set a='x; select 1", {}],
    ["under any name", "set __proto__=1; select 1", JSON.parse('{"__proto__":"1"}')],
  ])("are read: %s", (_, sql, expected) => {
    expect(read(sql)).toEqual(expected);
  });

  it("are found in no time in a text of any kind", () => {
    const pieces = fc.constantFrom("set a=", "'", '"', ";", "--", "/*", "*/", "\n", " ", "\\", "x", "=");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 200 }), (parts) => {
        expect(leadingSettings(parts.join("")).size).toBeLessThan(3);
      }),
      { numRuns: 200 },
    );
    expect(leadingSettings(`set a=${"'b' ".repeat(50_000)}'`).size).toBe(0);
  });

  it.each([
    ["plain", "x"],
    ["quoted", "'"],
    ["escaped", "\\'"],
    ["blank", " "],
  ])("are found in a value of millions of characters: %s", (_, piece) => {
    const value = piece.repeat(8_500_000 / piece.length);
    expect(leadingSettings(`set a='${piece === "'" ? "x" : value}'; set b=${piece === "x" ? value : "1"}; select 1`).size).toBe(
      2,
    );
    expect(leadingSettings(`${" ".repeat(1_000_000)}/*${value}*/ set a=1`).size).toBe(1);
    expect(leadingSettings(`--${value}\nset a=1`).size).toBe(1);
  });
});
