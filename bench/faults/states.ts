import type { ItemStore } from "../../src/commands/store.ts";

/** Partitions in which something is left to be done until its state says that it is over. */
const families = ["requests", "transfers", "announcements", "audit-owed"];

/** Every stored state in them. */
export async function statesIn(store: ItemStore): Promise<readonly { readonly of: string; readonly state: string }[]> {
  const found = await Promise.all(
    families.map(async (of) => (await store.list(of, { limit: 1_000 })).map(({ value }) => ({ of, state: stateOf(value) }))),
  );
  return found.flat();
}

const stateOf = (value: unknown): string =>
  typeof value === "object" && value !== null && "state" in value ? String(value.state) : "without a state";
