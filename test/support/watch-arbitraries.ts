// Everything a watch may have to say, full of text that somebody made up to do harm.
import fc from "fast-check";
import type { Announcement, Face, Failure, Farewell, Forecast, Held, Notice, Summary, Watch } from "../../src/watch/index.ts";
import { hostileText, number, outcome, person, time } from "./arbitraries.ts";

const names = fc.array(hostileText, { maxLength: 8 });
const forecast: fc.Arbitrary<Forecast> = fc.record({ from: time, likely: time, to: time });
const failure = fc.record(
  { taskName: hostileText, code: hostileText, message: hostileText, cause: hostileText, next: hostileText },
  { requiredKeys: ["taskName", "message"] },
) satisfies fc.Arbitrary<Failure>;
const streak = fc.record(
  { failuresInRow: number, sameError: number, lastOkAt: time },
  { requiredKeys: ["failuresInRow", "sameError"] },
);
const counts = fc.record({ waiting: number, running: number, done: number, failed: number });

export const face: fc.Arbitrary<Face> = fc.record(
  {
    word: fc.constantFrom(
      "OPENING",
      "WAITING",
      "RUNNING",
      "STOPPING",
      "SUSPENDED",
      "SUCCESS",
      "FAILED",
      "CANCELLED",
      "UNKNOWN",
      "FORBIDDEN",
      "GONE",
    ),
    percent: number,
    stage: hostileText,
    workers: number,
    subs: counts,
    position: number,
    forecast,
    by: time,
    deadline: fc.constantFrom("on track", "late", "missed", "met"),
    stuckSince: time,
    silentSince: time,
    every: number,
    failure,
    streak,
    acked: fc.record({ by: person, at: time }),
    stop: fc.record({ by: person, at: time, reason: hostileText, approvedBy: person }, { requiredKeys: ["by", "at"] }),
    isUnstopped: fc.boolean(),
  },
  { requiredKeys: ["word"] },
);

const told = { key: hostileText, at: time, to: fc.constantFrom("thread", "owner") };
const needed = ["kind", "key", "at", "to"] as const;
const onCard = { key: hostileText, at: time, to: fc.constant("card"), face };

/** One arbitrary a kind of announcement. */
export const announcements: {
  readonly [Kind in Announcement["kind"]]: fc.Arbitrary<Extract<Announcement, { kind: Kind }>>;
} = {
  opened: fc.record({ kind: fc.constant("opened"), ...onCard }),
  card: fc.record({ kind: fc.constant("card"), ...onCard }),
  queued: fc.record(
    { kind: fc.constant("queued"), ...told, waitedMs: number, position: number, length: number },
    { requiredKeys: [...needed, "waitedMs"] },
  ),
  started: fc.record({ kind: fc.constant("started"), ...told, waitedMs: number }),
  milestone: fc.record(
    { kind: fc.constant("milestone"), ...told, percent: number, forecast },
    { requiredKeys: [...needed, "percent"] },
  ),
  stage: fc.record(
    {
      kind: fc.constant("stage"),
      ...told,
      unit: fc.constantFrom("stage", "sub-instance"),
      done: names,
      failed: names,
      started: fc.array(fc.record({ name: hostileText, workers: number }, { requiredKeys: ["name"] }), { maxLength: 8 }),
      percent: number,
    },
    { requiredKeys: [...needed, "unit", "done", "failed", "started"] },
  ),
  retried: fc.record({ kind: fc.constant("retried"), ...told, task: hostileText, attempt: number }),
  late: fc.record({ kind: fc.constant("late"), ...told, by: time, forecast }),
  deadline: fc.record(
    { kind: fc.constant("deadline"), ...told, by: time, percent: number, endedAt: time },
    { requiredKeys: [...needed, "by"] },
  ),
  stuck: fc.record(
    { kind: fc.constant("stuck"), ...told, since: time, stage: hostileText },
    { requiredKeys: [...needed, "since"] },
  ),
  slow: fc.record({ kind: fc.constant("slow"), ...told, runningMs: number, p90Ms: number }),
  unstopped: fc.record({ kind: fc.constant("unstopped"), ...told, askedAt: time, mention: person }),
  capped: fc.record({ kind: fc.constant("capped"), ...told }),
  finished: fc.record(
    {
      kind: fc.constant("finished"),
      ...told,
      outcome,
      startTime: time,
      endTime: time,
      failure,
      streak,
      by: time,
      mention: person,
    },
    { requiredKeys: [...needed, "outcome"] },
  ),
  missing: fc.record({ kind: fc.constant("missing"), ...told, since: time }),
  forbidden: fc.record({ kind: fc.constant("forbidden"), ...told, reason: hostileText }),
  permitted: fc.record({ kind: fc.constant("permitted"), ...told }),
  "channel-gone": fc.record({ kind: fc.constant("channel-gone"), ...told, reason: hostileText }),
};

