import type { Value } from "../table.ts";
import { csvResult } from "./csv.ts";
import { minutes, oneSqlTask, type Scenario } from "./scenario.ts";

type TypedColumn = readonly [name: string, type: string, values: readonly Value[]];

/** Of each column: an ordinary value, NULL, the smallest, the largest, the empty one, and one that is awkward to show. */
const columns: readonly TypedColumn[] = [
  ["a_tinyint", "tinyint", [1, null, -128, 127, 0, -1]],
  ["a_smallint", "smallint", [2, null, -32_768, 32_767, 0, -1]],
  ["an_int", "int", [3, null, -2_147_483_648, 2_147_483_647, 0, -1]],
  ["a_bigint", "bigint", [4, null, -9_223_372_036_854_775_807n, 9_223_372_036_854_775_807n, 0, 9_007_199_254_740_993n]],
  ["a_float", "float", [1.25, null, -3.402_823_466_385_288_6e38, 3.402_823_466_385_288_6e38, 0, 0.1]],
  ["a_double", "double", [0.1, null, -Number.MAX_VALUE, Number.MAX_VALUE, 0, Number.NaN]],
  ["a_boolean", "boolean", [true, null, false, true, false, true]],
  [
    "a_decimal",
    "decimal(38,18)",
    [
      "12.340000000000000000",
      null,
      "-99999999999999999999.999999999999999999",
      "99999999999999999999.999999999999999999",
      "0",
      "0.000000000000000001",
    ],
  ],
  ["a_string", "string", ["text", null, " ", "z".repeat(1_000), "", '=HYPERLINK("http://example.com","a")']],
  ["a_varchar", "varchar(40)", ["variable", null, "a", "0123456789012345678901234567890123456789", "", "+1, -2; @3\t|4"]],
  ["a_char", "char(4)", ["wxyz", null, "a   ", "zzzz", "    ", "-2+3"]],
  [
    "a_binary",
    "binary",
    [Buffer.from("bytes"), null, Buffer.from([0]), Buffer.alloc(300, 0xff), Buffer.alloc(0), Buffer.from("00ff0a0d22", "hex")],
  ],
  ["a_json", "json", ['{"a":[1,2,{"b":null}]}', null, "null", '["é","\\u0000"]', "{}", '"<!channel> & \\"quoted\\""']],
  [
    "a_datetime",
    "datetime",
    [
      "2026-11-20 08:15:00",
      null,
      "1930-01-01 00:00:00",
      "2999-12-31 23:59:59.999",
      "1970-01-01 00:00:00",
      "1969-12-31 23:59:59.001",
    ],
  ],
  ["a_date", "date", ["2026-11-20", null, "0001-01-01", "9999-12-31", "1970-01-01", "2024-02-29"]],
  [
    "a_timestamp",
    "timestamp",
    [
      "2026-11-20 08:15:00.123456789",
      null,
      "1930-01-01 00:00:00.000000001",
      "2261-12-31 23:59:59.999999999",
      "1970-01-01 00:00:00.000000000",
      "1969-12-31 23:59:59.000000001",
    ],
  ],
  [
    "a_timestamp_ntz",
    "timestamp_ntz",
    [
      "2026-11-20 08:15:00.000000001",
      null,
      "1930-01-01 00:00:00.000000001",
      "2261-12-31 23:59:59.999999999",
      "1970-01-01 00:00:00.000000000",
      "2026-03-29 02:30:00.500000000",
    ],
  ],
  [
    "a_day_interval",
    "interval_day_time",
    [
      "1 02:03:04.000000005",
      null,
      "-100 00:00:00.000000000",
      "100000 23:59:59.999999999",
      "0 00:00:00.000000000",
      "-1 00:00:01.500000000",
    ],
  ],
  ["a_month_interval", "interval_year_month", ["2-6", null, "-9999-11", "9999-11", "0-0", "-0-1"]],
  ["an_array", "array<string>", [["a", "b"], null, [""], ["x", null, "z"], [], ["=1+1", 'a "b", c', "数据"]]],
  [
    "a_map",
    "map<string,bigint>",
    [
      [
        ["k", 1],
        ["j", 2],
      ],
      null,
      [["low", -9_223_372_036_854_775_807n]],
      [["high", 9_223_372_036_854_775_807n]],
      [],
      [["__proto__", null]],
    ],
  ],
  ["a_struct", "struct<p:bigint,q:string>", [[5, "five"], null, [null, null], [6, null], [0, ""], [7, "@seven"]]],
  [
    "deep",
    "array<struct<at:timestamp,tags:map<string,array<int>>,ok:boolean>>",
    [
      [
        [
          "2026-11-20 08:15:00.123456789",
          [
            ["a", [1, null, 3]],
            ["b", []],
          ],
          true,
        ],
      ],
      null,
      [[null, null, null]],
      [null, ["2261-12-31 23:59:59.999999999", [["c", null]], false]],
      [],
      [["1970-01-01 00:00:00.000000000", [["=d", [-1]]], true]],
    ],
  ],
  ["a_vector", "vector(float,3)", [[0.5, -0.25, 1], null, [-1, -1, -1], [1, 1, 1], [0, 0, 0], [0.125, 2, -3]]],
  [
    "non_ascii",
    "string",
    ["数据", null, "é", "\u{1F4A5}\u{1F469}\u{200D}\u{1F680}", "", "\u{202E}evil\u{202C} first line\r\nsecond line\u{0}"],
  ],
];

/** Every column type, in six rows. A bigint has no -2^63; the times stay within what PyODPS and pandas can hold, from 1928 to 2262. */
const everyType: Scenario = {
  seeded: true,
  startedAgoMs: minutes(43),
  sql: "SELECT * FROM every_type;",
  plan: () =>
    oneSqlTask({
      lasts: 4,
      result: csvResult(
        columns.map(([name, type]) => ({ name, type })),
        [0, 1, 2, 3, 4, 5].map((row) => columns.map(([, , values]) => values[row] ?? null)),
      ),
    }),
};

export const types = { types: everyType };
