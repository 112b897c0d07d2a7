/** How far the simulator answers one call of the client. A test holds this list against the client and against the simulator. */
export type CoverageRow = {
  readonly call: string;
  readonly status: "supported" | "partial" | "not_started";
  /** Requests the call makes, as `METHOD path`; `{i}` is an instance, `{t}` a task of it and `{l}` the log of a worker. */
  readonly routes: readonly string[];
  readonly testedBy: readonly string[];
  readonly note?: string;
};

const instance = "/projects/{p}/instances/{i}";
const result = [`GET ${instance}?result`];
const taskStatus = [`GET ${instance}?taskstatus`];
const workers = `GET ${instance}?detail&taskname={t}`;
const create = ["POST /projects/{p}/instances"];

/** Where the tunnel is, a session, its records; the inline result is the way out when there is no tunnel. */
const tunnel = [
  "GET /projects/{p}/tunnel?service",
  `POST ${instance}?downloads`,
  `GET ${instance}?downloadid={d}`,
  `GET ${instance}?downloadid={d}&data`,
];

const supported = (call: string, routes: readonly string[], testedBy: string): CoverageRow => ({
  call,
  status: "supported",
  routes,
  testedBy: [testedBy],
});

const partial = (call: string, routes: readonly string[], testedBy: string, note: string): CoverageRow => ({
  call,
  status: "partial",
  routes,
  testedBy: [testedBy],
  note,
});

export const coverage: readonly CoverageRow[] = [
  supported("listInstances", ["GET /projects/{p}/instances"], "listing.test.ts"),
  supported("instanceExists", [`GET ${instance}`], "instance.test.ts"),
  supported("getInstance", [`GET ${instance}`], "instance.test.ts"),
  supported("getTasks", taskStatus, "instance.test.ts"),
  supported("getTaskNames", taskStatus, "instance.test.ts"),
  supported("getTaskProgress", [`GET ${instance}?instanceprogress={t}&taskname={t}`], "instance.test.ts"),
  supported("getTaskResult", result, "scenarios.test.ts"),
  supported("getTaskResults", result, "scenarios.test.ts"),
  supported("stopInstance", [`PUT ${instance}`], "stop.test.ts"),
  supported("getLogview", ["GET /logview/host", "POST /projects/{p}/authorization?sign_bearer_token"], "service.test.ts"),
  supported("getJobInsight", ["GET /webconsole/host"], "service.test.ts"),
  supported("getTaskDetail2", [`GET ${instance}?detail&taskname={t}`], "coverage.test.ts"),
  supported("putTaskInfo", [`PUT ${instance}?info&taskname={t}`], "coverage.test.ts"),
  supported("getXflowSource", [`GET ${instance}?xsource`], "coverage.test.ts"),
  supported("getXflowActions", [`GET ${instance}?xresult`], "coverage.test.ts"),
  supported("waitForCompletion", [`GET ${instance}`, `GET ${instance}?instancestatus`], "stop.test.ts"),
  supported("waitForSuccess", [`GET ${instance}`, `GET ${instance}?instancestatus`, ...taskStatus, ...result], "stop.test.ts"),
  partial("runSql", create, "submit.test.ts", "the statement is not executed; a few of its words choose a scenario"),
  partial(
    "executeSql",
    [...create, `GET ${instance}`, `GET ${instance}?instancestatus`, ...taskStatus, ...result],
    "submit.test.ts",
    "as runSql",
  ),
  supported(
    "estimateSqlCost",
    [...create, `GET ${instance}`, `GET ${instance}?instancestatus`, ...taskStatus, ...result],
    "submit.test.ts",
  ),
  supported("getTaskSummary", [`GET ${instance}?instancesummary&taskname={t}`], "task-depth.test.ts"),
  partial(
    "getTaskCost",
    [`GET ${instance}?instancesummary&taskname={t}`],
    "instance.test.ts",
    "figures follow from workers, not from a bill",
  ),
  supported("getSource", [`GET ${instance}?source`], "instance.test.ts"),
  supported("getQueueingInfo", [`GET ${instance}?cached`], "instance.test.ts"),
  supported("listQueueingInfos", ["GET /projects/{p}/cachedinstances"], "listing.test.ts"),
  supported("openResult", [...tunnel, ...result], "tunnel/read.test.ts"),
  supported("resultCsv", [...tunnel, ...result], "tunnel/read.test.ts"),
  supported("runXflow", create, "xflow-create.test.ts"),
  supported("isXflow", [`GET ${instance}?xsource`], "xflow.test.ts"),
  supported("getSubInstances", [`GET ${instance}?xresult`], "xflow.test.ts"),
  supported("followSubInstances", [`GET ${instance}?xresult`, `GET ${instance}`], "xflow.test.ts"),
  supported("getTaskDetail", [`GET ${instance}?instancedetail&taskname={t}`, workers], "task-depth.test.ts"),
  supported("getTaskQuota", [`GET ${instance}?instancequota&taskname={t}`], "task-depth.test.ts"),
  supported("getTaskInfo", [`GET ${instance}?info&taskname={t}&key=note`], "task-depth.test.ts"),
  supported("getWarnings", [`GET ${instance}?info&taskname={t}&key=warnings`], "task-depth.test.ts"),
  supported("getWorkers", [workers], "task-depth.test.ts"),
  supported("getWorkerLog", [`GET ${instance}?log&id={l}&logtype=stdout&size=100`], "task-depth.test.ts"),
];
