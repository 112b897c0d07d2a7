// A store that tells the parent of each write, and waits for its word, before the write is committed and after it was.
import type { ItemKey, ItemStore } from "../../../src/commands/store.ts";
import type { GoOn } from "../orders.ts";
import { report } from "./ports.ts";

const waiting = new Map<number, () => void>();
let writes = 0;

process.on("message", (message: GoOn) => {
  if (message.kind !== "go on") return;
  waiting.get(message.write)?.();
  waiting.delete(message.write);
});

const ask = (write: number, moment: "before" | "after", label: string): Promise<void> =>
  new Promise((resolve) => {
    waiting.set(write, resolve);
    report({ kind: "write", write, moment, label });
  });

type NameOf = (key: ItemKey, value: unknown) => string;

/** The first part of a partition's name: the rest is made up anew in each run. */
export const familyOf = (partition: string): string => partition.split("/")[0] ?? "";

/** `nameOf`: what a write is called in its label. */
export function announced(store: ItemStore, nameOf: NameOf = ({ partition }) => familyOf(partition)): ItemStore {
  const around = async <T>(what: string, key: ItemKey, value: unknown, write: () => Promise<T>): Promise<T> => {
    writes += 1;
    const mine = writes;
    const label = `sqlite ${what} ${nameOf(key, value)}`;
    await ask(mine, "before", label);
    const written = await write();
    await ask(mine, "after", label);
    return written;
  };
  return {
    get: (key) => store.get(key),
    list: (partition, page) => store.list(partition, page),
    create: (key, value, ...rest) => around("create", key, value, () => store.create(key, value, ...rest)),
    put: (key, value, ...rest) => around("put", key, value, () => store.put(key, value, ...rest)),
    replace: (key, value, ...rest) => around("replace", key, value, () => store.replace(key, value, ...rest)),
  };
}
