// A dangerous command is prepared by one request and carried out by another: what stands between them is an intent, stored,
// one-use and short-lived. A button carries only its id, and typed text can never carry one.
import * as z from "zod/mini";
import { Caller } from "./request.ts";
import type { ItemStore } from "./store.ts";
import { hours, minutes } from "./store.ts";

export const intentLives = minutes(10);

const Draft = z.object({
  verb: z.literal("stop"),
  requester: Caller,
  channel: z.string(),
  project: z.string(),
  instanceId: z.string(),
  reason: z.optional(z.string()),
  /** Hash of what the person was shown when asked. */
  shown: z.string(),
});
export type IntentDraft = z.infer<typeof Draft>;

const Intent = z.object({
  schema: z.literal(1),
  draft: Draft,
  expiresAt: z.number(),
  state: z.enum(["pending", "executing", "done", "cancelled"]),
  decidedAt: z.optional(z.number()),
});
export type Intent = z.infer<typeof Intent>;

export type Decision =
  | { readonly kind: "yours"; readonly intent: Intent }
  | { readonly kind: "expired" }
  | { readonly kind: "used"; readonly intent: Intent }
  | { readonly kind: "foreign"; readonly intent: Intent };

export type Intents = {
  /** Stores a draft and answers its id and expiry. */
  prepare(draft: IntentDraft): Promise<{ readonly intentId: string; readonly expiresAt: number }>;
  /** One conditional update decides: of any number of presses exactly one gets `yours`. */
  decide(intentId: string, press: "run" | "cancel", presser: Caller): Promise<Decision>;
  /** What an intent is about, whatever became of it; undefined when it is unknown. */
  draftOf(intentId: string): Promise<IntentDraft | undefined>;
  /** Marks an intent that was carried out. */
  finish(intentId: string): Promise<void>;
};

export function createIntents(store: ItemStore, now: () => number, newId: () => string): Intents {
  const keyOf = (intentId: string) => ({ partition: `intent/${intentId}`, id: "intent" });
  // Kept for a day behind its expiry, so that an old button still gets a true answer.
  const kept = (intent: Intent) => intent.expiresAt + hours(24);
  const find = async (intentId: string) => {
    const item = await store.get(keyOf(intentId));
    return item === undefined ? undefined : { intent: Intent.parse(item.value), version: item.version };
  };
  return {
    async prepare(draft) {
      const intentId = newId();
      const intent: Intent = { schema: 1, draft, expiresAt: now() + intentLives, state: "pending" };
      if (!(await store.create(keyOf(intentId), intent, kept(intent)))) throw new Error("an intent id was used twice");
      return { intentId, expiresAt: intent.expiresAt };
    },
    async decide(intentId, press, presser) {
      const found = await find(intentId);
      if (found === undefined) return { kind: "expired" };
      const { intent, version } = found;
      const { requester } = intent.draft;
      if (requester.team !== presser.team || requester.user !== presser.user) return { kind: "foreign", intent };
      if (intent.state !== "pending") return { kind: "used", intent };
      if (intent.expiresAt <= now()) return { kind: "expired" };
      const decided: Intent = { ...intent, state: press === "run" ? "executing" : "cancelled", decidedAt: now() };
      const won = await store.replace(keyOf(intentId), decided, kept(intent), version);
      return won ? { kind: "yours", intent: decided } : { kind: "used", intent: (await find(intentId))?.intent ?? intent };
    },
    draftOf: async (intentId) => (await find(intentId))?.intent.draft,
    async finish(intentId) {
      const found = await find(intentId);
      if (found === undefined) return;
      await store.replace(keyOf(intentId), { ...found.intent, state: "done" }, kept(found.intent), found.version);
    },
  };
}
