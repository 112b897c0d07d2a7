import type { Readable } from "node:stream";
import { type Api, createApi } from "./api.ts";
import { followSubInstances } from "./calls/follow-sub-instances.ts";
import { getInstance, instanceExists } from "./calls/instance.ts";
import { getJobInsight, getLogview, type LogviewOptions } from "./calls/links.ts";
import type { ListFilter } from "./calls/list-filter.ts";
import { listInstances } from "./calls/list-instances.ts";
import { getQueueingInfo, listQueueingInfos, type QueueingFilter } from "./calls/queueing.ts";
import { getTaskResult, getTaskResults } from "./calls/results.ts";
import { getSource } from "./calls/source.ts";
import { estimateSqlCost, type SqlCost } from "./calls/sql-cost.ts";
import { stopInstance } from "./calls/stop.ts";
import { executeSql, runSql, runXflow } from "./calls/submit.ts";
import { getTaskCost, getTaskDetail, getTaskDetail2, getTaskQuota, getTaskSummary } from "./calls/task-facts.ts";
import { getTaskInfo, getWarnings, putTaskInfo } from "./calls/task-info.ts";
import { getTaskNames, getTaskProgress, getTasks } from "./calls/tasks.ts";
import { waitForCompletion } from "./calls/wait.ts";
import { waitForSuccess } from "./calls/wait-for-success.ts";
import { getWorkerLog, getWorkers, type WorkerLogOptions, type WorkerLogType } from "./calls/workers.ts";
import { getSubInstances, getXflowActions, getXflowSource, isXflow } from "./calls/xflow.ts";
import { type Connection, connectionFrom } from "./connection.ts";
import { MaxComputeError } from "./errors.ts";
import type { Instance, InstanceSummary, JobInsight, Logview, Task, TaskProgress, TaskResult } from "./instance.ts";
import type { JsonObject } from "./json.ts";
import type { MaxComputeOptions } from "./options.ts";
import type { QueueingInfo } from "./queueing.ts";
import type { SqlOptions } from "./submit/sql-document.ts";
import type { SubmittedInstance } from "./submit/submitted.ts";
import type { XflowOptions } from "./submit/xflow-document.ts";
import type { InstanceSource, TaskCost, TaskSummary, Worker } from "./task-facts.ts";
import type { ResultOptions } from "./tunnel/locate-result.ts";
import { type InstanceResult, openResult } from "./tunnel/open-result.ts";
import { type ResultCsvOptions, resultCsv } from "./tunnel/result-csv-stream.ts";
import type { WaitOptions } from "./waiting/options.ts";
import type { SubInstance, XflowAction, XflowSource } from "./xflow.ts";

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
  /** The rows of a result, typed and all of them; see `InstanceResult`. */
  openResult(id: string, options?: ResultOptions): Promise<InstanceResult>;
  /** The same rows as a CSV, in constant memory. Fails as a stream does: with an "error" event. */
  resultCsv(id: string, options?: ResultCsvOptions): Readable;
  /** Throws "already-finished" for an instance that has ended. */
  stopInstance(id: string): Promise<void>;
  getLogview(id: string, options?: LogviewOptions): Promise<Logview>;
  getJobInsight(id: string): Promise<JobInsight | undefined>;

  // Tasks in depth
  /** Undefined when there is none, or not yet. */
  getTaskSummary(id: string, taskName: string): Promise<TaskSummary | undefined>;
  /** Undefined when the summary does not tell it, or there is none. */
  getTaskCost(id: string, taskName: string): Promise<TaskCost | undefined>;
  /** JSON of any shape, or text; undefined when there is none. */
  getTaskDetail(id: string, taskName: string): Promise<unknown>;
  /** The older detail, which has the workers; `getTaskDetail` falls back to it. */
  getTaskDetail2(id: string, taskName: string): Promise<unknown>;
  /** `{}` when asked again within 30 s. */
  getTaskQuota(id: string, taskName: string): Promise<JsonObject>;
  getTaskInfo(id: string, taskName: string, key: string): Promise<string>;
  /** Changes the task; what it answers. */
  putTaskInfo(id: string, taskName: string, key: string, value: string): Promise<string>;
  getWarnings(id: string, taskName: string): Promise<readonly string[]>;
  /** What was submitted: SQL, priority, settings. */
  getSource(id: string): Promise<InstanceSource>;
  getWorkers(id: string, taskName: string): Promise<readonly Worker[]>;
  getWorkerLog(id: string, logId: string, logType: WorkerLogType, options?: WorkerLogOptions): Promise<string>;

  // Queueing
  getQueueingInfo(id: string): Promise<QueueingInfo>;
  /** Every page, in the server's order. */
  listQueueingInfos(filter?: QueueingFilter): AsyncIterable<QueueingInfo>;

  // XFlow
  /** No means that MaxCompute said so; any other failure is thrown. */
  isXflow(id: string): Promise<boolean>;
  /** What an XFlow was started with; undefined when the instance is none. */
  getXflowSource(id: string): Promise<XflowSource | undefined>;
  /** The nodes of one workflow so far, without those of its sub-workflows. */
  getXflowActions(id: string): Promise<readonly XflowAction[]>;
  /** The instances an XFlow has started so far, those of its sub-workflows among them. */
  getSubInstances(id: string): Promise<readonly SubInstance[]>;
  /** Each once, as it appears, until the XFlow has ended and was looked at once more. */
  followSubInstances(id: string, options?: WaitOptions): AsyncIterable<SubInstance>;

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
    openResult: async (id, options) => await openResult(api, id, options),
    resultCsv: (id, options) => resultCsv(api, id, options),
    stopInstance: async (id) => await stopInstance(api, id),
    getLogview: async (id, options) => await getLogview(api, id, options),
    getJobInsight: async (id) => await getJobInsight(api, id),

    getTaskSummary: async (id, taskName) => await getTaskSummary(api, id, taskName),
    getTaskCost: async (id, taskName) => await getTaskCost(api, id, taskName),
    getTaskDetail: async (id, taskName) => await getTaskDetail(api, id, taskName),
    getTaskDetail2: async (id, taskName) => await getTaskDetail2(api, id, taskName),
    getTaskQuota: async (id, taskName) => await getTaskQuota(api, id, taskName),
    getTaskInfo: async (id, taskName, key) => await getTaskInfo(api, id, taskName, key),
    putTaskInfo: async (id, taskName, key, value) => await putTaskInfo(api, id, taskName, key, value),
    getWarnings: async (id, taskName) => await getWarnings(api, id, taskName),
    getSource: async (id) => await getSource(api, id),
    getWorkers: async (id, taskName) => await getWorkers(api, id, taskName),
    getWorkerLog: async (id, logId, logType, options) => await getWorkerLog(api, id, logId, logType, options),

    getQueueingInfo: async (id) => await getQueueingInfo(api, id),
    listQueueingInfos: (filter) => listQueueingInfos(api, filter),

    isXflow: async (id) => await isXflow(api, id),
    getXflowSource: async (id) => await getXflowSource(api, id),
    getXflowActions: async (id) => await getXflowActions(api, id),
    getSubInstances: async (id) => await getSubInstances(api, id),
    followSubInstances: (id, options) => followSubInstances(api, id, options),

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
