import { z } from "zod";

/** What is remembered of an instance; everything else follows from it and the time. Times are epoch milliseconds. */
export const instanceRecord = z.strictObject({
  id: z.string(),
  project: z.string(),
  scenario: z.string(),
  owner: z.string(),
  quota: z.string(),
  jobName: z.string(),
  /** 0 is the highest, 9 the lowest (protocol section 11). */
  priority: z.int().min(0).max(9),
  sql: z.string(),
  taskName: z.string().optional(),
  /** The caller's idempotency id. */
  guid: z.string().optional(),
  startedAt: z.number(),
  /** When an accepted stop takes effect. */
  stopAt: z.number().optional(),
  /** Overrides the length of the scenario's running part. */
  durationMs: z.number().positive().optional(),
  /** The settings of the task, as the JSON text they came in. */
  settings: z.string().optional(),
  /** It was over before its creation was answered. */
  isSync: z.boolean().optional(),
  /** What an XFlow was asked to run. */
  xflow: z
    .strictObject({ project: z.string(), name: z.string(), parameters: z.array(z.tuple([z.string(), z.string()])) })
    .optional(),
  /** When accepted stops of what runs below an XFlow take effect, by the path of their nodes. */
  nodeStops: z.record(z.string(), z.number()).optional(),
  /** Rows of a scenario's result that takes a number of them. */
  rows: z.int().min(0).max(1_000_000_000).optional(),
});

export type InstanceRecord = Readonly<z.infer<typeof instanceRecord>>;
