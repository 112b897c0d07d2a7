// Watches and announcements as a test of what people read needs them: ordinary ones, with only what matters said.
import type { Announcement, Face, Held, Watch } from "../../../src/watch/index.ts";
import { newWatch } from "../../../src/watch/index.ts";

const minute = 60_000;
/** When everything below came to be. */
export const announcedAt = Date.UTC(2026, 10, 22, 10, 13, 49);
export const startedAt = announcedAt - 12 * minute - 4_000;

export const theInstance = "20160519101349613gzbzufck2";

type Seen = NonNullable<Watch["seen"]>;
export const aSeen = (seen: Partial<Seen> = {}): Seen => ({
  at: announcedAt,
  outcome: "running",
  startTime: startedAt,
  begun: true,
  jobName: "etl_orders",
  running: ["R2"],
  done: ["M1"],
  failed: [],
  attempts: {},
  records: 0,
  movedAt: announcedAt,
  ...seen,
});

export const aToldWatch = (watch: Partial<Watch> & { readonly channel?: string } = {}): Watch => {
  const { channel = "C0GENERAL1", ...over } = watch;
  const place = { team: "T0ODPSSIM", connection: "main", project: "demo_project", instanceId: theInstance };
  return { ...newWatch({ ...place, channel, startedBy: "U0VIC0001" }, startedAt), seen: aSeen(), ...over };
};

export const aFace = (face: Partial<Face> = {}): Face => ({
  word: "RUNNING",
  percent: 63,
  stage: "R2",
  workers: 64,
  every: minute,
  ...face,
});

export const theFailure = {
  taskName: "etl_orders",
  code: "ODPS-0123144",
  message: "FAILED: ODPS-0123144 fuxi job failed: memory exceeded",
  cause: "A worker in R2 ran out of memory.",
  next: "Look for skewed keys in Logview, or give the stage more memory.",
};

type Finished = Extract<Announcement, { kind: "finished" }>;
export const aFinished = (finished: Partial<Finished> = {}): Finished => ({
  kind: "finished",
  key: "finished",
  at: announcedAt,
  to: "thread",
  outcome: "success",
  startTime: startedAt,
  endTime: announcedAt,
  ...finished,
});

export const aFailed = (finished: Partial<Finished> = {}): Finished =>
  aFinished({
    outcome: "failed",
    broadcast: true,
    mention: "U0VIC0001",
    failure: theFailure,
    streak: { failuresInRow: 3, sameError: 3, lastOkAt: announcedAt - 24 * 60 * minute },
    ...finished,
  });

export const opened = (face: Partial<Face> = {}): Announcement => ({
  kind: "opened",
  key: "card:opened",
  at: announcedAt,
  to: "card",
  face: aFace(face),
});

export const edited = (face: Partial<Face> = {}): Announcement => ({
  kind: "card",
  key: "card",
  at: announcedAt,
  to: "card",
  face: aFace(face),
});

export const aHeld = (held: Partial<Held> = {}): Held => ({
  schema: 1,
  id: "held-1",
  team: "T0ODPSSIM",
  channel: "C0GENERAL1",
  why: "fold",
  until: announcedAt,
  project: "demo_project",
  instanceId: theInstance,
  jobName: "etl_orders",
  announcement: aFinished(),
  ...held,
});
