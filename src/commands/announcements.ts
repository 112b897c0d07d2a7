// What everybody has to hear of an act: on record before the act, so that it is told even when whoever acts ends in the middle of it,
// and told once. Where nobody can know whether it was told, it is told once more and says so (production rule 10).
import * as z from "zod/mini";
import type { ActedView } from "../view/index.ts";
import { CommandRequest } from "./request.ts";
import type { ItemStore } from "./store.ts";
import { hours } from "./store.ts";
import type { Telling } from "./telling.ts";

const Act = z.object({
  link: z.object({ ref: z.string(), project: z.string(), instanceId: z.string() }),
  by: z.string(),
  reason: z.optional(z.string()),
});

const Entry = z.object({
  schema: z.literal(1),
  state: z.enum(["pending", "telling", "done"]),
  /** Dropped when done: it holds a response_url. */
  request: z.optional(CommandRequest),
  act: Act,
  /** Epoch ms of the last change. */
  at: z.number(),
  /** Who promised to tell it. */
  worker: z.optional(z.string()),
});
type Entry = z.infer<typeof Entry>;

export type Announcements = {
  /** Puts the act of a request on record. Throws when that fails: then nothing may be done. */
  promise(request: CommandRequest, view: ActedView, worker?: string): Promise<void>;
  /** Tells it as it came out; undefined when there is nothing to tell after all. Not when another has told it. */
  keep(request: CommandRequest, view: ActedView | undefined): Promise<void>;
  /** Tells what a worker left untold that ended before `endedBefore` (epoch ms) or is `endedWorker`. False while it may still be at it. */
  makeUp(requestId: string, endedBefore: number, endedWorker?: string): Promise<boolean>;
  /** Requests with an act that is not told. */
  unfinished(): Promise<readonly string[]>;
};

const partition = "announcements";

export function createAnnouncements(store: ItemStore, now: () => number, telling: Pick<Telling, "everybody">): Announcements {
  const keyOf = (id: string) => ({ partition, id });
  const find = async (id: string) => {
    const item = await store.get(keyOf(id));
    return item === undefined ? undefined : { entry: Entry.parse(item.value), version: item.version };
  };
  const move = async (id: string, from: Entry["state"], to: Entry["state"]): Promise<boolean> => {
    const found = await find(id);
    if (found === undefined || found.entry.state !== from) return false;
    const { request, ...rest } = found.entry;
    const kept = to === "done" || request === undefined ? {} : { request };
    return store.replace(keyOf(id), { ...rest, ...kept, state: to, at: now() }, now() + hours(24), found.version);
  };

  return {
    async promise(request, { link, by, reason }, worker) {
      const act = reason === undefined ? { link, by } : { link, by, reason };
      const entry: Entry = { schema: 1, state: "pending", request, act, at: now(), ...(worker === undefined ? {} : { worker }) };
      await store.create(keyOf(request.id), entry, now() + hours(24));
    },
    async keep(request, view) {
      if (view === undefined) {
        await move(request.id, "pending", "done");
        return;
      }
      if (!(await move(request.id, "pending", "telling"))) return;
      await telling.everybody(request, view);
      await move(request.id, "telling", "done");
    },
    async makeUp(requestId, endedBefore, endedWorker) {
      const found = await find(requestId);
      if (found === undefined || found.entry.state === "done") return true;
      const { request, act, state, at, worker } = found.entry;
      const isOver = at <= endedBefore || (worker !== undefined && worker === endedWorker);
      if (!isOver || request === undefined) return false;
      const mine: Entry = { ...found.entry, worker: undefined, state: "telling", at: now() };
      if (!(await store.replace(keyOf(requestId), mine, now() + hours(24), found.version))) return false;
      const { reason, ...who } = act;
      const again = state === "telling" ? { isPerhapsRepeated: true } : {};
      await telling.everybody(request, {
        kind: "acted",
        action: "asked to stop",
        ...who,
        ...(reason === undefined ? {} : { reason }),
        ...again,
      });
      await move(requestId, "telling", "done");
      return true;
    },
    async unfinished() {
      const items = await store.list(partition, { limit: 1_000 });
      return items.flatMap(({ key, value }) => {
        const { data } = Entry.safeParse(value);
        return data === undefined || data.state === "done" ? [] : [key.id];
      });
    },
  };
}
