// When the bot speaks: all of it is decided here, by what was seen before and what is seen now. No clock, no store, no network.
import type { Announcement } from "./announcement.ts";
import { faceOf, faceOfFailure } from "./card.ts";
import { sameFace } from "./face.ts";
import { forecast as forecastOf } from "./forecast.ts";
import { isWorthKeeping, remember } from "./memory.ts";
import type { Observation, Seen as Observed } from "./observation.ts";
import { announce, showOn } from "./outbox.ts";
import { deadlineRule } from "./rules/deadline.ts";
import { endOf } from "./rules/end.ts";
import { milestoneRule } from "./rules/milestones.ts";
import { queueRule } from "./rules/queue.ts";
import type { Moment, Rule } from "./rules/rule.ts";
import { slowRule, stuckRule } from "./rules/slowness.ts";
import { retryRule, stageRule } from "./rules/stages.ts";
import { stopRule } from "./rules/stop.ts";
import { sightOf } from "./sight.ts";
import { seconds } from "./time.ts";
import { fromForbidden, fromMissing, fromUnreachable } from "./trouble.ts";
import type { Watch } from "./watch.ts";

export type Step = {
  /** The very same object when there is nothing to write. */
  readonly watch: Watch;
  /** What was added to its outbox. */
  readonly announcements: readonly Announcement[];
};

const rules: readonly Rule[] = [queueRule, stageRule, retryRule, milestoneRule, deadlineRule, stuckRule, slowRule, stopRule];

/** A card is not edited more often. */
const betweenEdits = seconds(15);

/** What one look makes of a watch. `next` is when the instance is looked at again, epoch ms. */
export function step(watch: Watch, observation: Observation, now: number, next: number): Step {
  if (watch.state === "done") return { watch, announcements: [] };
  switch (observation.kind) {
    case "seen":
      return fromSeen(watch, observation, now, next);
    case "missing":
      return fromMissing(watch, now);
    case "forbidden":
      return fromForbidden(watch, observation.reason, now);
    case "unreachable":
      return fromUnreachable(watch, observation.since, now);
    default:
      return observation satisfies never;
  }
}

const permitted = (now: number): Announcement => ({ kind: "permitted", key: `permitted:${now}`, at: now, to: "owner" });

function fromSeen(watch: Watch, observed: Observed, now: number, next: number): Step {
  const sight = sightOf(observed);
  const startedAt = sight.startTime ?? watch.startedAt;
  const forecast = sight.outcome === "running" && sight.begun ? forecastOf(sight.stages, startedAt, now) : undefined;
  const { by } = watch.options;
  const isLate = by !== undefined && forecast !== undefined && forecast.likely > by;
  const after = { ...remember(watch, sight, observed, now), ...(isLate ? { isLate } : {}) };
  const { trouble, ...untroubled } = watch;
  const current: Watch = { ...untroubled, state: sight.hasEnded ? "done" : "active", seen: after };
  const face = faceOfFailure(faceOf(current, after, now, next, forecast), observed.failure, observed.usual?.streak);
  const moment: Moment = { watch: current, before: watch.seen, after, sight, usual: observed.usual, forecast, now };
  const said = sight.hasEnded
    ? endOf(current, sight, observed.failure, observed.usual, now)
    : rules.flatMap((rule) => rule(moment));
  const relieved = trouble?.kind === "forbidden" ? [permitted(now)] : [];
  const told = announce(sight.hasEnded ? withoutProgress(current) : current, [...relieved, ...said], face);
  const isAwaited = watch.face?.word === "OPENING" || watch.face?.stop?.at !== face.stop?.at;
  const mayEdit = sight.hasEnded || told.announcements.length > 0 || now - watch.faceAt >= betweenEdits || isAwaited;
  const hasCard = watch.only === undefined || watch.told.includes("card:opened");
  const shown =
    hasCard && mayEdit && !sameFace(watch.face, face)
      ? showOn(told.watch, face, now, sight.hasEnded)
      : { watch: told.watch, announcements: [] };
  const announcements = [...shown.announcements, ...told.announcements];
  const isChanged =
    announcements.length > 0 ||
    shown.watch.face !== watch.face ||
    trouble !== undefined ||
    current.state !== watch.state ||
    isWorthKeeping(watch.seen, after, watch.options.stuckMs);
  return isChanged ? { watch: shown.watch, announcements } : { watch, announcements: [] };
}

/** Once it has ended nobody wants to read how it went on; what somebody was about to tell is told, for it may have been told. */
function withoutProgress(watch: Watch): Watch {
  const kept = watch.outbox.filter(({ announcement: { kind }, tried }) => tried || kind === "opened" || kind === "deadline");
  return { ...watch, outbox: kept };
}
