// The life of each request: received, running, answering, answered. Conditional writes see to it that a request runs once and is
// answered once, by the worker or by the apology, whoever is first.
import * as z from "zod/mini";
import { CommandRequest } from "./request.ts";
import type { Item, ItemStore } from "./store.ts";
import { hours } from "./store.ts";
import type { Ended, Turn } from "./turn.ts";

const Entry = z.object({
  schema: z.literal(1),
  state: z.enum(["received", "running", "answering", "answered"]),
  /** Dropped once the request is answered: it holds a response_url. */
  request: z.optional(CommandRequest),
  at: z.number(),
  /** Whose turn it is, */
  worker: z.optional(z.string()),
  /** and, while it answers, until when (epoch ms). */
  until: z.optional(z.number()),
});
type Entry = z.infer<typeof Entry>;

export type Unfinished = { readonly request: CommandRequest; readonly state: "received" | "running" | "answering" };

export type Doubt =
  | { readonly kind: "yours" | "answered" }
  /** It may still be on its way, until then (epoch ms): somebody has to look again. */
  | { readonly kind: "too early"; readonly until: number };

/** Where a turn has no known end, no answer is under way for longer than this: whoever sent it has ended. */
const answerLasts = 40_000;

export type Ledger = {
  /** Puts a request on record before it is acknowledged; false when it is there already (a repeated delivery). */
  receive(request: CommandRequest): Promise<boolean>;
  /** The right to run a request; false when somebody has it or had it. A request never received is put on record. */
  claim(request: CommandRequest, worker?: string): Promise<boolean>;
  /** The right to answer a request; false when it is answered or being answered by another. */
  settle(requestId: string, turn?: Turn): Promise<boolean>;
  /** The right to speak about an answer that was on its way when its worker ended, and whose end nobody saw; for one caller at a time. */
  doubt(requestId: string, ended: Ended, turn?: Turn): Promise<Doubt>;
  /** The answer is out. */
  close(requestId: string): Promise<void>;
  /** Requests that have no answer, for the sweep: those that moved on last between `after` and `before` (epoch ms), all unless told. */
  unfinished(when?: { readonly before?: number; readonly after?: number }): Promise<readonly Unfinished[]>;
};

const partition = "requests";

export function createLedger(store: ItemStore, now: () => number): Ledger {
  const keyOf = (id: string) => ({ partition, id });
  const expiry = () => now() + hours(24);
  const entry = (state: Entry["state"], request?: CommandRequest, worker?: string): Entry => ({
    schema: 1,
    state,
    ...(request === undefined ? {} : { request }),
    at: now(),
    ...(worker === undefined ? {} : { worker }),
  });
  const turnOf = ({ worker, endsAt = now() + answerLasts }: Turn): Pick<Entry, "worker" | "until"> =>
    worker === undefined ? { until: endsAt } : { worker, until: endsAt };
  const find = async (id: string) => {
    const item = await store.get(keyOf(id));
    return item === undefined ? undefined : { entry: Entry.parse(item.value), version: item.version };
  };
  const move = async (
    id: string,
    from: readonly Entry["state"][],
    to: Entry["state"],
    turn: Pick<Entry, "worker" | "until"> = {},
  ): Promise<boolean> => {
    const found = await find(id);
    if (found === undefined || !from.includes(found.entry.state)) return false;
    const next = to === "answered" ? entry(to) : { ...found.entry, state: to, at: now(), ...turn };
    return store.replace(keyOf(id), next, expiry(), found.version);
  };
  return {
    receive: (request) => store.create(keyOf(request.id), entry("received", request), expiry()),
    claim: async (request, worker) =>
      (await store.create(keyOf(request.id), entry("running", request, worker), expiry())) ||
      (await move(request.id, ["received"], "running", worker === undefined ? {} : { worker })),
    settle: (requestId, turn = {}) => move(requestId, ["received", "running"], "answering", turnOf(turn)),
    async doubt(requestId, ended, turn = {}) {
      const found = await find(requestId);
      if (found === undefined || found.entry.state === "answered") return { kind: "answered" };
      const { state, at, worker, until = at + answerLasts } = found.entry;
      const isOver = at <= ended.before || until <= now() || (worker !== undefined && worker === ended.worker);
      if (state !== "answering" || !isOver) return { kind: "too early", until };
      const mine = { ...found.entry, worker: undefined, at: now(), ...turnOf(turn) };
      const won = await store.replace(keyOf(requestId), mine, expiry(), found.version);
      return won ? { kind: "yours" } : { kind: "too early", until: Number.POSITIVE_INFINITY };
    },
    async close(requestId) {
      await move(requestId, ["answering"], "answered");
    },
    async unfinished({ before = Number.POSITIVE_INFINITY, after: notBefore = 0 } = {}) {
      const found: Unfinished[] = [];
      let after: string | undefined;
      for (;;) {
        const page: readonly Item[] = await store.list(partition, after === undefined ? { limit: 100 } : { limit: 100, after });
        for (const item of page) {
          // What a later or a broken version wrote is left to it: one entry must not keep all others from their answers.
          const { data } = Entry.safeParse(item.value);
          if (data === undefined || data.at > before || data.at < notBefore) continue;
          if (data.state !== "answered" && data.request !== undefined) found.push({ request: data.request, state: data.state });
        }
        after = page.at(-1)?.key.id;
        if (page.length < 100) return found;
      }
    },
  };
}
