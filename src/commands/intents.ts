// A dangerous command is prepared by one request and carried out by another: what stands between them is an intent, stored,
// one-use and short-lived. A button carries only its id, and typed text can never carry one.
import * as z from "zod/mini";
import { Caller } from "./request.ts";
import { Because, Estimate, Job } from "./running/job.ts";
import type { ItemStore } from "./store.ts";
import { hours, minutes } from "./store.ts";

/** From the question to the press, and again from there to what a second person says to it. */
export const intentLives = minutes(10);

const common = {
  requester: Caller,
  channel: z.string(),
  thread: z.optional(z.string()),
  /** Asked where nobody else reads. */
  direct: z.boolean(),
  project: z.string(),
  /** How it is confirmed: by a press, by a press and typing the end of the id, or by a press and a second person. */
  needs: z.enum(["press", "typed", "approval"]),
  reason: z.optional(z.string()),
  /** Hash of what the person was shown when asked. */
  shown: z.string(),
};
/** What whoever asked was shown of the instance, for who decides about it. */
const StopFacts = z.object({
  owner: z.optional(z.string()),
  startTime: z.optional(z.number()),
  percent: z.optional(z.number()),
  cost: z.optional(z.number()),
  watchers: z.object({ people: z.array(z.string()), channels: z.number() }),
  seenAt: z.number(),
});
const StopDraft = z.object({ verb: z.literal("stop"), ...common, instanceId: z.string(), facts: z.optional(StopFacts) });
export type StopDraft = z.infer<typeof StopDraft>;

const RunDraft = z.object({
  verb: z.enum(["run", "rerun", "pai"]),
  ...common,
  job: Job,
  /** Rows that are read back. */
  limit: z.number(),
  timeoutMs: z.number(),
  /** The most that the service may let it cost, as the person wants it. */
  maxCost: z.optional(z.number()),
  estimate: z.optional(Estimate),
  /** Why a second person has to approve it; none when a press is enough. */
  because: z.array(Because),
});
export type RunDraft = z.infer<typeof RunDraft>;

const Draft = z.discriminatedUnion("verb", [StopDraft, RunDraft]);
export type IntentDraft = z.infer<typeof Draft>;

/** The public card on which a second person decides. */
const Card = z.object({ channel: z.string(), ts: z.string() });
export type Card = z.infer<typeof Card>;

const Stored = z.object({
  schema: z.literal(2),
  draft: Draft,
  expiresAt: z.number(),
  /** awaiting: the requester has pressed, and a second person has to decide. */
  state: z.enum(["pending", "awaiting", "executing", "done", "cancelled", "denied", "expired"]),
  decidedAt: z.optional(z.number()),
  /** The second person. */
  decidedBy: z.optional(Caller),
  /** The request that decided. */
  decidedIn: z.optional(z.string()),
  card: z.optional(Card),
});
/** What was prepared, and what became of it. */
export type Intent<D extends IntentDraft = IntentDraft> = Omit<z.infer<typeof Stored>, "draft"> & { readonly draft: D };

export type Press = "run" | "cancel" | "approve" | "deny";

export type Decision =
  /** This press has decided; the intent says how. */
  | { readonly kind: "yours"; readonly intent: Intent }
  | { readonly kind: "expired"; readonly intent?: Intent }
  | { readonly kind: "used"; readonly intent: Intent }
  /** Only the requester can press this. */
  | { readonly kind: "foreign"; readonly intent: Intent }
  /** Only somebody else can: the requester asked for it. */
  | { readonly kind: "own"; readonly intent: Intent };

export type Intents = {
  /** Stores a draft and answers its id and expiry. */
  prepare(draft: IntentDraft): Promise<{ readonly intentId: string; readonly expiresAt: number }>;
  /** One conditional update decides: of any number of presses exactly one gets `yours`. */
  decide(intentId: string, press: Press, presser: Caller, requestId?: string): Promise<Decision>;
  /** What an intent is about, whatever became of it; undefined when it is unknown. */
  draftOf(intentId: string): Promise<IntentDraft | undefined>;
  /** Where the card of an awaited decision is. */
  posted(intentId: string, card: Card): Promise<void>;
  /** Marks an intent that was carried out. */
  finish(intentId: string): Promise<void>;
  /**
   * Decisions whose card may not say how they came out, until they are `closed`: nobody decided in time, or somebody did and may have died
   * before the card was drawn, or in the middle of what was decided ("executing").
   */
  overdue(): Promise<readonly { readonly intentId: string; readonly intent: Intent }[]>;
  /** The card says it, or never will. */
  closed(intentId: string): Promise<void>;
};

const awaited = "approvals";
/** Whoever carries an intent out is at it for no longer (a worker's time-out is half of it). */
const carriedOutWithin = minutes(2);

const isBy = (caller: Caller, intent: Intent): boolean =>
  intent.draft.requester.team === caller.team && intent.draft.requester.user === caller.user;

/** It waits for somebody else to decide, and no card of it came to be known while its worker may have lived. */
const isUnseen = ({ state, card, expiresAt }: Intent, now: number): boolean =>
  state === "awaiting" && card === undefined && expiresAt - intentLives + carriedOutWithin <= now;

