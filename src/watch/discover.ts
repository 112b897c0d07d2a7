// Finding the instances that subscriptions speak of. The rules; tick/discovery.ts acts on them.
import type { InstanceSummary } from "../maxcompute/index.ts";
import { mayMatch, type Subscription } from "./subscription.ts";
import { hours, minutes } from "./time.ts";

/** An instance that was found and has not ended, as small as can be. */
export type OpenInstance = {
  readonly id: string;
  readonly owner?: string | undefined;
  readonly startTime?: number | undefined;
  /** Kept for a while, because a listing that overlaps will have it again; `startTime` is then when that was written. */
  readonly isEnded?: "unreported" | "reported" | undefined;
};

/** A listing may lack what began a moment ago: each asks for what the one before it should have had, too. */
const overlap = minutes(15);

/** A first listing that comes so late reaches back no further. */
const farthest = hours(24);

/** What to list: instances that began in [from, to). `reportsEnded` is false at the first run: what ended before anybody subscribed is the past. */
export type Reach = { readonly from: number; readonly to: number; readonly reportsEnded: boolean };

/** A run is the first where none came before it since the oldest subscription: a cursor of earlier ones, since taken away, speaks for nobody. */
export function reachOf(
  cursor: number | undefined,
  subscriptions: readonly Pick<Subscription, "createdAt">[],
  now: number,
): Reach {
  const since = Math.min(now, ...subscriptions.map(({ createdAt }) => createdAt));
  return cursor === undefined || cursor < since
    ? { from: Math.max(since, now - farthest) - overlap, to: now, reportsEnded: false }
    : { from: Math.min(cursor, now) - overlap, to: now, reportsEnded: true };
}

export type Found = {
  /** To be followed until they end. */
  readonly open: readonly OpenInstance[];
  /** Began and ended between two listings: reported at once. */
  readonly ended: readonly string[];
};

/** What one page of a listing brings. Those nobody can want to hear of are left out. */
export function sortPage(
  page: readonly InstanceSummary[],
  subscriptions: readonly Subscription[],
  { reportsEnded }: Pick<Reach, "reportsEnded">,
): Found {
  const wanted = page.filter(({ owner }) => subscriptions.some((subscription) => mayMatch(subscription, { owner })));
  const isOver = ({ status }: InstanceSummary) => status === "Terminated";
  // The first run may come late, and what ended since somebody subscribed is no past to them.
  const isNews = ({ owner, endTime }: InstanceSummary) =>
    reportsEnded ||
    (endTime !== undefined && subscriptions.some((each) => mayMatch(each, { owner }) && endTime >= each.createdAt));
  return {
    open: wanted.filter((each) => !isOver(each)).map(({ id, owner, startTime }) => ({ id, owner, startTime })),
    ended: wanted.filter((each) => isOver(each) && isNews(each)).map(({ id }) => id),
  };
}

/** Channels that want to hear of a standstill or of slowness while the instance runs: those need a watch from its beginning. */
export const followersOf = (subscriptions: readonly Subscription[], { owner }: OpenInstance): readonly Subscription[] =>
  subscriptions.filter((each) => mayMatch(each, { owner }) && (each.on.includes("slow") || each.on.includes("stuck")));
