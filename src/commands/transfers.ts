// Results that take longer than an answer may: which of their files are out, who is sending them, and how often that was tried.
import * as z from "zod/mini";
import { CommandRequest } from "./request.ts";
import type { ItemStore } from "./store.ts";
import { hours, minutes } from "./store.ts";

/** Longer than any sender lives (production rule 16: 15 minutes), so that two never send at once. */
export const transferLease = minutes(16);
const triesAtMost = 3;

const Entry = z.object({
  schema: z.literal(1),
  state: z.enum(["waiting", "sending", "done"]),
  /** Dropped when done: it holds a response_url. */
  request: z.optional(CommandRequest),
  tries: z.number(),
  /** Epoch ms until which the sender has it to itself. */
  until: z.number(),
  /** Names of the files that are out. */
  sent: z.array(z.string()),
  /** Names of those that were on their way once: they may be out. */
  begun: z._default(z.array(z.string()), []),
});
type Entry = z.infer<typeof Entry>;

export type Taken =
  | { readonly kind: "yours"; readonly sent: ReadonlySet<string>; readonly begun: ReadonlySet<string> }
  /** Another sender has it, or it is done. */
  | { readonly kind: "taken" }
  /** It failed as often as it may. */
  | { readonly kind: "worn out" };

export type Transfers = {
  /** Puts a transfer on record; once, however often it is asked. */
  add(request: CommandRequest): Promise<void>;
  /** Whether it is on record and nobody ever took it. */
  isWaiting(requestId: string): Promise<boolean>;
  /** The right to send, for as long as the lease runs. A transfer never put on record is, with this. */
  take(request: CommandRequest): Promise<Taken>;
  /** One more file is on its way; on record before it goes out. */
  begin(requestId: string, name: string): Promise<void>;
  /** One more file is out. */
  sent(requestId: string, name: string): Promise<void>;
  /** Nothing is left to do. */
  close(requestId: string): Promise<void>;
  /** The sender ended before its time: somebody else may take it at once. */
  release(requestId: string): Promise<void>;
  /** Transfers that are not done. */
  unfinished(): Promise<readonly CommandRequest[]>;
};

const partition = "transfers";

export function createTransfers(store: ItemStore, now: () => number): Transfers {
  const keyOf = (id: string) => ({ partition, id });
  const expiry = () => now() + hours(24);
  const find = async (id: string) => {
    const item = await store.get(keyOf(id));
    return item === undefined ? undefined : { entry: Entry.parse(item.value), version: item.version };
  };
  const waiting = (request: CommandRequest): Entry => ({
    schema: 1,
    state: "waiting",
    request,
    tries: 0,
    until: 0,
    sent: [],
    begun: [],
  });
  /** Changes what only the sender changes, so a conflict is with an older sender that lost its lease: then nothing is changed. */
  const change = async (id: string, by: (entry: Entry) => Entry): Promise<void> => {
    const found = await find(id);
    if (found !== undefined) await store.replace(keyOf(id), by(found.entry), expiry(), found.version);
  };
  return {
    async add(request) {
      await store.create(keyOf(request.id), waiting(request), expiry());
    },
    isWaiting: async (requestId) => (await find(requestId))?.entry.state === "waiting",
    async take(request) {
      await store.create(keyOf(request.id), waiting(request), expiry());
      const found = await find(request.id);
      if (found === undefined || found.entry.state === "done") return { kind: "taken" };
      const { entry, version } = found;
      if (entry.state === "sending" && entry.until > now()) return { kind: "taken" };
      if (entry.tries >= triesAtMost) return { kind: "worn out" };
      const mine: Entry = { ...entry, state: "sending", tries: entry.tries + 1, until: now() + transferLease };
      const won = await store.replace(keyOf(request.id), mine, expiry(), version);
      return won ? { kind: "yours", sent: new Set(entry.sent), begun: new Set(entry.begun) } : { kind: "taken" };
    },
    begin: (requestId, name) => change(requestId, (entry) => ({ ...entry, begun: [...new Set([...entry.begun, name])] })),
    sent: (requestId, name) => change(requestId, (entry) => ({ ...entry, sent: [...entry.sent, name] })),
    close: (requestId) => change(requestId, ({ request: _, ...entry }) => ({ ...entry, state: "done" })),
    release: (requestId) => change(requestId, (entry) => (entry.state === "sending" ? { ...entry, until: 0 } : entry)),
    async unfinished() {
      const items = await store.list(partition, { limit: 1_000 });
      return items.flatMap(({ value }) => {
        const { data } = Entry.safeParse(value);
        return data === undefined || data.state === "done" || data.request === undefined ? [] : [data.request];
      });
    },
  };
}
