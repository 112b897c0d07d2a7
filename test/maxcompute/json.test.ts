import { describe, expect, it } from "vitest";
import { idField, type JsonObject, numberField, ownField } from "../../src/maxcompute/json.ts";

describe("ownField", () => {
  it("does not see what every object has", () => {
    for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) expect(ownField({}, name)).toBeUndefined();
    expect(ownField(JSON.parse('{"__proto__":1}'), "__proto__")).toBe(1);
  });
});

describe("numberField", () => {
  it.each([
    [1, 1],
    [-2.5, -2.5],
    ["17", 17],
    [" 0.25 ", 0.25],
    ["1e3", 1000],
    ["9007199254740991", 9007199254740991],
  ])("reads %j as %d", (sent, expected) => {
    expect(numberField({ n: sent }, "n")).toBe(expected);
  });

  it.each([
    "9007199254740993",
    "12345678901234567890",
    "",
    "x",
    "0x10",
    "1e400",
    "1 2",
    null,
    true,
    {},
    [7],
    Number.POSITIVE_INFINITY,
  ])("makes no number of %j", (sent) => {
    expect(numberField({ n: sent }, "n")).toBeUndefined();
  });

  it("makes no number of a field that is not there", () => {
    expect(numberField({}, "n")).toBeUndefined();
  });
});

describe("idField", () => {
  it.each([
    ["i1", "i1"],
    [" i1 ", "i1"],
    [12, "12"],
    ["9007199254740993", "9007199254740993"],
    ["", undefined],
    [1.5, undefined],
    [2 ** 60, undefined],
    [null, undefined],
    [{}, undefined],
  ])("reads %j as %j", (sent, expected) => {
    expect(idField({ id: sent } satisfies JsonObject, "id")).toBe(expected);
  });
});
