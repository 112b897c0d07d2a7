import { type ItemStore, minutes } from "../store.ts";
import { broken, type Checkup, nameOf, ok } from "./checkup.ts";

export type StoreCheckupPorts = {
  readonly store: Pick<ItemStore, "get" | "create" | "put" | "replace">;
  now(): number;
  newId(): string;
  /** What helps where it cannot be read or written, in one sentence. */
  readonly fix: string;
};

const notConditional = "Put the bot back on a store that knows conditional writes: without them commands run twice.";

/** Whether an item is kept, and whether a write that must be refused is. */
export const storeCheckup = ({ store, now, newId, fix }: StoreCheckupPorts): Checkup => ({
  name: "Store",
  async run() {
    const key = { partition: "doctor", id: newId() };
    const expiresAt = now() + minutes(10);
    const value = (step: string) => ({ schema: 1, step });
    try {
      await store.put(key, value("written"), expiresAt);
    } catch (error) {
      return broken(`nothing can be written: ${nameOf(error)}`, fix);
    }
    const written = await store.get(key).catch(() => undefined);
    if (JSON.stringify(written?.value) !== JSON.stringify(value("written")))
      return broken("what was written cannot be read back", fix);
    const isTakenTwice = await store.create(key, value("again"), expiresAt);
    const isOverwritten = await store.replace(key, value("stale"), expiresAt, "no version");
    const isReplaced = await store.replace(key, value("replaced"), expiresAt, written?.version ?? "");
    if (isTakenTwice || isOverwritten) return broken("a write that had to be refused was not", notConditional);
    if (!isReplaced) return broken("a write that had to be done was refused", notConditional);
    return ok("written, read back, and a write on old news refused");
  },
});
