// The trail as a file for a spreadsheet: a line a row, made while it is read.
import type { ResultFile } from "../../view/index.ts";
import { csvLine } from "../result-csv.ts";
import type { AuditRow } from "./row.ts";
import type { AuditPage } from "./trail.ts";

const columns: readonly (readonly [string, (row: AuditRow) => string | undefined])[] = [
  ["time", ({ at }) => new Date(at).toISOString()],
  ["phase", ({ phase }) => phase],
  ["who", ({ who }) => who],
  ["verb", ({ what }) => what.verb],
  ["project", ({ project }) => project],
  ["instance", ({ instance }) => instance],
  ["decision", (row) => (row.phase === "decision" ? row.decision : undefined)],
  ["reason", (row) => (row.phase === "decision" ? row.reason : undefined)],
  ["outcome", (row) => (row.phase === "outcome" ? row.outcome : undefined)],
  ["error code", (row) => (row.phase === "outcome" ? row.code : undefined)],
  ["command", ({ what }) => what.text],
  ["channel", ({ where }) => where.channel],
  ["thread", ({ where }) => where.thread],
  ["team", ({ team }) => team],
  ["request", ({ requestId }) => requestId],
  ["MaxCompute requests", (row) => (row.phase === "outcome" ? row.maxComputeRequests.join(" ") : undefined)],
  ["id", ({ id }) => id],
];

const lineOf = (row: AuditRow): string => csvLine(columns.map(([, value]) => value(row) ?? null));

export function auditFile(name: string, pages: () => AsyncIterable<AuditPage>, isWanted: (row: AuditRow) => boolean): ResultFile {
  return {
    name,
    async *open() {
      let unreadable = 0;
      yield Buffer.from(csvLine(columns.map(([heading]) => heading)));
      for await (const page of pages()) {
        unreadable += page.unreadable;
        yield Buffer.from(page.rows.filter(isWanted).map(lineOf).join(""));
      }
      // A file that is silent about them would pass for the whole of it.
      if (unreadable > 0) yield Buffer.from(csvLine([`${unreadable} rows cannot be read: sealed with a key that is gone`]));
    },
  };
}
