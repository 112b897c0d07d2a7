import { nextRuleAt } from "./cadence.ts";
import type { Stop } from "./stop.ts";
import type { Watch } from "./watch.ts";

/** A watch as small as a scan needs it: ten thousand of them are in memory at once. */
export type WatchRow = {
  readonly id: string;
  readonly instanceId: string;
  readonly channel: string;
  readonly state: Watch["state"];
  readonly trouble?: Watch["trouble"] | undefined;
  readonly startedAt: number;
  readonly stop?: Pick<Stop, "at"> | undefined;
  /** When its card changed last, epoch ms: the oldest is edited first. */
  readonly faceAt: number;
  readonly alone: boolean;
  /** Something is to be told, whatever MaxCompute says. */
  readonly hasOutbox: boolean;
  /** When a rule speaks though nothing changes, epoch ms. */
  readonly ruleAt?: number | undefined;
};

export function rowOf(watch: Watch): WatchRow {
  // The moments of its rules do not depend on when one asks, but for those that have passed and are still to be spoken of.
  const ruleAt = nextRuleAt(watch, watch.seen?.at ?? watch.startedAt);
  return {
    id: watch.id,
    instanceId: watch.instanceId,
    channel: watch.thread.channel,
    state: watch.state,
    ...(watch.trouble === undefined ? {} : { trouble: watch.trouble }),
    startedAt: watch.startedAt,
    ...(watch.stop === undefined ? {} : { stop: { at: watch.stop.at } }),
    faceAt: watch.faceAt,
    alone: watch.alone === true,
    hasOutbox: watch.outbox.length > 0,
    ...(ruleAt === undefined ? {} : { ruleAt }),
  };
}
