import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MalformedBody } from "../../../src/maxcompute/malformed-body.ts";
import { parseType } from "../../../src/maxcompute/tunnel/parse-type.ts";

const text = { kind: "text" };
const decimal = { kind: "decimal" };

describe("a column's type", () => {
  it.each([
    ["BIGINT", { kind: "bigint" }],
    [" decimal ( 10 , 2 ) ", decimal],
    ["map<string,array<decimal(10,2)>>", { kind: "map", key: text, value: { kind: "array", item: decimal } }],
    [
      "struct<a:int, `b c`:string>",
      {
        kind: "struct",
        fields: [
          { name: "a", type: { kind: "integer" } },
          { name: "b c", type: text },
        ],
      },
    ],
    [
      "STRUCT<`x``y`:struct<z:char(1)>>",
      { kind: "struct", fields: [{ name: "x`y", type: { kind: "struct", fields: [{ name: "z", type: text }] } }] },
    ],
    ["vector<float,128>", { kind: "vector", item: { kind: "float" } }],
    ["vector(double, 3)", { kind: "vector", item: { kind: "double" } }],
    ["tomorrow(7)", { kind: "unknown" }],
  ])("is read from %j", (name, expected) => {
    expect(parseType(name)).toEqual(expected);
  });

  it.each([
    "",
    "map<string",
    "map<string>",
    "array<>",
    "array<int>>",
    "struct<>",
    "struct<a int>",
    "struct<`a:int>",
    "decimal(x)",
    "int int",
    "<",
    "array",
    "vector<int,x>",
    "1int",
  ])("is refused where it is none: %j", (name) => {
    expect(() => parseType(name)).toThrow(MalformedBody);
  });

  it("is refused when it is nested too deeply, or very long", () => {
    expect(parseType(`${"array<".repeat(30)}int${">".repeat(30)}`)).toMatchObject({ kind: "array" });
    expect(() => parseType(`${"array<".repeat(5000)}int${">".repeat(5000)}`)).toThrow(/deeply/);
    expect(() => parseType(" ".repeat(100_000))).toThrow(/characters/);
  });

  it("is a type or refused, whatever stands there", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."<>(),:`a1 _", "map", "array", "struct", "int", "vector") }), (name) => {
        try {
          expect(parseType(name)).toHaveProperty("kind");
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedBody);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
