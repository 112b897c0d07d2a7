import type { Call } from "../call.ts";
import { emptyReply, type Reply } from "../reply.ts";
import type { Route } from "../routes/route.ts";
import type { Table } from "../table.ts";
import { invalidColumns, invalidRowRange, noArrow, statusConflict } from "./refusals.ts";
import { readSession, sessionOf } from "./session-routes.ts";

/** `(start,count)`, which must lie within the session's rows; without one, all of them. */
const rowRange = (text: string | undefined, { rowCount }: Table): { readonly start: number; readonly count: number } => {
  if (text === undefined) return { start: 0, count: rowCount };
  const [, first, many] = /^\((\d{1,15}),(\d{1,15})\)$/.exec(text) ?? [];
  const [start, count] = [Number(first), Number(many)];
  if (many === undefined || start + count > rowCount) throw invalidRowRange(text, rowCount);
  return { start, count };
};

/** Indexes of the columns that are asked for, in that order; all of them when none is named. */
const wantedColumns = (text: string, { columns }: Table): readonly number[] => {
  if (text === "") return columns.map((_, index) => index);
  const wanted = text.toLowerCase().split(",");
  const found = wanted.map((wantedName) => columns.findIndex(({ name }) => name.toLowerCase() === wantedName.trim()));
  if (found.includes(-1) || new Set(found).size < found.length) throw invalidColumns(text);
  return found;
};

// A list of encodings is an HTTP library's own default, and asks for nothing.
const isDeflateAsked = (call: Call): boolean => call.headers.get("accept-encoding")?.trim().toLowerCase() === "deflate";

/** `GET ?downloadid=&rowrange=&data` (protocol section 13): the records, as a stream of what 13.1 describes. */
const readRecords = (call: Call, world: Parameters<Route>[1]): Reply => {
  if (call.query.has("arrow")) throw noArrow();
  const { table, state } = sessionOf(call, world);
  if (state !== "normal") throw statusConflict(state);
  const range = {
    table,
    ...rowRange(call.query.get("rowrange"), table),
    columns: wantedColumns(call.query.get("columns") ?? "", table),
  };
  const encoding = isDeflateAsked(call) ? { "content-encoding": "deflate" } : undefined;
  const headers = { "content-type": "application/octet-stream", ...encoding };
  if (call.method === "HEAD") return emptyReply(200, headers);
  return { status: 200, headers, body: "", records: { range, isDeflated: encoding !== undefined } };
};

/** A GET that names a session: its records with `data`, its state without. */
export const readTunnel: Route = (call, world) => (call.query.has("data") ? readRecords(call, world) : readSession(call, world));
