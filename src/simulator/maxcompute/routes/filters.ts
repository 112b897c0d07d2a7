import type { Call } from "../call.ts";
import { invalidArgument } from "../errors.ts";
import type { Found, World } from "../world.ts";

export type Keep = (found: Found) => boolean;

const byStatus = (status: string | undefined): Keep => {
  if (status === undefined || status === "") return () => true;
  if (!["Running", "Suspended", "Terminated"].includes(status)) throw invalidArgument(`unknown status ${status}`);
  return ({ state }) => state.status === status;
};

/** `<from>:<to>` in epoch seconds, from included and to excluded; either may be empty (protocol section 4). */
const byStart = (range: string | undefined): Keep => {
  if (range === undefined || range === "") return () => true;
  const parsed = /^(\d{0,12}):(\d{0,12})$/.exec(range);
  if (parsed === null) throw invalidArgument(`daterange is not <from>:<to> in seconds: ${range}`);
  const [, from = "", to = ""] = parsed;
  const fromMs = from === "" ? Number.NEGATIVE_INFINITY : Number(from) * 1_000;
  const toMs = to === "" ? Number.POSITIVE_INFINITY : Number(to) * 1_000;
  return ({ record }) => record.startedAt >= fromMs && record.startedAt < toMs;
};

const byOwner = (onlyOwner: string, caller: string): Keep => {
  if (onlyOwner === "no") return () => true;
  if (onlyOwner !== "yes") throw invalidArgument(`onlyowner is yes or no, not ${onlyOwner}`);
  return ({ record }) => record.owner === caller;
};

const equals = (wanted: string | undefined, read: (found: Found) => string): Keep =>
  wanted === undefined || wanted === "" ? () => true : (found) => read(found) === wanted;

/** The filters of a listing, all of which must hold. Throws InvalidArgument for a value that makes no sense. */
export const filtersOf = ({ query }: Call, { settings, caller }: World): Keep => {
  const filters = [
    byStatus(query.get("status")),
    byStart(query.get("daterange")),
    byOwner(query.get("onlyowner") || settings.onlyOwnerDefault, caller),
    // PyODPS writes a capital I, Java and Go do not.
    equals(query.get("quotaIndex") ?? query.get("quotaindex"), ({ record }) => record.quota),
    equals(query.get("jobname"), ({ record }) => record.jobName),
  ];
  return (found) => filters.every((keep) => keep(found));
};
