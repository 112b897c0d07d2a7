import { createHash } from "node:crypto";

/** What a statement would cost (protocol section 11). */
export type CostEstimate = { readonly Input: number; readonly UDF: number; readonly Complexity: number };

const megabyte = 1_048_576;
const knownTables: ReadonlyMap<string, number> = new Map([
  ["orders", 48 * megabyte],
  ["events", 2_048 * megabyte],
  ["players", 12 * megabyte],
  ["features", 640 * megabyte],
]);

/** Bytes of a table: any name has a size, between 1 and 1,024 MiB, and keeps it. */
export const tableBytes = (name: string): number => {
  const bare = name.toLowerCase().split(".").at(-1) ?? "";
  return knownTables.get(bare) ?? (1 + (createHash("sha256").update(bare).digest().readUInt16BE(0) % 1_024)) * megabyte;
};

const builtIn = new Set(
  (
    "abs and array as avg between case cast ceil coalesce collect_list collect_set concat concat_ws count current_timestamp date_add " +
    "dateadd datediff datetrunc dense_rank distinct else end exists explode floor from from_unixtime get_json_object getdate group_concat " +
    "having hash if ifnull in interval is join json_tuple lag lead least greatest length like lower ltrim map max md5 min not now ntile " +
    "nullif nvl on or over partition percentile pow rand rank regexp_extract regexp_replace replace round row_number rtrim select " +
    "size split sqrt stddev substr substring sum table then to_char to_date trim union unix_timestamp upper using values when where with"
  ).split(" "),
);

// Quoted text and comments may hold any word.
const bareStatement = (sql: string): string =>
  sql.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|--[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\//g, " ");

const matches = (sql: string, pattern: RegExp): readonly string[] =>
  [...sql.matchAll(pattern)].map(([, found = ""]) => found.toLowerCase());

/** The estimate for a statement; undefined for one that reads nothing and is no query, of which there is none. */
export const estimateCost = (statement: string): CostEstimate | undefined => {
  const sql = bareStatement(statement);
  const named = new Set(matches(sql, /(\w+)\s+as\s*\(/gi));
  const tables = new Set(matches(sql, /\b(?:from|join)\s+([a-z_][\w.]*)/gi).filter((name) => !named.has(name)));
  if (tables.size === 0)
    return /^\s*(?:set\s[^;]*;\s*)*(?:select|values|with)\b/i.test(sql) ? { Input: 0, UDF: 0, Complexity: 0 } : undefined;
  const joins = matches(sql, /\b(join)\b/gi).length;
  const sorts = matches(sql, /\b(group\s+by|order\s+by|distinct|union)\b/gi).length;
  const functions = new Set(
    matches(sql, /\b([a-z_]\w*)\s*\(/gi).filter((name) => !builtIn.has(name) && !named.has(name) && !tables.has(name)),
  );
  return {
    Input: [...tables].reduce((sum, name) => sum + tableBytes(name), 0),
    UDF: functions.size,
    Complexity: 1 + 0.5 * joins + 0.25 * sorts,
  };
};
