import { createHash } from "node:crypto";
import type { Histories } from "../../watch/index.ts";
import { History, withRun } from "../../watch/index.ts";
import { days } from "../store.ts";
import { change, type Keeping } from "./items.ts";

/** As long as evidence. */
const historyLives = days(90);

export function createHistories({ store, now }: Keeping): Histories {
  // A job's name can be of any length, and may say more than a key should.
  const keyOf = (job: string) => ({ partition: `history/${createHash("sha256").update(job).digest("base64url")}`, id: "runs" });
  const get = async (job: string): Promise<History> => {
    const item = await store.get(keyOf(job));
    return item === undefined ? { schema: 1, job, runs: [] } : History.parse(item.value);
  };
  return {
    get,
    async add(job, run) {
      const added = await change(store, keyOf(job), History, (found) => {
        const history: History = found ?? { schema: 1, job, runs: [] };
        const next = withRun(history, run);
        return next === history ? undefined : { value: next, expiresAt: now() + historyLives, answer: next };
      });
      return added ?? get(job);
    },
  };
}
