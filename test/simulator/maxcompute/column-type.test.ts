import { expect, it } from "vitest";
import { columnType } from "../../../src/simulator/maxcompute/column-type.ts";

const [long, text] = [{ kind: "long" }, { kind: "text" }];

it.each([
  ["BIGINT", long],
  ["decimal(38,18)", text],
  ["varchar( 10 )", text],
  ["timestamp_ntz", { kind: "timestamp" }],
  ["array<array<int>>", { kind: "array", item: { kind: "array", item: long } }],
  ["vector(float,4)", { kind: "vector", item: { kind: "float" } }],
  ["map<string,map<string,decimal(10,2)>>", { kind: "map", key: text, value: { kind: "map", key: text, value: text } }],
  [
    "struct<a:bigint, b:map<string,int>>",
    {
      kind: "struct",
      fields: [
        { name: "a", type: long },
        { name: "b", type: { kind: "map", key: text, value: long } },
      ],
    },
  ],
])("reads %s", (written, type) => {
  expect(columnType(written)).toEqual(type);
});

it.each(["", "text", "array", "array<nothing>", "map<string>"])("knows no type %j", (written) => {
  expect(() => columnType(written)).toThrow("There is no column type");
});
