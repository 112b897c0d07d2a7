// What is submitted: a statement that was checked, or an XFlow. Stored in the intent, so that what runs is what was shown.
import * as z from "zod/mini";
import { shortHash } from "../ids.ts";

const Sql = z.object({
  kind: z.literal("sql"),
  /** Of `checkSql`, never the text that was typed. */
  statement: z.string(),
  /** In capitals. */
  verb: z.string(),
  isReading: z.boolean(),
  /** What the SET lines set; the walls come behind it when it is submitted. */
  settings: z.record(z.string(), z.string()),
});
export type SqlJob = z.infer<typeof Sql>;

const Xflow = z.object({
  kind: z.literal("xflow"),
  name: z.string(),
  /** The project that keeps its definition. */
  from: z.optional(z.string()),
  parameters: z.record(z.string(), z.string()),
});
export type XflowJob = z.infer<typeof Xflow>;

export const Job = z.discriminatedUnion("kind", [Sql, Xflow]);
export type Job = z.infer<typeof Job>;

/** Gigabytes read times complexity, as the service meters SQL; a gigabyte is 2^30 bytes. Absent where it did not say. */
export const Estimate = z.object({ bytes: z.number(), complexity: z.number(), amount: z.number() });
export type Estimate = z.infer<typeof Estimate>;

/** Why a second person is asked. */
export const Because = z.enum(["production", "unknown", "over-budget", "xflow"]);
export type Because = z.infer<typeof Because>;

/** What of it cannot be told apart from a job that reads: an XFlow writes its tables. */
export const isReading = (job: Job): boolean => job.kind === "sql" && job.isReading;

type Limits = { readonly limit: number; readonly timeoutMs: number; readonly maxCost?: number | undefined };

/** Changes with anything that was shown to whoever confirms. */
export const jobHash = (project: string, job: Job, limits: Limits): string =>
  shortHash(JSON.stringify([project, entriesOf(job), limits.limit, limits.timeoutMs, limits.maxCost ?? null]), 16);

/** A store may give the fields of a record back in another order. */
const entriesOf = (job: Job): unknown =>
  job.kind === "sql"
    ? [job.kind, job.statement, job.verb, job.isReading, Object.entries(job.settings).sort()]
    : [job.kind, job.name, job.from ?? null, Object.entries(job.parameters).sort()];