/** What a press makes of an intent, or why it makes nothing of it. */
function pressed(
  intent: Intent,
  { press, presser, requestId }: { readonly press: Press; readonly presser: Caller; readonly requestId?: string | undefined },
  now: number,
): Intent | Exclude<Decision, { kind: "yours" }> {
  const isMine = isBy(presser, intent);
  const isFirst = press === "run" || press === "cancel";
  if (isFirst && !isMine) return { kind: "foreign", intent };
  if (press === "approve" && isMine) return { kind: "own", intent };
  // Whoever was to post its card died before it could be known: it is asked for anew, for nobody else may have seen it.
  if (press === "run" && isUnseen(intent, now)) return { ...intent, expiresAt: now + intentLives };
  if (intent.state !== (isFirst ? "pending" : "awaiting")) return { kind: "used", intent };
  if (intent.expiresAt <= now) return { kind: "expired", intent };
  const decided = { ...intent, decidedAt: now, ...(requestId === undefined ? {} : { decidedIn: requestId }) };
  switch (press) {
    case "run":
      if (intent.draft.needs === "approval") return { ...intent, state: "awaiting", expiresAt: now + intentLives };
      return { ...decided, state: "executing" };
    case "cancel":
      return { ...decided, state: "cancelled" };
    case "approve":
      return { ...decided, state: "executing", decidedBy: presser };
    case "deny":
      // Whoever asked takes it back.
      return isMine ? { ...decided, state: "cancelled" } : { ...decided, state: "denied", decidedBy: presser };
    default:
      return press satisfies never;
  }
}

/** What of an awaited decision is to be said by whoever sweeps. */
function dueAs(intent: Intent, now: number): Intent | "not yet" | "never" {
  switch (intent.state) {
    case "awaiting":
      return intent.expiresAt <= now ? { ...intent, state: "expired" } : "not yet";
    case "executing":
      return (intent.decidedAt ?? 0) + carriedOutWithin <= now ? intent : "not yet";
    case "expired":
    case "denied":
    case "cancelled":
      return intent;
    // Its press is under way; or all of it is over.
    case "pending":
      return "not yet";
    case "done":
      return "never";
    default:
      return intent.state satisfies never;
  }
}

export function createIntents(store: ItemStore, now: () => number, newId: () => string): Intents {
  const keyOf = (intentId: string) => ({ partition: `intent/${intentId}`, id: "intent" });
  const pointerOf = (intentId: string) => ({ partition: awaited, id: intentId });
  // Kept for a day behind its expiry, so that an old button still gets a true answer.
  const kept = (intent: Intent) => intent.expiresAt + hours(24);
  const find = async (intentId: string) => {
    const item = await store.get(keyOf(intentId));
    // What an earlier release asked about has to be asked again.
    const { data } = item === undefined ? {} : z.safeParse(Stored, item.value);
    return item === undefined || data === undefined ? undefined : { intent: data, version: item.version };
  };
  const point = (intentId: string, expiresAt: number) => store.put(pointerOf(intentId), { schema: 1 }, expiresAt + hours(24));
  const unpoint = (intentId: string) => store.put(pointerOf(intentId), { schema: 1 }, now() - minutes(5));

  return {
    async prepare(draft) {
      const intentId = newId();
      const intent: Intent = { schema: 2, draft, expiresAt: now() + intentLives, state: "pending" };
      if (!(await store.create(keyOf(intentId), intent, kept(intent)))) throw new Error("an intent id was used twice");
      return { intentId, expiresAt: intent.expiresAt };
    },
    async decide(intentId, press, presser, requestId) {
      const found = await find(intentId);
      if (found === undefined) return { kind: "expired" };
      const next = pressed(found.intent, { press, presser, requestId }, now());
      if ("kind" in next) return next;
      // Found by whoever sweeps, before it can be forgotten.
      if (next.state === "awaiting") await point(intentId, next.expiresAt);
      const won = await store.replace(keyOf(intentId), next, kept(next), found.version);
      return won ? { kind: "yours", intent: next } : { kind: "used", intent: (await find(intentId))?.intent ?? found.intent };
    },
    draftOf: async (intentId) => (await find(intentId))?.intent.draft,
    async posted(intentId, card) {
      // Somebody may press before this is written: then theirs is read again.
      for (let tries = 0; tries < 10; tries += 1) {
        const found = await find(intentId);
        if (found === undefined) return;
        if (await store.replace(keyOf(intentId), { ...found.intent, card }, kept(found.intent), found.version)) return;
      }
    },
    async finish(intentId) {
      const found = await find(intentId);
      if (found === undefined) return;
      await store.replace(keyOf(intentId), { ...found.intent, state: "done" }, kept(found.intent), found.version);
      if (found.intent.draft.needs === "approval") await unpoint(intentId);
    },
    async overdue() {
      const pointers = await store.list(awaited, { limit: 1_000 });
      const over: { intentId: string; intent: Intent }[] = [];
      for (const { key } of pointers) {
        const found = await find(key.id);
        if (found === undefined) continue;
        const { intent, version } = found;
        const next = dueAs(intent, now());
        if (next === "not yet") continue;
        if (next === "never") await unpoint(key.id);
        // Somebody decides at this moment: then it is theirs to say.
        else if (next === intent || (await store.replace(keyOf(key.id), next, kept(intent), version)))
          over.push({ intentId: key.id, intent: next });
      }
      return over;
    },
    async closed(intentId) {
      const found = await find(intentId);
      if (found?.intent.state === "executing")
        await store.replace(keyOf(intentId), { ...found.intent, state: "done" }, kept(found.intent), found.version);
      await unpoint(intentId);
    },
  };
}
