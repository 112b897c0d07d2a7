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
  /** Rows of a scenario's result that takes a number of them. */
  rows: z.int().min(0).max(1_000_000_000).optional(),
});

export type InstanceRecord = Readonly<z.infer<typeof instanceRecord>>;
