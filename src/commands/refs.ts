// What harmless buttons carry: an opaque, stored reference to an instance. All references of one answer are one stored item,
// so a list of twenty instances costs one write.
import { isDeepStrictEqual } from "node:util";
import * as z from "zod/mini";
import type { Caller } from "./request.ts";
import { ReplyTo } from "./request.ts";
import type { ItemStore } from "./store.ts";
import { days } from "./store.ts";

const Referred = z.object({
  project: z.string(),
  instanceId: z.string(),
  /** Set where one task of it is meant. */
  task: z.optional(z.string()),
  /** Set where no instance is meant, but what was prepared: a draft that can be changed. */
  intentId: z.optional(z.string()),
});
export type Referred = z.infer<typeof Referred>;
const Stored = z.object({
  schema: z.literal(1),
  instances: z.array(Referred),
  /** Where this person was when they got the references: a form says of itself only who filled it in. */
  place: z.optional(z.object({ user: z.string(), replyTo: ReplyTo })),
});

const keptFor = days(30);
const shape = /^r1:([\w-]{1,40})\.(\d{1,4})$/;

/** Where the instances behind the references of one id are. */
export const instancesKey = (team: string, id: string) => ({ partition: `refs/${team}/${id}`, id: "instances" });

/** Hands out references while an answer is made; `save` stores them before the answer is shown. */
export type Refs = {
  to(project: string, instanceId: string, task?: string): string;
  /** To something to run in a project: what was prepared, or nothing yet. */
  toDraft(project: string, intentId?: string): string;
  /** What comes back with these references, from this person, is answered here. */
  answeredAt(replyTo: ReplyTo): void;
};

export type RefBook = {
  collect(caller: Caller, requestId: string): Refs & { save(): Promise<void> };
  /** The instance behind a reference of this team; undefined when it is unknown, has expired or cannot be read. */
  open(caller: Caller, ref: string): Promise<Referred | undefined>;
  /** Where what comes back with this reference is answered; undefined when that was never said, or not to this person. */
  placeOf(caller: Caller, ref: string): Promise<ReplyTo | undefined>;
};

export function createRefBook(store: ItemStore, now: () => number): RefBook {
  const find = async (caller: Caller, ref: string) => {
    const [, id, index] = shape.exec(ref) ?? [];
    const item = id === undefined ? undefined : await store.get(instancesKey(caller.team, id));
    const stored = Stored.safeParse(item?.value).data;
    return stored === undefined ? undefined : { stored, index: Number(index) };
  };
  return {
    collect(caller, requestId) {
      const instances: Referred[] = [];
      const refTo = (next: Referred): string => {
        const known = instances.findIndex((other) => isDeepStrictEqual(other, next));
        return `r1:${requestId}.${known === -1 ? instances.push(next) - 1 : known}`;
      };
      let place: { readonly user: string; readonly replyTo: ReplyTo } | undefined;
      return {
        to: (project, instanceId, task) => refTo({ project, instanceId, ...(task === undefined ? {} : { task }) }),
        toDraft: (project, intentId) => refTo({ project, instanceId: "", ...(intentId === undefined ? {} : { intentId }) }),
        answeredAt({ channel, direct, thread }) {
          // Not its responseUrl, a secret that is worth nothing after half an hour.
          const where = { channel, direct, ...(thread === undefined ? {} : { thread }), replaceable: false };
          place = { user: caller.user, replyTo: where };
        },
        async save() {
          if (instances.length === 0) return;
          const value = { schema: 1, instances, ...(place === undefined ? {} : { place }) };
          await store.put(instancesKey(caller.team, requestId), value, now() + keptFor);
        },
      };
    },
    async open(caller, ref) {
      const found = await find(caller, ref);
      return found?.stored.instances[found.index];
    },
    async placeOf(caller, ref) {
      const place = (await find(caller, ref))?.stored.place;
      return place?.user === caller.user ? place.replyTo : undefined;
    },
  };
}
