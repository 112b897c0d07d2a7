// A MaxCompute client that answers from data. Failures are given by call, so that a test says what breaks.
import { Readable } from "node:stream";
import type {
  Instance,
  InstanceSource,
  InstanceSummary,
  MaxComputeClient,
  QueueingInfo,
  ResultColumn,
  Row,
  SqlCost,
  SqlOptions,
  SubInstance,
  Task,
  TaskCost,
  TaskProgress,
  TaskResult,
  Worker,
  XflowOptions,
} from "../../src/maxcompute/index.ts";
import { MaxComputeError, parseResultCsv } from "../../src/maxcompute/index.ts";

export type FakeInstance = {
  readonly instance: Instance;
  readonly tasks: readonly Task[];
  readonly progress?: Readonly<Record<string, TaskProgress>>;
  readonly results?: readonly TaskResult[];
  /** By task. */
  readonly costs?: Readonly<Record<string, TaskCost>>;
  readonly workers?: readonly Worker[];
  readonly source?: InstanceSource;
  readonly queueing?: QueueingInfo;
  /** What its tunnel has; without it, results are inline. */
  readonly tunnel?: { readonly columns: readonly ResultColumn[]; readonly rows: readonly Row[]; readonly isLimited?: boolean };
  /** Makes it an XFlow. */
  readonly subs?: readonly SubInstance[];
};

export const startedAt = Date.UTC(2026, 10, 22, 9, 48, 0);

export const anInstance = (over: Partial<Instance> = {}): Instance => ({
  id: "20261122094800123gabcd12",
  project: "demo_project",
  owner: "ALIYUN$alice@example.com",
  status: "Running",
  startTime: startedAt,
  ...over,
});

export const aTask = (over: Partial<Task> = {}): Task => ({
  name: "AnonymousSQLTask",
  type: "SQL",
  status: "RUNNING",
  startTime: startedAt,
  ...over,
});

export const aStage = (name: string, finishedPercentage: number) => ({
  name,
  status: "RUNNING",
  totalWorkers: 10,
  terminatedWorkers: finishedPercentage / 10,
  runningWorkers: 1,
  backupWorkers: 0,
  finishedPercentage,
});

const notFound = (id: string) =>
  new MaxComputeError("not-found", "no such instance", {
    code: "NoSuchObject",
    requestId: "RQ404",
    instanceId: id,
    httpStatus: 404,
  });

export type FakeMaxCompute = MaxComputeClient & {
  /** Replaces what an instance looks like from now on. */
  set(id: string, change: Partial<FakeInstance>): void;
  readonly calls: string[];
  /** What was submitted, in order. */
  readonly submitted: { readonly id: string; readonly job: string; readonly options: SqlOptions & XflowOptions }[];
  readonly deadlines: number[];
};

type Failures = Partial<Record<keyof MaxComputeClient, unknown>>;

