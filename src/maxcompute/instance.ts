/** What the client hands out. Times are epoch milliseconds; a field the service left out is undefined. */

/** Kept as the service spells it, so a status added tomorrow is shown by its own name. "Unknown" when a listing left it out. */
export type InstanceStatus = "Running" | "Suspended" | "Terminated" | (string & {});

/** Upper case, whatever the service sent; "UNKNOWN" when it sent nothing. */
export type TaskStatus = "WAITING" | "RUNNING" | "SUCCESS" | "FAILED" | "SUSPENDED" | "CANCELLED" | (string & {});

export type Instance = {
  readonly id: string;
  readonly project: string;
  /** For example `ALIYUN$alice@example.com`. */
  readonly owner?: string | undefined;
  readonly status: InstanceStatus;
  readonly startTime?: number | undefined;
  readonly endTime?: number | undefined;
};

/** One row of a listing: the same facts as `Instance`. */
export type InstanceSummary = Instance;

export type Task = {
  readonly name: string;
  /** For example "SQL", "SQLCost", "XFlow"; "UNKNOWN" when the service left it out. */
  readonly type: string;
  readonly status: TaskStatus;
  readonly startTime?: number | undefined;
  readonly endTime?: number | undefined;
  /** Earlier runs of the same task, which failed and were repeated; undefined when the service tells of none. */
  readonly histories?: readonly Task[] | undefined;
};

export type StageProgress = {
  readonly name: string;
  /** READY, WAITING, RUNNING, SUSPENDED, FAILED, TERMINATED, CANCELLED, CANCELLING, or something else. */
  readonly status?: string | undefined;
  readonly totalWorkers?: number | undefined;
  readonly runningWorkers?: number | undefined;
  readonly terminatedWorkers?: number | undefined;
  readonly backupWorkers?: number | undefined;
  readonly inputRecords?: number | undefined;
  readonly outputRecords?: number | undefined;
  /** 0 to 100. */
  readonly finishedPercentage?: number | undefined;
};

export type TaskProgress = { readonly stages: readonly StageProgress[] };

export type ResultColumn = { readonly name: string; readonly type: string };

/** What the service says about an inline result: "NO" = none, "TRUNCATED" = cut, anything else = complete. */
export type ResultDescriptor = {
  readonly isSelect?: boolean | undefined;
  readonly selectResultStatus?: string | undefined;
  readonly columns?: readonly ResultColumn[] | undefined;
};

export type TaskResult = {
  readonly taskName: string;
  readonly format: "csv" | "text" | (string & {});
  /** CSV or text when the task succeeded; the error text when it failed (see `parseTaskError`). */
  readonly text: string;
  readonly status?: TaskStatus | undefined;
  readonly descriptor?: ResultDescriptor | undefined;
};

export type Logview = { readonly url: string; readonly expiresAt: number };
export type JobInsight = { readonly url: string };
