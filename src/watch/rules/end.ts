import type { Announcement } from "../announcement.ts";
import type { Failure } from "../failure.ts";
import type { Usual } from "../observation.ts";
import type { Sight } from "../sight.ts";
import type { Watch } from "../watch.ts";
import { missed } from "./deadline.ts";

/** What is said of an end: the miss of its deadline where nobody knew of it, the end itself, and that to its starter where it was wished. */
export function endOf(
  watch: Watch,
  sight: Sight,
  failure: Failure | undefined,
  usual: Usual | undefined,
  now: number,
): Announcement[] {
  const { by, quiet, dm, rows } = watch.options;
  const { outcome, startTime, endTime } = sight;
  const hasFailed = outcome === "failed";
  const isMissed = by !== undefined && (endTime ?? now) > by;
  const facts = {
    outcome,
    ...(startTime === undefined ? {} : { startTime }),
    ...(endTime === undefined ? {} : { endTime }),
    ...(failure === undefined ? {} : { failure }),
    ...(usual?.streak === undefined || !hasFailed ? {} : { streak: usual.streak }),
    ...(by === undefined ? {} : { by }),
  };
  const finished: Announcement = {
    kind: "finished",
    key: "finished",
    at: now,
    to: "thread",
    ...(hasFailed && quiet !== true ? { broadcast: true } : {}),
    ...(hasFailed ? { mention: watch.startedBy } : {}),
    ...facts,
  };
  const saysRows = rows === true && outcome === "success";
  const copy: Announcement = { kind: "finished", key: "finished:dm", at: now, to: "owner", ...facts };
  const miss = isMissed ? [missed(watch, now, endTime === undefined ? {} : { endedAt: endTime })] : [];
  // One broadcast says it all: a failure after its deadline is not shouted twice.
  const first = hasFailed ? miss.map((each): Announcement => ({ ...each, broadcast: false })) : miss;
  return [...first, finished, ...(dm === true && !saysRows ? [copy] : [])];
}
