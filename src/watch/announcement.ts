// What the engine wants told, in no chat platform's words. The key is deterministic: a watch tells each once.
import * as z from "zod/mini";
import { Face, Forecast } from "./face.ts";
import { Failure, Streak } from "./failure.ts";

export const Outcome = z.enum(["running", "suspended", "success", "failed", "cancelled", "unknown"]);

const told = {
  key: z.string(),
  /** When it came to be (epoch ms), which is not when it is told. */
  at: z.number(),
  /** "card" posts or edits the card, "thread" replies to it, "owner" is a direct message to whoever started the watch. */
  to: z.enum(["card", "thread", "owner"]),
  /** The reply is shown in the channel too. */
  broadcast: z.optional(z.boolean()),
};
const started = z.object({ name: z.string(), workers: z.optional(z.number()) });

export const Announcement = z.discriminatedUnion("kind", [
  /** The card itself: the one post that everything else hangs on. */
  z.object({ kind: z.literal("opened"), ...told, face: Face }),
  /** An edit of the card: idempotent. `final` jumps the queue. */
  z.object({ kind: z.literal("card"), ...told, face: Face, final: z.optional(z.boolean()) }),
  z.object({
    kind: z.literal("queued"),
    ...told,
    waitedMs: z.number(),
    position: z.optional(z.number()),
    length: z.optional(z.number()),
  }),
  z.object({ kind: z.literal("started"), ...told, waitedMs: z.number() }),
  z.object({ kind: z.literal("milestone"), ...told, percent: z.number(), forecast: z.optional(Forecast) }),
  /** Stages, or the sub-instances of an XFlow, that changed their state at one look. */
  z.object({
    kind: z.literal("stage"),
    ...told,
    unit: z.enum(["stage", "sub-instance"]),
    done: z.array(z.string()),
    failed: z.array(z.string()),
    started: z.array(started),
    percent: z.optional(z.number()),
  }),
  /** A task failed and runs again: its `attempt`th run, from 2. */
  z.object({ kind: z.literal("retried"), ...told, task: z.string(), attempt: z.number() }),
  /** It will probably end after its deadline, which has not passed. */
  z.object({ kind: z.literal("late"), ...told, by: z.number(), forecast: Forecast }),
  /** The deadline passed and it had not ended. `endedAt` when it has by now. */
  z.object({
    kind: z.literal("deadline"),
    ...told,
    by: z.number(),
    percent: z.optional(z.number()),
    endedAt: z.optional(z.number()),
  }),
  z.object({ kind: z.literal("stuck"), ...told, since: z.number(), stage: z.optional(z.string()) }),
  /** It runs longer than 9 of 10 runs of the same job did. */
  z.object({ kind: z.literal("slow"), ...told, runningMs: z.number(), p90Ms: z.number() }),
  /** It was stopped (at `askedAt`, epoch ms), and runs on. */
  z.object({ kind: z.literal("unstopped"), ...told, askedAt: z.number(), mention: z.string() }),
  /** Further progress is in the card. */
  z.object({ kind: z.literal("capped"), ...told }),
  z.object({
    kind: z.literal("finished"),
    ...told,
    outcome: Outcome,
    startTime: z.optional(z.number()),
    endTime: z.optional(z.number()),
    failure: z.optional(Failure),
    streak: z.optional(Streak),
    /** The deadline it had to meet. */
    by: z.optional(z.number()),
    /** Whom to mention: only where somebody must act. */
    mention: z.optional(z.string()),
  }),
  /** MaxCompute no longer knows the instance: the watch ends. */
  z.object({ kind: z.literal("missing"), ...told, since: z.number() }),
  /** MaxCompute refuses to show the instance; and when it shows it again. */
  z.object({ kind: z.literal("forbidden"), ...told, reason: z.string() }),
  z.object({ kind: z.literal("permitted"), ...told }),
  /** The channel of the watch refuses posts for good: the watch ended. */
  z.object({ kind: z.literal("channel-gone"), ...told, reason: z.string() }),
]);
export type Announcement = z.infer<typeof Announcement>;
export type Kind = Announcement["kind"];

/** Can be told twice and nobody notices: no care is needed for a lost answer. */
export const isIdempotent = ({ kind }: Announcement): boolean => kind === "card";

/** A failure, a missed deadline or a stop that did nothing: quiet hours, folding and caps do not hold it. */
export const isUrgent = (announcement: Announcement): boolean =>
  announcement.kind === "deadline" ||
  announcement.kind === "unstopped" ||
  (announcement.kind === "finished" && announcement.outcome === "failed");

const endings: ReadonlySet<Kind> = new Set(["finished", "missing", "channel-gone"]);
export const isEnding = ({ kind }: Announcement): boolean => endings.has(kind);
