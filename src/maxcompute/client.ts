import { type Api, createApi } from "./api.ts";
import { getInstance, instanceExists } from "./calls/instance.ts";
import { getJobInsight, getLogview, type LogviewOptions } from "./calls/links.ts";
import type { ListFilter } from "./calls/list-filter.ts";
import { listInstances } from "./calls/list-instances.ts";
import { getTaskResult, getTaskResults } from "./calls/results.ts";
import { estimateSqlCost, type SqlCost } from "./calls/sql-cost.ts";
import { stopInstance } from "./calls/stop.ts";
import { executeSql, runSql, runXflow } from "./calls/submit.ts";
import { getTaskNames, getTaskProgress, getTasks } from "./calls/tasks.ts";
import { waitForCompletion } from "./calls/wait.ts";
import { waitForSuccess } from "./calls/wait-for-success.ts";
import { type Connection, connectionFrom } from "./connection.ts";
import { MaxComputeError } from "./errors.ts";
import type { Instance, InstanceSummary, JobInsight, Logview, Task, TaskProgress, TaskResult } from "./instance.ts";
import type { MaxComputeOptions } from "./options.ts";
import type { SqlOptions } from "./submit/sql-document.ts";
import type { SubmittedInstance } from "./submit/submitted.ts";
import type { XflowOptions } from "./submit/xflow-document.ts";
import type { WaitOptions } from "./waiting/options.ts";

/** One project of MaxCompute. Every call throws MaxComputeError and nothing else; times are epoch milliseconds. */
export type MaxComputeClient = {
  readonly project: string;
  /** Every page, in the server's order. */
  listInstances(filter?: ListFilter): AsyncIterable<InstanceSummary>;
  /** No means that MaxCompute said so; any other failure is thrown. */
  instanceExists(id: string): Promise<boolean>;
  getInstance(id: string): Promise<Instance>;
  getTasks(id: string): Promise<readonly Task[]>;
  getTaskNames(id: string): Promise<readonly string[]>;
  getTaskProgress(id: string, taskName: string): Promise<TaskProgress>;
  /** Without a task name, the first task's. */
  getTaskResult(id: string, taskName?: string): Promise<TaskResult>;
  getTaskResults(id: string): Promise<Map<string, TaskResult>>;
  /** Throws "already-finished" for an instance that has ended. */
  stopInstance(id: string): Promise<void>;
  getLogview(id: string, options?: LogviewOptions): Promise<Logview>;
  getJobInsight(id: string): Promise<JobInsight | undefined>;
  // Waiting and submitting
  /** Until the instance has ended, however that was. */
  waitForCompletion(id: string, options?: WaitOptions): Promise<Instance>;
  /** Throws "task-failed", "cancelled", "suspended" or "unknown" unless every task succeeded. */
  waitForSuccess(id: string, options?: WaitOptions): Promise<Instance>;
  /** Submits, and does not wait. Never sent twice once it may have been executed. */
  runSql(sql: string, options?: SqlOptions): Promise<SubmittedInstance>;
  /** Submits, and waits until it has succeeded. */
  executeSql(sql: string, options?: SqlOptions & WaitOptions): Promise<SubmittedInstance>;
  /** What a statement would need, without running it. */
  estimateSqlCost(sql: string, options?: SqlOptions & WaitOptions): Promise<SqlCost>;
  runXflow(name: string, options?: XflowOptions): Promise<SubmittedInstance>;
  /**
   * The same client, of which every call is over by `at` (epoch ms): what would take longer throws "timeout", and a wait the service asks
   * for beyond it "throttled". Connections and all that was learnt stay shared.
   */
  withDeadline(at: number): MaxComputeClient;
};

const checkTime = (at: number): number => {
  if (Number.isNaN(at)) throw new MaxComputeError("invalid", "A deadline must be a time in epoch milliseconds");
  return at;
};

const clientOf = (connection: Connection, deadline: number): MaxComputeClient => {
  const api: Api = createApi(connection, deadline);
  return {
    project: api.project,
    listInstances: (filter) => listInstances(api, filter),
    // async, so that a refused id rejects the promise instead of throwing past it
    instanceExists: async (id) => await instanceExists(api, id),
    getInstance: async (id) => await getInstance(api, id),
    getTasks: async (id) => await getTasks(api, id),
    getTaskNames: async (id) => await getTaskNames(api, id),
    getTaskProgress: async (id, taskName) => await getTaskProgress(api, id, taskName),
    getTaskResult: async (id, taskName) => await getTaskResult(api, id, taskName),
    getTaskResults: async (id) => await getTaskResults(api, id),
    stopInstance: async (id) => await stopInstance(api, id),
    getLogview: async (id, options) => await getLogview(api, id, options),
    getJobInsight: async (id) => await getJobInsight(api, id),
    // Waiting and submitting
    waitForCompletion: async (id, options) => await waitForCompletion(api, id, options),
    waitForSuccess: async (id, options) => await waitForSuccess(api, id, options),
    runSql: async (sql, options) => await runSql(api, sql, options),
    executeSql: async (sql, options) => await executeSql(api, sql, options),
    estimateSqlCost: async (sql, options) => await estimateSqlCost(api, sql, options),
    runXflow: async (name, options) => await runXflow(api, name, options),
    withDeadline: (at) => clientOf(connection, Math.min(checkTime(at), deadline)),
  };
};

/** A client for one project. Opens no connection before the first call; throws MaxComputeError "invalid" for options it cannot use. */
export function createMaxComputeClient(options: MaxComputeOptions): MaxComputeClient {
  return clientOf(connectionFrom(options), Number.POSITIVE_INFINITY);
}
