// A report as people and programs read it. Pure.
import type { Bar, Report } from "./bench.ts";

const isMet = ({ measured, limit }: Bar): boolean => measured <= limit;
const ratio = (value: number): string => `${value.toFixed(2)}x`;

/** `bar=met`, or `bar=missed: ` and which: a bar that could not be measured is missed. */
export function verdict({ bars }: Report): string {
  const missed = bars
    .filter((bar) => !isMet(bar))
    .map(({ what, measured, limit }) => `${what} ${ratio(measured)} > ${ratio(limit)}`);
  if (bars.length === 0) return "bar=missed: nothing was measured";
  return missed.length === 0 ? "bar=met" : `bar=missed: ${missed.join(", ")}`;
}

export const passed = (report: Report): boolean => verdict(report) === "bar=met";

/** Lines in columns, the bars beneath them, the verdict last. */
export function asTable(report: Report): string {
  const columns = [...new Set(report.rows.flatMap(({ values }) => Object.keys(values)))];
  const lines = [
    ["", ...columns],
    ...report.rows.map(({ what, values }) => [what, ...columns.map((column) => values[column] ?? "")]),
  ];
  const widths = ["", ...columns].map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  const table = lines.map((line) =>
    line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))),
  );
  return [
    report.title,
    "",
    ...table.map((line) => line.join("  ").trimEnd()),
    "",
    ...report.bars.map(
      (bar) => `${isMet(bar) ? "met   " : "MISSED"} ${bar.what}: ${ratio(bar.measured)}, at most ${ratio(bar.limit)}`,
    ),
    verdict(report),
  ].join("\n");
}

/** The report as one JSON value, and the verdict on the last line all the same. */
export const asJson = (report: Report): string => `${JSON.stringify(report)}\n${verdict(report)}`;
