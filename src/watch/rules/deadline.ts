import type { Announcement } from "../announcement.ts";
import type { Watch } from "../watch.ts";
import type { Rule } from "./rule.ts";

/** The miss, once it is certain: told to the channel unless the watch is quiet. */
export const missed = (
  { options: { by = 0, quiet } }: Watch,
  now: number,
  facts: { percent?: number; endedAt?: number },
): Announcement => ({
  kind: "deadline",
  key: "deadline",
  at: now,
  to: "thread",
  by,
  ...(quiet === true ? {} : { broadcast: true }),
  ...facts,
});

/** That it will miss its deadline, before it does; and that it has. */
export const deadlineRule: Rule = ({ watch, sight, forecast, now }) => {
  const { by } = watch.options;
  if (by === undefined) return [];
  if (now >= by) return [missed(watch, now, sight.percent === undefined ? {} : { percent: sight.percent })];
  if (forecast === undefined || forecast.likely <= by) return [];
  return [{ kind: "late", key: "late", at: now, to: "thread", by, forecast }];
};
