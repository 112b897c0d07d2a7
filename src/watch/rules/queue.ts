import { defaultQueueMs } from "../watch.ts";
import type { Rule } from "./rule.ts";

/** It waits for longer than one would; and when that is over. */
export const queueRule: Rule = ({ watch, before, sight, now }) => {
  const waitedMs = now - (sight.startTime ?? watch.startedAt);
  if (!sight.begun) {
    if (waitedMs < (watch.options.queueMs ?? defaultQueueMs)) return [];
    const { position, queueLength: length } = sight;
    const place = { ...(position === undefined ? {} : { position }), ...(length === undefined ? {} : { length }) };
    return [{ kind: "queued", key: "queued", at: now, to: "thread", waitedMs, ...place }];
  }
  // Only where somebody heard that it waits is it news that it works.
  const isAwaited = [...watch.told, ...watch.outbox.map(({ announcement }) => announcement.key)].includes("queued");
  return before?.begun === false && isAwaited ? [{ kind: "started", key: "started", at: now, to: "thread", waitedMs }] : [];
};
