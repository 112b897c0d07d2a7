import type { Seen as Observed } from "./observation.ts";
import type { Sight, StageState } from "./sight.ts";
import { minutes } from "./time.ts";
import { defaultStuckMs, type Seen, type Watch } from "./watch.ts";

/** A hundred thousand names would not fit into an item; the counts are exact all the same. */
const mostNames = 300;

const named = ({ stages }: Sight, wanted: StageState): string[] =>
  stages.flatMap(({ name, state }) => (state === wanted ? [name] : [])).slice(0, mostNames);

/** What is remembered of a look, and of the looks before it. */
export function remember(watch: Watch, sight: Sight, { jobName, subs }: Observed, now: number): Seen {
  const before = watch.seen;
  const stage = sight.stages.find(({ state }) => state === "running");
  const hasMoved = before === undefined || sight.begun !== before.begun || sight.records !== before.records;
  const changed = hasMoved || (sight.percent !== undefined && sight.percent !== before.percent);
  const movedAt = changed ? now : before.movedAt;
  const stuckMs = watch.options.stuckMs ?? defaultStuckMs;
  const knowsRecords = sight.stages.length > 0 && sight.unit === "stage";
  const isStuck = sight.outcome === "running" && sight.begun && knowsRecords && now - movedAt >= stuckMs;
  return {
    at: now,
    outcome: sight.outcome,
    ...(sight.startTime === undefined ? {} : { startTime: sight.startTime }),
    ...(sight.endTime === undefined ? {} : { endTime: sight.endTime }),
    begun: sight.begun || before?.begun === true,
    ...(sight.percent === undefined ? {} : { percent: sight.percent }),
    ...(stage === undefined ? {} : { stage: stage.name }),
    ...(stage === undefined || sight.unit !== "stage" ? {} : { workers: stage.workers }),
    ...(sight.position === undefined ? {} : { position: sight.position }),
    ...(sight.subs === undefined ? {} : { subs: sight.subs }),
    ...(subs === undefined && before?.isXflow === undefined ? {} : { isXflow: subs !== undefined || before?.isXflow === true }),
    ...((jobName ?? before?.jobName) === undefined ? {} : { jobName: jobName ?? before?.jobName }),
    running: named(sight, "running"),
    done: named(sight, "done"),
    failed: named(sight, "failed"),
    attempts: { ...sight.attempts },
    records: sight.records,
    movedAt,
    ...(isStuck ? { stuckSince: movedAt } : {}),
  };
}

/**
 * Whether records have moved in a way worth a write of its own: not at every look, for then "still running" would write. So a standstill
 * may be told later by a quarter of its time, and never too early.
 */
export function isWorthKeeping(before: Seen | undefined, after: Seen, stuckMs = defaultStuckMs): boolean {
  if (before === undefined || before.outcome !== after.outcome || before.begun !== after.begun) return true;
  if (before.stuckSince !== after.stuckSince) return true;
  if (before.running.join() !== after.running.join() || before.done.length !== after.done.length) return true;
  if (before.failed.length !== after.failed.length) return true;
  return after.movedAt !== before.movedAt && after.at - before.movedAt >= Math.max(minutes(1), stuckMs / 4);
}
