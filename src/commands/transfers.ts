// Results that take longer than an answer may: which of their files are out, who is sending them, and how often that was tried.
import * as z from "zod/mini";
import { Named } from "./recall.ts";
import { CommandRequest } from "./request.ts";
import type { ItemStore } from "./store.ts";
import { hours, minutes } from "./store.ts";

/** Longer than any sender lives (production rule 16: 15 minutes), so that two never send at once. */
export const transferLease = minutes(16);
/** Nobody is at saying that a file could not be sent for longer. */
const givingUpLease = minutes(1);
const triesAtMost = 3;
/** How often it is handed on without a file going out; fewer than a failure record comes again (serverless/queues.yml). */
const restartsAtMost = 4;

const Entry = z.object({
  schema: z.literal(1),
  state: z.enum(["waiting", "sending", "giving up", "done"]),
  /** Dropped when done: it holds a response_url. */
  request: z.optional(CommandRequest),
  /** What was meant when it was asked: `last` and `#2` mean something else a moment later. */
  named: z.optional(Named),
  /** Since a file went out last. */
  tries: z.number(),
  restarts: z._default(z.number(), 0),
  /** Whose it is; a process that is alone has no name. */
  sender: z.optional(z.string()),
  /** Epoch ms until which the sender has it to itself. */
  until: z.number(),
  /** Names of the files that are out. */
  sent: z.array(z.string()),
  /** Names of those that were on their way once: they may be out. */
  begun: z._default(z.array(z.string()), []),
});
type Entry = z.infer<typeof Entry>;

export type Taken =
  | {
      readonly kind: "yours";
      readonly sent: ReadonlySet<string>;
      readonly begun: ReadonlySet<string>;
      readonly named: Named | undefined;
    }
  /** Another sender has it, or it is done. */
  | { readonly kind: "taken" }
  /** It failed as often as it may; to say so is the caller's alone, and another may have died saying it. */
  | { readonly kind: "worn out"; readonly isPerhapsRepeated: boolean };

/** What is to be done about a transfer whose sender ended. */
export type Next =
  /** Nothing: it is done, or another sender is at it. */
  | "nothing"
  | "start"
  /** To say that it could not be sent is the caller's alone; */
  | "give up"
  /** again, for another may have died saying it; */
  | "give up again"
  /** or somebody is at saying it, and may fail. */
  | "look again";

export type Transfers = {
  /** Puts a transfer on record; once, however often it is asked. */
  add(request: CommandRequest, named?: Named): Promise<void>;
  /** Whether it is on record and nobody ever took it. */
  isWaiting(requestId: string): Promise<boolean>;
  /** The right to send, for as long as the lease runs. A transfer never put on record is, with this. */
  take(request: CommandRequest, sender?: string): Promise<Taken>;
  /** One more file is on its way; on record before it goes out. False when it is this sender's no more. */
  begin(requestId: string, name: string, sender?: string): Promise<boolean>;
  /** One more file is out. */
  sent(requestId: string, name: string, sender?: string): Promise<void>;
  /** Nothing is left to do. */
  close(requestId: string, sender?: string): Promise<void>;
  /** The sender ended before its time: somebody else may take it at once. */
  release(requestId: string, sender?: string): Promise<void>;
  /** `ended` is known to have ended; it may have been heard of before. */
  resume(request: CommandRequest, ended: string | undefined, sender?: string): Promise<Next>;
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
  const add = async (request: CommandRequest, named?: Named): Promise<void> => {
    const entry: Entry = { schema: 1, state: "waiting", request, named, tries: 0, restarts: 0, until: 0, sent: [], begun: [] };
    await store.create(keyOf(request.id), entry, expiry());
  };
  /** Changes what is this sender's alone, and says whether it still was. */
  const change = async (id: string, sender: string | undefined, by: (entry: Entry) => Entry): Promise<boolean> => {
    const found = await find(id);
    if (found === undefined || found.entry.sender !== sender || found.entry.state === "done") return false;
    return store.replace(keyOf(id), by(found.entry), expiry(), found.version);
  };
  const isHeld = ({ state, until }: Entry): boolean => (state === "sending" || state === "giving up") && until > now();
  const givingUp = (entry: Entry, sender: string | undefined): Entry => ({
    ...entry,
    state: "giving up",
    sender,
    until: now() + givingUpLease,
  });
  return {
    add,
    isWaiting: async (requestId) => (await find(requestId))?.entry.state === "waiting",
    async take(request, sender) {
      await add(request);
      const found = await find(request.id);
      if (found === undefined || found.entry.state === "done" || isHeld(found.entry)) return { kind: "taken" };
      const { entry, version } = found;
      const mine: Entry = { ...entry, state: "sending", sender, tries: entry.tries + 1, until: now() + transferLease };
      const next = entry.tries >= triesAtMost ? givingUp(entry, sender) : mine;
      if (!(await store.replace(keyOf(request.id), next, expiry(), version))) return { kind: "taken" };
      if (next !== mine) return { kind: "worn out", isPerhapsRepeated: entry.state === "giving up" };
      return { kind: "yours", sent: new Set(entry.sent), begun: new Set(entry.begun), named: entry.named };
    },
    begin: (requestId, name, sender) =>
      change(requestId, sender, (entry) => ({ ...entry, begun: [...new Set([...entry.begun, name])] })),
    async sent(requestId, name, sender) {
      await change(requestId, sender, (entry) => ({ ...entry, sent: [...entry.sent, name], tries: 0, restarts: 0 }));
    },
    async close(requestId, sender) {
      await change(requestId, sender, ({ request: _, ...entry }) => ({ ...entry, state: "done" }));
    },
    async release(requestId, sender) {
      await change(requestId, sender, (entry) => ({ ...entry, until: 0 }));
    },
    async resume(request, ended, sender) {
      await add(request);
      const found = await find(request.id);
      if (found === undefined || found.entry.state === "done") return "nothing";
      const { entry, version } = found;
      // A record of a sender that was heard of before says nothing about the one that is at it now.
      if (isHeld(entry) && entry.sender !== ended) return entry.state === "sending" ? "nothing" : "look again";
      const isOver = entry.tries >= triesAtMost || entry.restarts >= restartsAtMost;
      const next = isOver ? givingUp(entry, sender) : { ...entry, until: 0, restarts: entry.restarts + 1 };
      if (!(await store.replace(keyOf(request.id), next, expiry(), version))) return "look again";
      if (!isOver) return "start";
      return entry.state === "giving up" ? "give up again" : "give up";
    },
    async unfinished() {
      const items = await store.list(partition, { limit: 1_000 });
      return items.flatMap(({ value }) => {
        const { data } = Entry.safeParse(value);
        return data === undefined || data.state === "done" || data.request === undefined ? [] : [data.request];
      });
    },
  };
}
