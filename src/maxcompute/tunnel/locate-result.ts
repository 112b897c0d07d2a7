import { type Api, createApi } from "../api.ts";
import { notFound } from "../calls/results.ts";
import { getTaskNames } from "../calls/tasks.ts";
import { MaxComputeError } from "../errors.ts";
import type { ResultColumn } from "../instance.ts";
import { checkPathSegment } from "../names.ts";
import { hasNoTunnel, worseOf } from "./has-no-tunnel.ts";
import { type InlineResult, inlineResult } from "./inline-result.ts";
import { openTunnel, type TunnelResult } from "./open-tunnel.ts";
import { pickColumns } from "./pick-columns.ts";
import type { RecordRange } from "./record-range.ts";

export type ResultOptions = {
  /** Whose result; default: the first task's. The tunnel has one result an instance, so where there are several tasks the inline one is read. */
  readonly task?: string | undefined;
  /** How many rows to read, from the first. Default: all. */
  readonly limit?: number | undefined;
  /** Which columns to read, in this order. Default: all. */
  readonly columns?: readonly string[] | undefined;
};

/** Where the rows of a result are, before any of them is read. */
export type LocatedResult = {
  readonly schema: readonly ResultColumn[];
  /** All there are, whatever the limit. */
  readonly rowCount: number;
  /** Whether there may be more rows than those. */
  readonly isLimited: boolean;
} & (
  | { readonly via: "tunnel"; readonly range: RecordRange }
  | { readonly via: "inline"; readonly rows: readonly (readonly (string | null)[])[] }
);

const fromTunnel = (id: string, { session, server, isLimited }: TunnelResult, options: ResultOptions): LocatedResult => {
  const { limit = session.rowCount, columns } = options;
  const picked = pickColumns(session.columns, columns);
  const schema = picked.flatMap((index) => session.columns[index] ?? []);
  const count = Math.min(limit, session.rowCount);
  const range: RecordRange = {
    instanceId: id,
    sessionId: session.id,
    server,
    columns: columns === undefined || columns.length === 0 ? undefined : schema.map(({ name }) => name),
    types: picked.flatMap((index) => session.types[index] ?? []),
    count,
    isPart: count < session.rowCount,
  };
  return { schema, rowCount: session.rowCount, isLimited, via: "tunnel", range };
};

const fromInline = ({ schema, rows, isCut }: InlineResult, { limit = rows.length, columns }: ResultOptions): LocatedResult => {
  const picked = pickColumns(schema, columns);
  return {
    schema: picked.flatMap((index) => schema[index] ?? []),
    rowCount: rows.length,
    isLimited: isCut,
    via: "inline",
    rows: rows.slice(0, limit).map((row) => picked.map((index) => row[index] ?? null)),
  };
};

/** Whether the tunnel's result can be no other task's. Throws "not-found" when there is no such task. */
const isOnlyTask = async (api: Api, id: string, task: string): Promise<boolean> => {
  const names = await getTaskNames(api, id);
  if (!names.includes(task)) throw notFound(id, task, names);
  return names.length === 1;
};

const inlineInstead = async (
  api: Api,
  id: string,
  task: string | undefined,
  noTunnel: MaxComputeError,
): Promise<InlineResult> => {
  try {
    return await inlineResult(api, id, task, noTunnel);
  } catch (error) {
    throw error instanceof MaxComputeError ? worseOf(noTunnel, error) : error;
  }
};

/** Half of the time there is: the rest is for the inline result, should the tunnel not answer. */
const halfTime = ({ connection, deadline }: Api): Api => {
  const now = connection.now();
  return createApi(connection, now + (Math.min(deadline, now + connection.settings.totalMs) - now) / 2);
};

const check = (id: string, { limit = 0 }: ResultOptions) => {
  checkPathSegment("instance id", id);
  if (!Number.isSafeInteger(limit) || limit < 0) {
    throw new MaxComputeError("invalid", "A limit must be a whole number of rows", { instanceId: id });
  }
};

/** Finds an instance's rows: in the tunnel, or inline where there is no tunnel for them (protocol section 13). Throws MaxComputeError. */
export async function locateResult(api: Api, id: string, options: ResultOptions): Promise<LocatedResult> {
  check(id, options);
  const { task } = options;
  if (task !== undefined && !(await isOnlyTask(api, id, task))) {
    return fromInline(await inlineResult(api, id, task, undefined), options);
  }
  let noTunnel: MaxComputeError;
  try {
    return fromTunnel(id, await openTunnel(halfTime(api), id), options);
  } catch (error) {
    if (!(error instanceof MaxComputeError) || !hasNoTunnel(error)) throw error;
    noTunnel = error;
  }
  return fromInline(await inlineInstead(api, id, task, noTunnel), options);
}
