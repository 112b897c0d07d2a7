// Which columns of a result nobody sees here, and what stands in their place. Pure. It keeps what is shown from straying, and is no wall
// against who may write SQL: `select phone as x` has another name.
import { matchesGlob } from "./glob.ts";
import type { Cells, CsvTable } from "./result-csv.ts";
import type { Policy } from "./rights/policy.ts";

/** Whether a column of this name is masked. */
export type Masked = (column: string) => boolean;

/** Of a project without a rule; by being this very function, it says that there is none. */
export const nothingMasked: Masked = () => false;

/** In place of each value, NULL included: it tells neither length nor presence. */
export const maskedValue = "•••";

export type MaskingRule = { readonly project: string; readonly columns: readonly string[] };

/** The rules in a policy. */
export const masksIn = (policy: Policy): readonly MaskingRule[] =>
  policy.flatMap((line) => (line.rule === "mask" ? [{ project: line.project, columns: line.columns }] : []));

/** Asked by project. Names are compared as MaxCompute does, capitals aside; of `orders.phone` the column is `phone`. */
export function maskingBy(rules: readonly MaskingRule[]): (project: string) => Masked {
  return (project) => {
    const globs = rules.filter((rule) => matchesGlob(project, rule.project)).flatMap(({ columns }) => columns);
    if (globs.length === 0) return nothingMasked;
    return (column) => {
      const name = column.replaceAll("`", "").trim();
      const own = name.slice(name.lastIndexOf(".") + 1);
      return globs.some((each) => matchesGlob(name, each) || matchesGlob(own, each));
    };
  };
}

/** Positions of the columns that are masked. */
export const maskedAt = (columns: readonly string[], masked: Masked): ReadonlySet<number> =>
  new Set(columns.flatMap((column, index) => (masked(column) ? [index] : [])));

export const maskCells = (cells: Cells, hidden: ReadonlySet<number>): Cells =>
  hidden.size === 0 ? cells : cells.map((cell, index) => (hidden.has(index) ? maskedValue : cell));

export const maskRows = ({ columns, rows }: CsvTable, hidden: ReadonlySet<number>): CsvTable => ({
  columns,
  rows: rows.map((row) => [...maskCells(row, hidden)]),
});
