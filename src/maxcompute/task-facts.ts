import type { JsonObject } from "./json.ts";

/** What MaxCompute tells of a task in depth. A fact the service left out, or that cannot be read, is undefined. */

export type TaskSummary = {
  /** For people, in several lines. */
  readonly text?: string | undefined;
  /** As the service has it; an integer beyond 2^53 is the text of its digits. */
  readonly json: JsonObject;
  /** Whether it can no longer change; undefined when the service does not say. */
  readonly finalized?: boolean | undefined;
};

/** What a task used. A count beyond 2^53 is undefined here; the summary's JSON has its digits. */
export type TaskCost = {
  /** In hundredths of a core-second: 120 is 1.2 core·s (protocol section 7.3). */
  readonly cpu?: number | undefined;
  /** In megabyte seconds. */
  readonly memory?: number | undefined;
  /** In bytes. */
  readonly input?: number | undefined;
};

export type Worker = {
  readonly id?: string | undefined;
  /** What `getWorkerLog` asks for. */
  readonly logId?: string | undefined;
  /** The name of the stage it works for, such as "M1". */
  readonly type?: string | undefined;
  readonly status?: string | undefined;
  /** Epoch milliseconds. */
  readonly startTime?: number | undefined;
  /** Epoch milliseconds. */
  readonly endTime?: number | undefined;
  /** The machine, as `IpAndPath` has it. */
  readonly address?: string | undefined;
  readonly inputBytes?: number | undefined;
  readonly inputRecords?: number | undefined;
  readonly outputBytes?: number | undefined;
  readonly outputRecords?: number | undefined;
};

export type SourceTask = {
  /** The kind of task, such as "SQL" or "SQLCost". */
  readonly type: string;
  readonly name: string;
  /** As it was submitted. */
  readonly query?: string | undefined;
  /** The flags it was submitted with, such as `odps.sql.submit.mode`. */
  readonly settings: Readonly<Record<string, string>>;
};

/** What was submitted. */
export type InstanceSource = {
  readonly jobName?: string | undefined;
  /** 0 is the highest, 9 the lowest and what holds when none was given. */
  readonly priority: number;
  /** The submitter's own id against submitting twice. */
  readonly uniqueId?: string | undefined;
  readonly tasks: readonly SourceTask[];
};
