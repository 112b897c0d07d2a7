import type { Readable } from "node:stream";
import { type Api, createApi } from "./api.ts";
import { getInstance, instanceExists } from "./calls/instance.ts";
import { getJobInsight, getLogview, type LogviewOptions } from "./calls/links.ts";
import type { ListFilter } from "./calls/list-filter.ts";
import { listInstances } from "./calls/list-instances.ts";
import { getTaskResult, getTaskResults } from "./calls/results.ts";
import { stopInstance } from "./calls/stop.ts";
import { getTaskNames, getTaskProgress, getTasks } from "./calls/tasks.ts";
import { type Connection, connectionFrom } from "./connection.ts";
import { MaxComputeError } from "./errors.ts";
import type { Instance, InstanceSummary, JobInsight, Logview, Task, TaskProgress, TaskResult } from "./instance.ts";
import type { MaxComputeOptions } from "./options.ts";
import type { ResultOptions } from "./tunnel/locate-result.ts";
import { type InstanceResult, openResult } from "./tunnel/open-result.ts";
import { type ResultCsvOptions, resultCsv } from "./tunnel/result-csv-stream.ts";

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
    withDeadline: (at) => clientOf(connection, Math.min(checkTime(at), deadline)),
  };
};

/** A client for one project. Opens no connection before the first call; throws MaxComputeError "invalid" for options it cannot use. */
export function createMaxComputeClient(options: MaxComputeOptions): MaxComputeClient {
  return clientOf(connectionFrom(options), Number.POSITIVE_INFINITY);
}
