// Slack's rate limits are shared by everything that posts: the next free moment of each channel and each method's "not before" are
// state that all processes obey (production rule 13). WebClient itself neither waits nor repeats.
import type { ItemKey, ItemStore } from "../commands/store.ts";
import { minutes } from "../commands/store.ts";
import { update } from "../commands/update.ts";

export type Pace = {
  /**
   * Takes the next free moment for a post to this channel, and says how many ms away it is. One that is more than `within` ms away is
   * left to others: whoever will not wait for it must not hold them up.
   */
  postAfter(channel: string, within?: number): Promise<number>;
  /** How many ms calls of this method must still hold back, because Slack said so to somebody. */
  heldFor(method: string): Promise<number>;
  /** Slack answered 429: nobody calls this method for so long. */
  hold(method: string, ms: number): Promise<void>;
};

/** About one post a second in a channel (Slack facts section 3), of which a few may come at once. */
const everyMs = 1_000;
const burst = 3;
const triesAgainstOthers = 8;

const numberIn = (value: unknown, name: string): number => {
  const found =
    typeof value === "object" && value !== null && name in value ? (value as Record<string, unknown>)[name] : undefined;
  return typeof found === "number" ? found : 0;
};

/** The paces of one workspace. Where too many compete for a channel's next moment, the last try is let through: Slack will judge. */
export function createPace(store: ItemStore, now: () => number, team: string): Pace {
  const key = (id: string): ItemKey => ({ partition: `pace/${team}`, id });
  return {
    async postAfter(channel, within = Number.POSITIVE_INFINITY) {
      let wait = 0;
      for (let attempt = 0; attempt < triesAgainstOthers; attempt += 1) {
        const item = await store.get(key(`post/${channel}`));
        const at = now();
        // The moment at which the channel would be idle again if every post so far had kept its distance.
        const idleAt = Math.max(at, numberIn(item?.value, "idleAt"));
        wait = Math.max(0, idleAt - at - (burst - 1) * everyMs);
        if (wait > within) return wait;
        const next = { schema: 1, idleAt: idleAt + everyMs };
        const expiresAt = next.idleAt + minutes(1);
        const taken =
          item === undefined
            ? store.create(key(`post/${channel}`), next, expiresAt)
            : store.replace(item.key, next, expiresAt, item.version);
        if (await taken) return wait;
      }
      return wait;
    },
    async heldFor(method) {
      const item = await store.get(key(`hold/${method}`));
      return Math.max(0, numberIn(item?.value, "notBefore") - now());
    },
    async hold(method, ms) {
      const until = now() + ms;
      await update(store, key(`hold/${method}`), (value) => {
        const notBefore = Math.max(until, numberIn(value, "notBefore")); // a longer hold stands
        return { value: { schema: 1, notBefore }, expiresAt: notBefore + minutes(1) };
      });
    },
  };
}
