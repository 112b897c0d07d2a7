import type { Row, Table } from "../table.ts";
import { tableResult } from "./csv.ts";
import { mapAndReduce, minutes, oneSqlTask, type Scenario } from "./scenario.ts";

const defaultRows = 1_000_000;
const patternRows = 1_000;

const cities = ["Ankara", "Berlin", "İzmir", "Lagos", "São Paulo", "東京", "Zürich"];
const notes = [null, "paid in full", "two words, one comma", 'said "no"', null, "", "=1+1", "-2"];
const pick = <T>(items: readonly T[], n: number): T | undefined => items[n % items.length];
const orderedAt = (n: number): string =>
  new Date(Date.UTC(2026, 0, 1) + n * 7_919_000).toISOString().replace("T", " ").slice(0, 19);

const pattern = (n: number): Row => [
  null,
  `customer ${(n * 37) % patternRows}`,
  `${(n * 7_919) % 100_000}.${String(n % 100).padStart(2, "0")}`,
  ((n * 31) % 997) / 997,
  n % 3 === 0,
  orderedAt(n),
  pick(cities, n) ?? null,
  pick(notes, n) ?? null,
];

// Made when a large result is first planned, and shared by all of them.
let patterns: readonly Row[] | undefined;

const orders = (rowCount: number): Table => {
  patterns ??= Array.from({ length: patternRows }, (_, n) => pattern(n));
  return {
    columns: [
      { name: "id", type: "bigint" },
      { name: "customer", type: "string" },
      { name: "amount", type: "decimal(12,2)" },
      { name: "ratio", type: "double" },
      { name: "paid", type: "boolean" },
      { name: "ordered_at", type: "datetime" },
      { name: "city", type: "string" },
      { name: "note", type: "string" },
    ],
    rows: patterns,
    rowCount,
    numbered: 0,
  };
};

/** A result that only the tunnel has whole: a million rows unless `rows` says otherwise, numbered from 1. */
export const large: Scenario = {
  seeded: true,
  startedAgoMs: minutes(45),
  sql: "SELECT id, customer, amount, ratio, paid, ordered_at, city, note FROM all_orders;",
  takesRows: true,
  plan: (_sql, rows = defaultRows) => oneSqlTask({ lasts: 40, stages: mapAndReduce, result: tableResult(orders(rows)) }),
};
