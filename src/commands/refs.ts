// What harmless buttons carry: an opaque, stored reference to an instance. All references of one answer are one stored item,
// so a list of twenty instances costs one write.
import * as z from "zod/mini";
import type { Caller } from "./request.ts";
import type { ItemStore } from "./store.ts";
import { days } from "./store.ts";

const Referred = z.object({ project: z.string(), instanceId: z.string() });
export type Referred = z.infer<typeof Referred>;
const Stored = z.object({ schema: z.literal(1), instances: z.array(Referred) });

const keptFor = days(30);
const shape = /^r1:([\w-]{1,40})\.(\d{1,4})$/;

/** Hands out references while an answer is made; `save` stores them before the answer is shown. */
export type Refs = { to(project: string, instanceId: string): string };

export type RefBook = {
  collect(caller: Caller, requestId: string): Refs & { save(): Promise<void> };
  /** The instance behind a reference of this team; undefined when it is unknown, has expired or cannot be read. */
  open(caller: Caller, ref: string): Promise<Referred | undefined>;
};

export function createRefBook(store: ItemStore, now: () => number): RefBook {
  const keyOf = (caller: Caller, id: string) => ({ partition: `refs/${caller.team}/${id}`, id: "instances" });
  return {
    collect(caller, requestId) {
      const instances: Referred[] = [];
      return {
        to(project, instanceId) {
          const known = instances.findIndex((other) => other.project === project && other.instanceId === instanceId);
          const index = known === -1 ? instances.push({ project, instanceId }) - 1 : known;
          return `r1:${requestId}.${index}`;
        },
        async save() {
          if (instances.length > 0) await store.put(keyOf(caller, requestId), { schema: 1, instances }, now() + keptFor);
        },
      };
    },
    async open(caller, ref) {
      const [, id, index] = shape.exec(ref) ?? [];
      const item = id === undefined ? undefined : await store.get(keyOf(caller, id));
      return Stored.safeParse(item?.value).data?.instances[Number(index)];
    },
  };
}
