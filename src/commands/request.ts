// A command on its way: what a person asked, who and where they are, and how they can be answered.
import * as z from "zod/mini";

const Text = z.string().check(z.maxLength(8_000));
const Id = z.string().check(z.minLength(1), z.maxLength(255));

export const Caller = z.object({ team: Id, user: Id });
/** A person of one workspace; ids are unique only together. */
export type Caller = z.infer<typeof Caller>;

/** A form that was opened, or may have been. */
export const OpenedForm = z.object({
  /** Given to it when it was opened: it can be found by this even when nobody heard whether that worked. */
  name: Id,
  /** The platform's own id of it, and of what it shows; absent when its answer did not come in time. */
  id: z.optional(Id),
  hash: z.optional(Id),
});
export type OpenedForm = z.infer<typeof OpenedForm>;

export const ReplyTo = z.object({
  channel: Id,
  /** Set when the person wrote in a thread, or clicked in one. */
  thread: z.optional(Id),
  /** The conversation is between this person and the bot alone: replies there are private by themselves. */
  direct: z.boolean(),
  /** Where the platform takes private answers for a while (Slack: 5 uses in 30 minutes). A secret. */
  responseUrl: z.optional(z.string().check(z.maxLength(2_000))),
  /** The clicked message is private and may be replaced through responseUrl. */
  replaceable: z.boolean(),
  /** The answer is awaited in a form. */
  form: z.optional(OpenedForm),
});
export type ReplyTo = z.infer<typeof ReplyTo>;

export const Ask = z.discriminatedUnion("kind", [
  /** Typed words. */
  z.object({
    kind: z.literal("text"),
    text: Text,
    /** Its end is missing: it was longer than what is taken. */
    isCut: z.optional(z.boolean()),
  }),
  /**
   * A harmless button: an opaque stored reference, and the verb when it is an instance's. With flags, as if they were typed behind it: what
   * came back in the form of that name.
   */
  z.object({
    kind: z.literal("ref"),
    ref: Id,
    verb: z.optional(Id),
    flags: z.optional(z.record(Id, z.string().check(z.maxLength(3_000)))),
  }),
  /** A button of a stored intent. */
  z.object({
    kind: z.literal("intent"),
    intentId: Id,
    /** type: opens the form in which something is typed to confirm; it comes back as a run. */
    press: z.enum(["run", "cancel", "approve", "deny", "type"]),
    typed: z.optional(z.string().check(z.maxLength(100))),
  }),
  /** Nothing was asked: a message shows links that open these instances for everybody who reads it. Without the links. */
  z.object({
    kind: z.literal("exposed"),
    instances: z.array(z.object({ instanceId: Id, project: z.optional(Id) })).check(z.maxLength(5)),
  }),
]);
export type Ask = z.infer<typeof Ask>;

export const CommandRequest = z.object({
  schema: z.literal(1),
  /** Shown to people as the error id, and in every log line of this request. */
  id: Id,
  ask: Ask,
  caller: Caller,
  replyTo: ReplyTo,
  /** "job": nobody asked now; what somebody ran has ended, and they have its rows to come. */
  origin: z.enum(["slash", "mention", "direct", "button", "form", "link", "job"]),
  requestedAt: z.number(),
  /** By how many secrets the door knows its platform: two while one is rotated. Absent where nothing is signed, or nobody counted. */
  signingSecrets: z.optional(z.number()),
});
export type CommandRequest = z.infer<typeof CommandRequest>;

/** Others have to hear of what a pressed button changed. */
export const isAct = ({ ask }: CommandRequest): boolean =>
  ask.kind === "intent" && (ask.press === "run" || ask.press === "approve");

/** Carries a request to whoever runs it. Resolves once it cannot be lost any more; throws when that is not sure. */
export type CommandQueue = { send(request: CommandRequest): Promise<void> };

/** Carries a request whose files are still to be sent to whoever sends them. Delivered at least once. */
export type TransferQueue = { start(request: CommandRequest): Promise<void> };
