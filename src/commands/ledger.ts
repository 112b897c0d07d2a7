// The life of each request: received, running, answering, answered. Conditional writes see to it that a request runs once and is
// answered once, by the worker or by the apology, whoever is first.
import * as z from "zod/mini";
import { CommandRequest } from "./request.ts";
import type { Item, ItemStore } from "./store.ts";
import { hours } from "./store.ts";

const Entry = z.object({
  schema: z.literal(1),
  state: z.enum(["received", "running", "answering", "answered"]),
  /** Dropped once the request is answered: it holds a response_url. */
  request: z.optional(CommandRequest),
  at: z.number(),
});
type Entry = z.infer<typeof Entry>;

export type Unfinished = { readonly request: CommandRequest; readonly state: "received" | "running" | "answering" };

export type Ledger = {
  /** Puts a request on record before it is acknowledged; false when it is there already (a repeated delivery). */
  receive(request: CommandRequest): Promise<boolean>;
  /** The right to run a request; false when somebody has it or had it. A request never received is put on record. */
  claim(request: CommandRequest): Promise<boolean>;
  /** The right to answer a request; false when it is answered or being answered by another. */
  settle(requestId: string): Promise<boolean>;
  /**
   * The right to speak about an answer that was on its way at `before` (epoch ms) and whose end nobody saw; for one caller at a time.
   * "too early" while it may still be on its way: then somebody has to ask again.
   */
  doubt(requestId: string, before: number): Promise<"yours" | "too early" | "answered">;
  /** The answer is out. */
  close(requestId: string): Promise<void>;
  /** Requests that have no answer, for the sweep: those that moved on last between `after` and `before` (epoch ms), all unless told. */
  unfinished(when?: { readonly before?: number; readonly after?: number }): Promise<readonly Unfinished[]>;
};

const partition = "requests";

export function createLedger(store: ItemStore, now: () => number): Ledger {
  const keyOf = (id: string) => ({ partition, id });
  const expiry = () => now() + hours(24);
  const entry = (state: Entry["state"], request?: CommandRequest): Entry =>
    request === undefined ? { schema: 1, state, at: now() } : { schema: 1, state, request, at: now() };
  const find = async (id: string) => {
    const item = await store.get(keyOf(id));
    return item === undefined ? undefined : { entry: Entry.parse(item.value), version: item.version };
  };
  const move = async (id: string, from: readonly Entry["state"][], to: Entry["state"]): Promise<boolean> => {
    const found = await find(id);
    if (found === undefined || !from.includes(found.entry.state)) return false;
    const next = to === "answered" ? entry(to) : { ...found.entry, state: to, at: now() };
    return store.replace(keyOf(id), next, expiry(), found.version);
  };
  return {
    receive: (request) => store.create(keyOf(request.id), entry("received", request), expiry()),
    claim: async (request) =>
      (await store.create(keyOf(request.id), entry("running", request), expiry())) ||
      (await move(request.id, ["received"], "running")),
    settle: (requestId) => move(requestId, ["received", "running"], "answering"),
    async doubt(requestId, before) {
      const found = await find(requestId);
      if (found === undefined || found.entry.state === "answered") return "answered";
      if (found.entry.state !== "answering" || found.entry.at > before) return "too early";
      const won = await store.replace(keyOf(requestId), { ...found.entry, at: now() }, expiry(), found.version);
      return won ? "yours" : "too early";
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
