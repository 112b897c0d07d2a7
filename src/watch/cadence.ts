import { unstoppedKey } from "./rules/stop.ts";
import { type Stop, stopTakesMs } from "./stop.ts";
import { minutes, seconds } from "./time.ts";
import { defaultQueueMs, defaultStuckMs, type Watch } from "./watch.ts";

/** So young a watch, or a stop, is looked at every few seconds: whoever asked for it still looks at it. */
export const hotMs = minutes(3);

export type Aged = Pick<Watch, "startedAt" | "state" | "trouble"> & { readonly stop?: Pick<Stop, "at"> | undefined };

/** When somebody asked last for what they look at, epoch ms. */
export const askedAt = ({ startedAt, stop }: Pick<Aged, "startedAt" | "stop">): number => Math.max(startedAt, stop?.at ?? 0);

/** Between two looks at a watch, ms: hot in its first minutes, then 1, 2 and 5 minutes. */
export function lookEvery({ state, trouble, ...aged }: Aged, now: number): number {
  if (state === "opening") return seconds(10);
  if (trouble?.kind === "missing") return seconds(30);
  if (trouble?.kind === "forbidden") return minutes(5);
  const age = now - aged.startedAt;
  if (now - askedAt(aged) < hotMs) return seconds(10);
  if (age < minutes(15)) return minutes(1);
  return age < minutes(60) ? minutes(2) : minutes(5);
}

/** When to look next. Not after a moment at which a rule speaks: a deadline, or a wait that is too long. */
export function nextPollAt(watch: Aged & { readonly ruleAt?: number | undefined }, now: number): number {
  const usual = now + lookEvery(watch, now);
  return watch.ruleAt === undefined || watch.ruleAt <= now ? usual : Math.min(usual, watch.ruleAt);
}

/** The next moment at which a rule speaks though nothing changes, epoch ms. One that has passed is given where it does not wait for a look. */
export function nextRuleAt(
  { options, seen, told, outbox, state, startedAt, stop, face }: Watch,
  now: number,
): number | undefined {
  if (state === "done") return undefined;
  const said = (key: string) => told.includes(key) || outbox.some(({ announcement }) => announcement.key === key);
  const pressing: number[] = [];
  // A rule whose moment has passed will speak at the next look, whenever that is; a deadline and a stop alone do not wait.
  const others: number[] = [];
  if (options.by !== undefined && !said("deadline")) pressing.push(options.by);
  if (stop !== undefined && !said(unstoppedKey(stop))) {
    pressing.push(face?.stop?.at === stop.at ? stop.at + stopTakesMs : stop.at);
  }
  if (seen !== undefined && !seen.begun && !said("queued")) {
    others.push((seen.startTime ?? startedAt) + (options.queueMs ?? defaultQueueMs));
  }
  if (seen?.begun === true && seen.stuckSince === undefined) others.push(seen.movedAt + (options.stuckMs ?? defaultStuckMs));
  const next = Math.min(...pressing, ...others.filter((at) => at > now));
  return Number.isFinite(next) ? next : undefined;
}
