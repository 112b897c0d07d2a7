import { MaxComputeError } from "../errors.ts";
import type { QueryParameter } from "../sign.ts";

export type ListFilter = {
  /** "Running", "Suspended" or "Terminated", in any case. */
  readonly status?: string | undefined;
  /** Sent only when given; what the service does without it is its own choice. */
  readonly onlyOwner?: boolean | undefined;
  /** Epoch milliseconds, inclusive; the service compares whole seconds. */
  readonly from?: number | undefined;
  /** Epoch milliseconds, exclusive. */
  readonly to?: number | undefined;
  readonly quota?: string | undefined;
  /** The job's name, as it was submitted. */
  readonly jobName?: string | undefined;
  /** How many instances the service should put into one page; what it does without it is its own choice. */
  readonly pageSize?: number | undefined;
  /** At most so many instances. */
  readonly limit?: number | undefined;
};

const statuses = ["Running", "Suspended", "Terminated"];

const invalid = (message: string) => new MaxComputeError("invalid", message);

const statusParameter = (status: string): string => {
  const lower = status.trim().toLowerCase();
  const known = statuses.find((candidate) => candidate.toLowerCase() === lower);
  if (known === undefined) throw invalid(`Instances are ${statuses.join(", ")}: there is no such other status to filter by`);
  return known;
};

const epochSeconds = (what: string, at: number | undefined): string => {
  if (at === undefined) return "";
  if (!Number.isFinite(at) || at < 0) throw invalid(`\`${what}\` must be a time in epoch milliseconds`);
  return String(Math.floor(at / 1000));
};

const dateRange = ({ from, to }: ListFilter): string | undefined => {
  if (from === undefined && to === undefined) return undefined;
  if (from !== undefined && to !== undefined && from > to) throw invalid("`from` is after `to`");
  return `${epochSeconds("from", from)}:${epochSeconds("to", to)}`;
};

const ownerParameter = (onlyOwner: boolean | undefined): string | undefined => {
  if (onlyOwner === undefined) return undefined;
  return onlyOwner ? "yes" : "no";
};

/** The query of a listing (protocol section 4): epoch seconds in `daterange`, either side of which may be empty. Throws "invalid". */
export function listParameters(filter: ListFilter): readonly QueryParameter[] {
  if (filter.limit !== undefined && (!Number.isInteger(filter.limit) || filter.limit < 0)) {
    throw invalid("`limit` must be a whole number");
  }
  if (filter.pageSize !== undefined && (!Number.isSafeInteger(filter.pageSize) || filter.pageSize < 1)) {
    throw invalid("`pageSize` must be a whole number of at least 1");
  }
  const parameters: readonly (readonly [string, string | undefined])[] = [
    ["status", filter.status === undefined ? undefined : statusParameter(filter.status)],
    ["daterange", dateRange(filter)],
    ["onlyowner", ownerParameter(filter.onlyOwner)],
    ["quotaIndex", filter.quota],
    ["jobname", filter.jobName],
    ["maxitems", filter.pageSize?.toString()],
  ];
  return parameters.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

/** The parameters of the page that starts at `marker`. */
export function withMarker(parameters: readonly QueryParameter[], marker: string | undefined): readonly QueryParameter[] {
  return marker === undefined ? parameters : [...parameters, ["marker", marker]];
}
