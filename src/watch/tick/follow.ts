import { lookEvery } from "../cadence.ts";
import { jobOf, p90Of } from "../history.ts";
import { isWorthKeeping } from "../memory.ts";
import type { Observation } from "../observation.ts";
import type { Known, Observer } from "../observer.ts";
import type { Step } from "../step.ts";
import { step } from "../step.ts";
import { minutes } from "../time.ts";
import { groupIdOf, type Place, type Watch } from "../watch.ts";
import { keepEnd, keepProgress } from "./keep.ts";
import type { Shift } from "./shift.ts";
import { commitAndTell } from "./tell.ts";

export type Asked = {
  readonly place: Place;
  readonly instanceId: string;
  /** Of its watches. */
  readonly watchIds: readonly string[];
  /** A complete listing did not have it. */
  readonly wasAbsent: boolean;
  /** It is young, but too many others are younger: nobody waits for it. */
  readonly isCold?: boolean;
};

const knownOf = (watches: readonly Watch[]): Known => {
  const seen = watches.find((watch) => watch.seen !== undefined)?.seen;
  return {
    isXflow: seen?.isXflow ?? (seen === undefined ? undefined : false),
    jobName: seen?.jobName,
    endedSubs: new Set(seen?.done ?? []),
  };
};

const wantsHistory = ({ options, only }: Watch): boolean => options.slow !== undefined || only?.includes("slow") === true;

/** Looks at an instance once and tells all its watches. Gives back what was seen. */
export async function follow(
  shift: Shift,
  observer: Observer,
  asked: Asked,
  silentSince: number | undefined,
): Promise<Observation> {
  const read = await Promise.all(asked.watchIds.map((id) => shift.ports.watches.get(id)));
  const watches = read.filter((watch) => watch !== undefined);
  const looked = await observer.look(asked.instanceId, knownOf(watches));
  const observation = await withHistory(shift, asked, watches, looked, silentSince);
  for (const watch of watches) await apply(shift, watch, observation, asked);
  return observation;
}

async function withHistory(
  shift: Shift,
  { place }: Asked,
  watches: readonly Watch[],
  looked: Observation,
  silentSince: number | undefined,
): Promise<Observation> {
  if (looked.kind === "unreachable") return { ...looked, since: silentSince };
  if (looked.kind !== "seen") return looked;
  if (looked.instance.status === "Terminated") return { ...looked, usual: await keepEnd(shift, place, looked) };
  if (looked.jobName === undefined || !watches.some(wantsHistory)) return looked;
  const history = await shift.ports.histories.get(jobOf(groupIdOf(place), looked.jobName));
  return { ...looked, usual: { p90Ms: p90Of(history) } };
}

/** Carries out what one look means for one watch. */
export async function apply(
  shift: Shift,
  watch: Watch,
  observation: Observation,
  asked: Pick<Asked, "place" | "wasAbsent" | "isCold">,
): Promise<void> {
  const now = shift.now();
  // The card says the cadence, not the odd moment at which a rule will speak.
  const usual = lookEvery(watch, now);
  const stepped = step(watch, observation, now, now + (asked.isCold === true ? Math.max(usual, minutes(1)) : usual));
  const lives = observation.kind === "seen" && stepped.watch.state === "active";
  const isAlone = lives && asked.wasAbsent && watch.alone !== true;
  const next: Step = isAlone ? { ...stepped, watch: { ...stepped.watch, alone: true } } : stepped;
  const edit = next.announcements.find(({ kind }) => kind === "card");
  if (edit === undefined || (edit.kind === "card" && edit.final === true)) {
    await keepProgress(shift, asked.place, watch.instanceId, next.announcements);
    return commitAndTell(shift, next.watch, { isChanged: next.watch !== watch });
  }
  const mayEdit = await shift.ports.budget.takeEdit(watch.team, false);
  const allowed = mayEdit ? next.watch : withoutEdit(next.watch, watch);
  const isOnlyEdit =
    next.announcements.length === 1 && watch.trouble === next.watch.trouble && watch.state === next.watch.state && !isAlone;
  const isLost =
    isOnlyEdit &&
    !mayEdit &&
    next.watch.seen !== undefined &&
    !isWorthKeeping(watch.seen, next.watch.seen, watch.options.stuckMs);
  if (isLost) return commitAndTell(shift, watch, { isChanged: false });
  await keepProgress(shift, asked.place, watch.instanceId, next.announcements);
  return commitAndTell(shift, allowed, { isChanged: true, mayEdit });
}

/** Where the budget has no edit left the card waits: the next look that has one says all of it. */
const withoutEdit = (stepped: Watch, before: Watch): Watch => {
  const { face: _, ...rest } = stepped;
  return {
    ...rest,
    ...(before.face === undefined ? {} : { face: before.face }),
    faceAt: before.faceAt,
    outbox: stepped.outbox.filter(({ announcement }) => announcement.kind !== "card"),
  };
};
