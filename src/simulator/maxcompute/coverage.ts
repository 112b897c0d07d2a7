/** How far the simulator answers one call of the client. A test holds this list against the client and against the simulator. */
export type CoverageRow = {
  readonly call: string;
  readonly status: "supported" | "partial" | "not_started";
  /** Requests the call makes, as `METHOD path`; `{i}` is an instance and `{t}` a task of it. */
  readonly routes: readonly string[];
  readonly testedBy: readonly string[];
  readonly note?: string;
};

const instance = "/projects/{p}/instances/{i}";
const result = [`GET ${instance}?result`];
const taskStatus = [`GET ${instance}?taskstatus`];
const tunnel = ["GET /projects/{p}/tunnel?service", `POST ${instance}?downloads`];
const create = ["POST /projects/{p}/instances"];

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

const notStarted = (call: string, note: string): CoverageRow => ({ call, status: "not_started", routes: [], testedBy: [], note });

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
  supported("waitForCompletion", [`GET ${instance}`, `GET ${instance}?instancestatus`], "stop.test.ts"),
  supported("waitForSuccess", [`GET ${instance}?instancestatus`, ...taskStatus, ...result], "stop.test.ts"),
  partial("runSql", create, "submit.test.ts", "the statement is not executed; a few of its words choose a scenario"),
  partial(
    "executeSql",
    [...create, `GET ${instance}?instancestatus`],
    "submit.test.ts",
    "as runSql; never answered synchronously",
  ),
  partial("estimateSqlCost", [...create, ...result], "submit.test.ts", "the same figures for every statement"),
  partial(
    "getTaskSummary",
    [`GET ${instance}?instancesummary&taskname={t}`],
    "instance.test.ts",
    "few fields of the JSON summary",
  ),
  partial(
    "getTaskCost",
    [`GET ${instance}?instancesummary&taskname={t}`],
    "instance.test.ts",
    "figures follow from workers, not from a bill",
  ),
  supported("getSource", [`GET ${instance}?source`], "instance.test.ts"),
  supported("getQueueingInfo", [`GET ${instance}?cached`], "instance.test.ts"),
  supported("listQueueingInfos", ["GET /projects/{p}/cachedinstances"], "listing.test.ts"),
  partial("openResult", [...tunnel, ...result], "service.test.ts", "inline only: ?downloads answers InvalidArgument"),
  partial("resultCsv", [...tunnel, ...result], "service.test.ts", "inline only: ?downloads answers InvalidArgument"),
  notStarted("runXflow", "XFlow instances are not simulated"),
  notStarted("isXflow", "?xsource is not simulated"),
  notStarted("getSubInstances", "?xresult is not simulated"),
  notStarted("getTaskDetail", "?instancedetail is not simulated"),
  notStarted("getTaskQuota", "?instancequota is not simulated"),
  notStarted("getTaskInfo", "?info is not simulated"),
  notStarted("getWarnings", "?info is not simulated"),
  notStarted("getWorkers", "?detail is not simulated"),
  notStarted("getWorkerLog", "?log is not simulated"),
];