export function fakeMaxCompute(
  all: readonly FakeInstance[],
  {
    failing = {},
    onStop,
    jobInsight,
    estimate = { bytes: 1024, complexity: 1, udfs: 0 },
    losing = {},
    ends,
  }: {
    failing?: Failures;
    onStop?: (id: string, fake: FakeMaxCompute) => void;
    jobInsight?: string;
    estimate?: SqlCost;
    /** These happen, and then fail. */
    losing?: Failures;
    /** What a submission is from the beginning: one that has ended; it runs unless told. */
    ends?: Omit<FakeInstance, "instance">;
  } = {},
): FakeMaxCompute {
  const instances = new Map(all.map((each) => [each.instance.id, each]));
  const calls: string[] = [];
  const deadlines: number[] = [];
  const find = (id: string): FakeInstance => {
    const found = instances.get(id);
    if (found === undefined) throw notFound(id);
    return found;
  };
  const called = <T>(name: keyof MaxComputeClient, id: string, answer: () => T): Promise<T> => {
    calls.push(`${name} ${id}`.trim());
    const failure = failing[name];
    return failure === undefined ? Promise.resolve().then(answer) : Promise.reject(failure);
  };
  const submitted: FakeMaxCompute["submitted"] = [];
  const submit = (name: "runSql" | "runXflow", job: string, options: SqlOptions & XflowOptions) =>
    called(name, "", () => {
      const id = `20261122100000${100 + submitted.length}gsubmitted`;
      const instance = anInstance({
        id,
        startTime: startedAt + 12 * 60_000,
        ...(ends === undefined ? {} : { status: "Terminated" }),
      });
      const source = { priority: 9, tasks: [], uniqueId: options.uniqueId, jobName: options.jobName };
      submitted.push({ id, job, options });
      instances.set(id, { instance, tasks: [aTask()], ...ends, source });
      if (losing[name] !== undefined) throw losing[name];
      return { ...instance, isSync: false };
    });
  const fake: FakeMaxCompute = {
    project: "demo_project",
    calls,
    submitted,
    deadlines,
    set: (id, change) => void instances.set(id, { ...find(id), ...change }),
    async *listInstances(filter = {}) {
      calls.push(`listInstances ${JSON.stringify(filter)}`);
      if (failing.listInstances !== undefined) throw failing.listInstances;
      const matching = [...instances.values()]
        .filter(({ source }) => filter.jobName === undefined || source?.jobName === filter.jobName)
        .map(({ instance }): InstanceSummary => instance)
        .filter(({ status, startTime = 0 }) => (filter.status ?? status) === status && startTime >= (filter.from ?? 0));
      yield* matching.slice(0, filter.limit);
    },
    instanceExists: (id) => called("instanceExists", id, () => instances.has(id)),
    getInstance: (id) => called("getInstance", id, () => find(id).instance),
    getTasks: (id) => called("getTasks", id, () => find(id).tasks),
    getTaskNames: (id) => called("getTaskNames", id, () => find(id).tasks.map(({ name }) => name)),
    getTaskProgress: (id, name) => called("getTaskProgress", id, () => find(id).progress?.[name] ?? { stages: [] }),
    getTaskResult: (id, name) =>
      called("getTaskResult", id, () => {
        const found = find(id).results?.find(({ taskName }) => name === undefined || taskName === name);
        if (found === undefined) throw notFound(id);
        return found;
      }),
    getTaskResults: (id) =>
      called("getTaskResults", id, () => new Map((find(id).results ?? []).map((each) => [each.taskName, each]))),
    stopInstance: (id) =>
      called("stopInstance", id, () => {
        find(id);
        onStop?.(id, fake);
      }),
    getLogview: (id, { hours = 24 } = {}) =>
      called("getLogview", id, () => ({
        url: `http://logview.test/?i=${id}&token=T-${hours}`,
        expiresAt: startedAt + hours * 3_600_000,
      })),
    getJobInsight: (id) =>
      called("getJobInsight", id, () => (jobInsight === undefined ? undefined : { url: `${jobInsight}${id}` })),
    // The rows of a result: those of the first task's CSV.
    openResult: (id, { limit, columns: wanted } = {}) =>
      called("openResult", id, () => {
        const { tunnel } = find(id);
        if (tunnel !== undefined) {
          const picked = tunnel.columns.flatMap(({ name }, index) => (wanted?.includes(name) === false ? [] : [index]));
          const rows = tunnel.rows.slice(0, limit).map((row) => picked.map((index) => row[index] ?? null));
          const schema = picked.flatMap((index) => tunnel.columns[index] ?? []);
          const { isLimited = false } = tunnel;
          return { schema, rowCount: tunnel.rows.length, via: "tunnel", isLimited, rows: Readable.from(rows) };
        }
        const { columns, rows } = parseResultCsv(find(id).results?.[0]?.text ?? "");
        const schema = columns.map((name) => ({ name, type: "string" }));
        return { schema, rowCount: rows.length, via: "inline", isLimited: false, rows: Readable.from(rows.slice(0, limit)) };
      }),
    resultCsv(id, { columns: wanted } = {}) {
      calls.push(`resultCsv ${id}${wanted === undefined ? "" : ` ${wanted}`}`);
      return Readable.from([Buffer.from(find(id).results?.[0]?.text ?? "")]);
    },
    // Waiting and submitting: what is there has ended, and what is submitted runs.
    waitForCompletion: (id) => called("waitForCompletion", id, () => find(id).instance),
    waitForSuccess: (id) => called("waitForSuccess", id, () => find(id).instance),
    runSql: (sql, options = {}) => submit("runSql", sql, options),
    executeSql: () => called("executeSql", "", () => ({ ...anInstance({ status: "Terminated" }), isSync: false })),
    estimateSqlCost: () => called("estimateSqlCost", "", () => estimate),
    runXflow: (name, options = {}) => submit("runXflow", name, options),
    // Tasks in depth, queueing, XFlow: nothing to tell
    getTaskSummary: (id) => called("getTaskSummary", id, () => undefined),
    getTaskCost: (id, name) => called("getTaskCost", id, () => find(id).costs?.[name]),
    getTaskDetail: (id) => called("getTaskDetail", id, () => undefined),
    getTaskDetail2: (id) => called("getTaskDetail2", id, () => undefined),
    getTaskQuota: (id) => called("getTaskQuota", id, () => ({})),
    getTaskInfo: (id) => called("getTaskInfo", id, () => ""),
    putTaskInfo: (id) => called("putTaskInfo", id, () => ""),
    getWarnings: (id) => called("getWarnings", id, () => []),
    getSource: (id) => called("getSource", id, () => find(id).source ?? { priority: 9, tasks: [] }),
    getWorkers: (id) => called("getWorkers", id, () => find(id).workers ?? []),
    getWorkerLog: (id) => called("getWorkerLog", id, () => ""),
    getQueueingInfo: (id) => called("getQueueingInfo", id, () => find(id).queueing ?? { instanceId: id }),
    async *listQueueingInfos() {
      yield* await called("listQueueingInfos", "", () => [...instances.values()].flatMap(({ queueing }) => queueing ?? []));
    },
    isXflow: (id) => called("isXflow", id, () => find(id).subs !== undefined),
    getXflowSource: (id) => called("getXflowSource", id, () => undefined),
    getXflowActions: (id) => called("getXflowActions", id, () => []),
    getSubInstances: (id) => called("getSubInstances", id, () => find(id).subs ?? []),
    async *followSubInstances(id) {
      yield* await called("followSubInstances", id, () => []);
    },
    withDeadline(at) {
      deadlines.push(at);
      return fake;
    },
  };
  return fake;
}

/** What a stop does in MaxCompute: Terminated with cancelled tasks. */
export const cancelled = (id: string, fake: FakeMaxCompute): void =>
  fake.set(id, { instance: anInstance({ id, status: "Terminated" }), tasks: [aTask({ status: "CANCELLED" })] });
