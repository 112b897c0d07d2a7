// A result as rows to show: the inline one as far as it goes, and what the tunnel tells of the rest.
import type { MaxComputeClient, TaskResult } from "../maxcompute/index.ts";
import { formatValue } from "../maxcompute/index.ts";
import type { ResultTable } from "../view/index.ts";
import { UserError } from "./errors.ts";
import { orNothing } from "./look.ts";
import type { Masked } from "./masking.ts";
import { maskedAt, maskRows } from "./masking.ts";
import type { CsvTable } from "./result-csv.ts";
import { contains, parseResultCsv } from "./result-csv.ts";

export type Shape = {
  readonly limit: number;
  readonly cols: string | undefined;
  readonly grep: string | undefined;
  readonly masked: Masked;
};

/** The rows at hand, and how they relate to the whole result. */
export type KnownRows = {
  readonly table: CsvTable;
  /** MaxCompute kept rows back from the inline result. */
  readonly isCut: boolean;
  /** How many there are in all, where the tunnel tells. */
  readonly allRows?: number;
  /** The project lets nobody read more than those. */
  readonly isLimited: boolean;
};

/** As many as an inline result has at most (protocol section 7.1). */
const rowsAtHand = 10_000;

/** What is known of a CSV result; asks the tunnel where the inline result is not all there is. `task` where the instance has several. */
export async function knownRows(
  each: TaskResult,
  client: MaxComputeClient,
  instanceId: string,
  task: string | undefined,
): Promise<KnownRows> {
  const table = parseResultCsv(each.text, instanceId);
  const status = each.descriptor?.selectResultStatus;
  if (status !== "TRUNCATED" && status !== "NO") return { table, isCut: false, isLimited: false };
  const whole = await orNothing(client.openResult(instanceId, { task, limit: rowsAtHand }));
  if (whole === undefined || whole.via === "inline") return { table, isCut: true, isLimited: false };
  const { schema, rowCount, isLimited, rows } = whole;
  const known = { isCut: true, allRows: rowCount, isLimited };
  if (status === "TRUNCATED") return { ...known, table };
  const read: (string | null)[][] = [];
  for await (const row of rows) read.push(row.map((value, index) => formatValue(value, schema[index]?.type)));
  return { ...known, table: { columns: schema.map(({ name }) => name), rows: read } };
}

/** The table to show, and the names of its columns where only some are wanted. Throws an UserError for a column that is not there. */
export function tableOf(
  { taskName }: TaskResult,
  { table, isCut, allRows, isLimited }: KnownRows,
  { limit, cols, grep, masked }: Shape,
): { readonly view: ResultTable; readonly chosen: CsvTable } {
  const found = choose(table, cols, grep, maskedAt(table.columns, masked));
  const chosen = maskRows(found, maskedAt(found.columns, masked));
  const hidden = [...new Set(chosen.columns.filter(masked))];
  const view: ResultTable = {
    format: "table",
    taskName,
    columns: chosen.columns,
    rows: chosen.rows.slice(0, limit),
    rowCount: chosen.rows.length,
    totalRows: table.rows.length,
    truncated: isCut,
    ...(allRows === undefined ? {} : { allRows }),
    ...(isLimited ? { isLimited } : {}),
    ...(hidden.length === 0 ? {} : { masked: hidden }),
  };
  return { view, chosen };
}

function choose(
  { columns, rows }: CsvTable,
  cols: string | undefined,
  grep: string | undefined,
  hidden: ReadonlySet<number>,
): CsvTable {
  const kept = grep === undefined ? rows : rows.filter((row) => contains(row, grep, hidden));
  if (cols === undefined) return { columns, rows: kept };
  const indexes = cols.split(",").map((name) => indexOf(name.trim(), columns));
  const twice = indexes.find((index, at) => indexes.indexOf(index) !== at);
  if (twice !== undefined)
    throw new UserError(`The column \`${columns[twice]}\` is named twice.`, { next: "Name each column once." });
  return {
    columns: indexes.map((index) => columns[index] ?? ""),
    rows: kept.map((row) => indexes.map((index) => row[index] ?? null)),
  };
}

function indexOf(name: string, columns: readonly string[]): number {
  // A form says it so: names may be long, have commas, or be there twice.
  const position = Number(/^#(\d{1,4})$/.exec(name)?.[1] ?? "0");
  if (position > 0 && position <= columns.length) return position - 1;
  const index = columns.findIndex((column) => column.toLowerCase() === name.toLowerCase());
  if (index !== -1) return index;
  const known = columns.slice(0, 20).map((column) => `\`${column}\``);
  throw new UserError(`There is no column \`${name}\`.`, {
    detail: `Columns: ${known.join(", ")}${columns.length > 20 ? ", …" : ""}.`,
  });
}
