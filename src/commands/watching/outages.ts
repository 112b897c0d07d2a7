import type { Outages } from "../../watch/index.ts";
import { Outage } from "../../watch/index.ts";
import { days } from "../store.ts";
import { change, type Keeping, removal } from "./items.ts";

/** Nobody writes an outage for so long that still lasts: its notices are told, and forgotten at the next one. */
const outageLives = days(30);

export function createOutages({ store, now }: Keeping): Outages {
  const keyOf = (id: string) => ({ partition: `outage/${id}`, id: "outage" });
  return {
    async get(id) {
      const item = await store.get(keyOf(id));
      return item === undefined ? undefined : Outage.parse(item.value);
    },
    save: (outage) =>
      change(store, keyOf(outage.id), Outage, (found) => {
        if ((found?.version ?? 0) !== outage.version) return undefined;
        const next: Outage = { ...outage, version: outage.version + 1 };
        return { value: next, expiresAt: now() + outageLives, answer: next };
      }),
    async end(outage) {
      const isOver = await change(store, keyOf(outage.id), Outage, (found) =>
        found?.version === outage.version ? { ...removal(now()), answer: true } : undefined,
      );
      return isOver === true;
    },
  };
}