/** A watch whose names are hostile; `seen` holds what a card reads of it. */
export const watch: fc.Arbitrary<Watch> = fc
  .record({
    id: hostileText,
    project: hostileText,
    instanceId: hostileText,
    channel: fc.oneof(fc.constant("C0GENERAL1"), hostileText),
    startedBy: person,
    seen: fc.option(
      fc.record({ startTime: time, endTime: time, jobName: hostileText, isXflow: fc.boolean() }, { requiredKeys: [] }),
      { nil: undefined },
    ),
  })
  .map(({ channel, seen, ...names }) => ({
    schema: 1 as const,
    team: "T1",
    connection: "main",
    thread: { channel, ts: "1.000001" },
    startedAt: 0,
    state: "active" as const,
    options: {},
    ...(seen === undefined
      ? {}
      : {
          seen: {
            at: 0,
            outcome: "running" as const,
            begun: true,
            running: [],
            done: [],
            failed: [],
            attempts: {},
            records: 0,
            movedAt: 0,
            ...seen,
          },
        }),
    faceAt: 0,
    outbox: [],
    told: [],
    posts: 0,
    fence: 0,
    version: 0,
    ...names,
  }));

export const notice: fc.Arbitrary<Notice> = fc.record(
  {
    key: hostileText,
    kind: fc.constantFrom("unreachable", "recovered"),
    channel: hostileText,
    since: time,
    until: time,
    tried: fc.boolean(),
    lost: fc.nat(),
  },
  { requiredKeys: ["key", "kind", "channel", "since", "tried", "lost"] },
);

export const farewell: fc.Arbitrary<Farewell> = fc
  .record({ key: hostileText, at: time, reason: hostileText, project: hostileText, channel: hostileText })
  .map(({ project, channel, ...rest }) => ({
    kind: "unsubscribed",
    ...rest,
    subscription: {
      schema: 1,
      ...{ id: "s1", team: "T1", connection: "main", project, channel, createdBy: "U1", createdAt: 0, on: ["failed", "slow"] },
    },
  }));

const held: fc.Arbitrary<Held> = fc.record(
  {
    schema: fc.constant(1),
    id: hostileText,
    team: fc.constant("T1"),
    channel: fc.constant("C1"),
    why: fc.constantFrom("quiet", "fold", "digest"),
    until: time,
    project: hostileText,
    instanceId: hostileText,
    jobName: hostileText,
    announcement: fc.oneof(announcements.finished, announcements.stuck, announcements.stage, announcements.queued),
  },
  {
    requiredKeys: ["schema", "id", "team", "channel", "why", "until", "project", "instanceId", "announcement"],
  },
);

export const summary: fc.Arbitrary<Summary> = fc.record({
  kind: fc.constant("summary"),
  key: hostileText,
  at: time,
  held: fc.array(held, { minLength: 1, maxLength: 130, size: "max" }),
});
