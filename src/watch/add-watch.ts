import { leaseMs } from "./lease.ts";
import type { Ports } from "./ports.ts";
import type { Watch } from "./watch.ts";

/**
 * Starts a watch, or gives back the one there is: two for the same instance and channel have one card. Its group is kept awake from
 * before: whoever dies in between leaves nothing that nobody looks at.
 */
export async function addWatch(
  { watches, groups, schedule }: Pick<Ports, "watches" | "groups" | "schedule">,
  watch: Watch,
  now: number,
): Promise<{ readonly added: boolean; readonly watch: Watch }> {
  await groups.wake(watch, now + leaseMs);
  const result = await watches.addIfAbsent(watch);
  // Also for one that was there: whoever added it may have died before the group woke.
  await groups.wake(watch, now);
  await schedule.enable();
  return result;
}
