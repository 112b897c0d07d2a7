// A watch: one instance, followed in one channel. All of it is stored as one item, its outbox included, so that one conditional
// write commits what was seen together with what is to be told about it.
import * as z from "zod/mini";
import { Announcement, Outcome } from "./announcement.ts";
import { Acked, Counts, Face } from "./face.ts";
import { Stop } from "./stop.ts";
import { minutes } from "./time.ts";

export const Options = z.object({
  /** Deadline, epoch ms. */
  by: z.optional(z.number()),
  /** Without a record moved for so long it is stuck, ms. Default 30 min. */
  stuckMs: z.optional(z.number()),
  /** Waiting for longer is told, ms. Default 5 min. */
  queueMs: z.optional(z.number()),
  /** Against the same job's history. */
  slow: z.optional(z.literal("p90")),
  /** Nothing is broadcast to the channel. */
  quiet: z.optional(z.boolean()),
  /** The end is told to whoever started the watch, too. */
  dm: z.optional(z.boolean()),
  /** Where it succeeds they get its rows instead, by somebody else's hand: that says its end, too. */
  rows: z.optional(z.boolean()),
});
export type Options = z.infer<typeof Options>;

export const defaultStuckMs = minutes(30);
export const defaultQueueMs = minutes(5);

/** What of the looks so far the rules need to remember. It is not rewritten while nothing changes: `at` is the last change. */
export const Seen = z.object({
  at: z.number(),
  outcome: Outcome,
  startTime: z.optional(z.number()),
  endTime: z.optional(z.number()),
  /** It has left the queue. */
  begun: z.boolean(),
  percent: z.optional(z.number()),
  stage: z.optional(z.string()),
  workers: z.optional(z.number()),
  position: z.optional(z.number()),
  subs: z.optional(Counts),
  isXflow: z.optional(z.boolean()),
  jobName: z.optional(z.string()),
  /** Names of stages (of an XFlow: of sub-instances). */
  running: z.array(z.string()),
  done: z.array(z.string()),
  failed: z.array(z.string()),
  /** Runs of each task that has run more than once. */
  attempts: z.record(z.string(), z.number()),
  /** Records read and written, and when they were last seen to change. */
  records: z.number(),
  movedAt: z.number(),
  /** No records have moved since (epoch ms), and that is told. */
  stuckSince: z.optional(z.number()),
  /** What the card says of the deadline before it has passed. */
  isLate: z.optional(z.boolean()),
});
export type Seen = z.infer<typeof Seen>;

export const Entry = z.object({
  announcement: Announcement,
  /** Somebody was about to tell it: whoever finds it cannot know whether it was told. */
  tried: z.boolean(),
  /** How many answers to it were lost. */
  lost: z.number(),
});
export type Entry = z.infer<typeof Entry>;

/** An instance that does not show itself. Missing has to be seen several times before it is believed. */
const Trouble = z.object({ kind: z.enum(["missing", "forbidden"]), since: z.number(), sightings: z.number() });

export const Watch = z.object({
  schema: z.literal(1),
  /** `team/connection/project/instance/channel`. */
  id: z.string(),
  team: z.string(),
  connection: z.string(),
  project: z.string(),
  instanceId: z.string(),
  /** `ts` once the card is posted. */
  thread: z.object({ channel: z.string(), ts: z.optional(z.string()) }),
  startedBy: z.string(),
  startedAt: z.number(),
  /** "opening" until MaxCompute has answered once. "done" watches live on while their outbox is not empty. */
  state: z.enum(["opening", "active", "done"]),
  options: Options,
  /** Only these are told, and a card is opened with the first of them: a subscription's. All when absent. */
  only: z.optional(z.array(z.enum(["failed", "slow", "done", "stuck"]))),
  seen: z.optional(Seen),
  trouble: z.optional(Trouble),
  /** What the card said last, and when it was last changed (epoch ms). */
  face: z.optional(Face),
  faceAt: z.number(),
  /** Until then (epoch ms) nothing but its end is told; who takes care of its failure; and its last stop. Written by people, never by the engine. */
  snoozedUntil: z.optional(z.number()),
  acked: z.optional(Acked),
  stop: z.optional(Stop),
  /** A listing does not have it though it lives: it is always asked for itself. */
  alone: z.optional(z.boolean()),
  outbox: z.array(Entry),
  /** Keys of all that was told, or given up. */
  told: z.array(z.string()),
  /** Replies about progress so far. */
  posts: z.number(),
  /** Fencing token of whoever wrote last. */
  fence: z.number(),
  /** Grows with every write. */
  version: z.number(),
});
export type Watch = z.infer<typeof Watch>;

export type Place = { readonly team: string; readonly connection: string; readonly project: string };

export const groupIdOf = ({ team, connection, project }: Place): string => `${team}/${connection}/${project}`;
export const watchIdOf = (place: Place & { readonly instanceId: string; readonly channel: string }): string =>
  `${groupIdOf(place)}/${place.instanceId}/${place.channel}`;

/** The instance in a watch's id. */
export const instanceOf = (watchId: string): string => watchId.split("/")[3] ?? "";

type Wanted = Place & {
  readonly instanceId: string;
  readonly channel: string;
  readonly startedBy: string;
  readonly options?: Options;
  readonly only?: Watch["only"];
  readonly stop?: Stop;
};

/** A watch whose first entry opens its card; one of a subscription opens it when there is something to tell. */
export function newWatch(wanted: Wanted, now: number): Watch {
  const { team, connection, project, instanceId, channel, startedBy, options = {}, only, stop } = wanted;
  const face: Face = { word: "OPENING" };
  const opened: Entry = {
    announcement: { kind: "opened", key: "card:opened", at: now, to: "card", face },
    tried: false,
    lost: 0,
  };
  return {
    schema: 1,
    id: watchIdOf(wanted),
    team,
    connection,
    project,
    instanceId,
    thread: { channel },
    startedBy,
    startedAt: now,
    state: "opening",
    options,
    ...(only === undefined ? { face } : { only }),
    ...(stop === undefined ? {} : { stop }),
    faceAt: now,
    outbox: only === undefined ? [opened] : [],
    told: [],
    posts: 0,
    fence: 0,
    version: 0,
  };
}
