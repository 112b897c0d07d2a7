// What was chosen, in words that people chose it with.
import type { QuietHours, Subscription, Watch } from "../watch/index.ts";
import { formatDuration } from "./duration.ts";
import { clockWords, inZoneWords } from "./when.ts";

/** The end of an id, as cards show it: it can be typed as it stands. */
export const shortly = (instanceId: string): string => (instanceId.length <= 8 ? instanceId : `…${instanceId.slice(-8)}`);

/** A name from outside between backticks, none of which is its own. */
export const quoted = (name: string): string => `\`${name.replaceAll("`", "'")}\``;

/** The options of a watch; its deadline on the clocks of `zone`. */
export function optionWords({ by, stuckMs, queueMs, slow, quiet, dm, rows }: Watch["options"], zone = "UTC"): readonly string[] {
  return [
    by !== undefined && `by ${inZoneWords(by, zone)}`,
    stuckMs !== undefined && `stuck after ${formatDuration(stuckMs)}`,
    queueMs !== undefined && `queued for ${formatDuration(queueMs)}`,
    slow !== undefined && "slower than 9 of 10 earlier runs",
    quiet === true && "nothing shown to the whole channel",
    dm === true && (rows === true ? "its end, or its rows, as a direct message too" : "its end as a direct message too"),
  ].filter((words) => words !== false);
}

/** The filters of a subscription. */
export function filterWords(subscription: Subscription): readonly string[] {
  const { names, owners, notOwners, taskTypes, statuses, minDurationMs, minCost, priority, errorCodes, digest } = subscription;
  const any = (what: string, wanted: readonly string[] | undefined) => wanted !== undefined && `${what} ${wanted.join(" or ")}`;
  return [
    any("name", names),
    any("owner", owners),
    any("not owner", notOwners),
    any("type", taskTypes),
    any("status", statuses),
    minDurationMs !== undefined && `${formatDuration(minDurationMs)} or longer`,
    // The service counts hundredths of core-seconds (protocol section 7.3).
    minCost !== undefined && `${minCost / 100} core-seconds or more`,
    priority !== undefined && (priority === 0 ? "priority 0" : `priority 0 to ${priority}`),
    any("code", errorCodes),
    digest !== undefined && `one summary a day at ${clockWords(digest.at)} ${digest.zone}`,
  ].filter((words) => words !== false);
}

export const quietWords = ({ from, to, zone }: QuietHours): string => `${clockWords(from)} to ${clockWords(to)} ${zone}`;
