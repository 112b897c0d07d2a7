import { minutes, seconds } from "./time.ts";
import { defaultQueueMs, defaultStuckMs, type Watch } from "./watch.ts";

/** So young a watch is looked at every few seconds: whoever asked for it still looks at it. */
export const hotMs = minutes(3);

export type Aged = Pick<Watch, "startedAt" | "state" | "trouble">;

/** Between two looks at a watch, ms: hot in its first minutes, then 1, 2 and 5 minutes. */
export function lookEvery({ startedAt, state, trouble }: Aged, now: number): number {
  if (state === "opening") return seconds(10);
  if (trouble?.kind === "missing") return seconds(30);
  if (trouble?.kind === "forbidden") return minutes(5);
  const age = now - startedAt;
  if (age < hotMs) return seconds(10);
  if (age < minutes(15)) return minutes(1);
  return age < minutes(60) ? minutes(2) : minutes(5);
}

/** When to look next. Not after a moment at which a rule speaks: a deadline, or a wait that is too long. */
export function nextPollAt(watch: Aged & { readonly ruleAt?: number | undefined }, now: number): number {
  const usual = now + lookEvery(watch, now);
  return watch.ruleAt === undefined || watch.ruleAt <= now ? usual : Math.min(usual, watch.ruleAt);
}

/** The next moment at which a rule speaks though nothing changes, epoch ms. */
export function nextRuleAt({ options, seen, told, outbox, state, startedAt }: Watch, now: number): number | undefined {
  if (state === "done") return undefined;
  const said = (key: string) => told.includes(key) || outbox.some(({ announcement }) => announcement.key === key);
  const moments: number[] = [];
  if (options.by !== undefined && !said("deadline")) moments.push(options.by);
  if (seen !== undefined && !seen.begun && !said("queued")) {
    moments.push((seen.startTime ?? startedAt) + (options.queueMs ?? defaultQueueMs));
  }
  if (seen?.begun === true && seen.stuckSince === undefined) moments.push(seen.movedAt + (options.stuckMs ?? defaultStuckMs));
  const next = Math.min(...moments);
  // A rule whose moment has passed will speak at the next look, whenever that is; the deadline alone does not wait.
  if (!Number.isFinite(next)) return undefined;
  return next > now || options.by === next ? next : undefined;
}
