// Views as a test needs them: ordinary ones, with only what matters said.
import type { Instance, StageProgress, Task } from "../../src/maxcompute/index.ts";
import type {
  ActedView,
  ChoicesView,
  CommandHelp,
  ConfirmStopView,
  ErrorView,
  ExistenceView,
  Failure,
  HelpView,
  InstanceLink,
  InstanceRow,
  InstancesView,
  InstanceView,
  LogviewView,
  NoticeView,
  ProgressView,
  ResultTable,
  ResultText,
  ResultView,
  StopFacts,
  StopView,
  TaskProgressView,
  TasksView,
} from "../../src/view/index.ts";

const minute = 60_000;
/** When everything below was seen. */
export const seenAt = Date.UTC(2026, 10, 22, 10, 13, 49);
const startTime = seenAt - 12 * minute - 4_000;

const anId = "20160519101349613gzbzufck2";

export const aLink = (link: Partial<InstanceLink> = {}): InstanceLink => ({
  ref: "r1:abc.0",
  project: "demo_project",
  instanceId: anId,
  ...link,
});

export const anInstance = (instance: Partial<Instance> = {}): Instance => ({
  id: anId,
  project: "demo_project",
  owner: "ALIYUN$ann@example.com",
  status: "Running",
  startTime,
  ...instance,
});

export const aTask = (task: Partial<Task> = {}): Task => ({
  name: "etl_orders",
  type: "SQL",
  status: "RUNNING",
  startTime,
  ...task,
});

export const aStage = (stage: Partial<StageProgress> = {}): StageProgress => ({
  name: "R2",
  status: "RUNNING",
  totalWorkers: 64,
  runningWorkers: 23,
  terminatedWorkers: 41,
  backupWorkers: 0,
  inputRecords: 18_223,
  outputRecords: 56,
  finishedPercentage: 64,
  ...stage,
});

export const aTaskProgress = (progress: Partial<TaskProgressView> = {}): TaskProgressView => ({
  taskName: "etl_orders",
  percent: 63.9,
  stages: [aStage()],
  line: `${anId} 2026-11-22 10:13:49 R2:23/41/64[64%]\t`,
  ...progress,
});

export const anInstanceView = (view: Partial<InstanceView> = {}): InstanceView => ({
  kind: "instance",
  link: aLink(),
  instance: anInstance(),
  outcome: "running",
  tasks: [aTask()],
  progress: [aTaskProgress()],
  mayStop: true,
  seenAt,
  ...view,
});

/** One that has ended so, two minutes before it was seen. */
export const aFailure = (failure: Partial<Failure> = {}): Failure => ({
  taskName: "etl_orders",
  message: "it broke",
  cause: "The SQL has a syntax error at line 3, column 14.",
  next: "Correct the SQL and run it again.",
  ...failure,
});

export const anEndedView = (outcome: InstanceView["outcome"], view: Partial<InstanceView> = {}): InstanceView => {
  const endTime = seenAt - 2 * minute;
  return anInstanceView({
    instance: anInstance({ status: "Terminated", endTime }),
    outcome,
    tasks: outcome === "unknown" ? [] : [aTask({ status: outcome.toUpperCase(), endTime })],
    progress: [],
    mayStop: false,
    ...view,
  });
};

export const aRow = (row: Partial<InstanceRow> = {}): InstanceRow => ({
  number: 1,
  link: aLink(),
  instance: anInstance(),
  outcome: "running",
  ...row,
});

export const anInstancesView = (view: Partial<InstancesView> = {}): InstancesView => ({
  kind: "instances",
  project: "demo_project",
  filter: "all, last 24 h",
  rows: [aRow()],
  total: 1,
  showIds: false,
  seenAt,
  ...view,
});

export const anExistenceView = (view: Partial<ExistenceView> = {}): ExistenceView => ({
  kind: "existence",
  project: "demo_project",
  answers: [
    { name: anId, exists: true, link: aLink() },
    { name: "20160519101349613gnothere", exists: false },
  ],
  ...view,
});

export const aTasksView = (view: Partial<TasksView> = {}): TasksView => ({
  kind: "tasks",
  link: aLink(),
  status: "Running",
  outcome: "running",
  tasks: [aTask()],
  seenAt,
  ...view,
});

export const aProgressView = (view: Partial<ProgressView> = {}): ProgressView => ({
  kind: "progress",
  link: aLink(),
  status: "Running",
  outcome: "running",
  tasks: [aTaskProgress()],
  mayStop: true,
  seenAt,
  ...view,
});

export const aTable = (table: Partial<ResultTable> = {}): ResultTable => {
  const rows = table.rows ?? [["2026-11-21", "18223", "99120.5"]];
  return {
    format: "table",
    taskName: "etl_orders",
    columns: ["dt", "orders", "amount"],
    rowCount: rows.length,
    totalRows: rows.length,
    truncated: false,
    ...table,
    rows,
  };
};

export const aText = (text: Partial<ResultText> = {}): ResultText => ({
  format: "text",
  taskName: "etl_orders",
  text: "3 partitions",
  failed: false,
  ...text,
});

export const aResultView = (view: Partial<ResultView> = {}): ResultView => ({
  kind: "result",
  link: aLink(),
  outcome: "success",
  results: [aTable()],
  files: [],
  ...view,
});

export const aLogviewView = (view: Partial<LogviewView> = {}): LogviewView => ({
  kind: "logview",
  link: aLink(),
  url: "https://logview.example.com/logview/?h=https%3A%2F%2Fapi&p=demo_project&i=1&token=secret",
  expiresAt: seenAt + 24 * 60 * minute,
  jobInsightUrl: "https://console.example.com/cn/job-insights?h=api&p=demo_project&i=1",
  ...view,
});

export const aConfirmStopView = (view: Partial<ConfirmStopView> = {}): ConfirmStopView => ({
  kind: "confirm-stop",
  link: aLink(),
  intentId: "in1:7f3a",
  instance: anInstance(),
  tasks: [aTask()],
  facts: aStopFacts(),
  needs: "press",
  branches: [],
  expiresAt: seenAt + 10 * minute,
  ...view,
});

export function aStopFacts(facts: Partial<StopFacts> = {}): StopFacts {
  const { owner, startTime } = anInstance();
  return { owner, startTime, percent: 63, watchers: { people: [], channels: 0 }, seenAt, ...facts };
}

export const aStopView = (view: Partial<StopView> = {}): StopView => ({
  kind: "stop",
  link: aLink(),
  phase: "stopped",
  outcome: "cancelled",
  by: "U0ANN",
  waitedMs: 4_200,
  ...view,
});

export const anActedView = (view: Partial<ActedView> = {}): ActedView => ({
  kind: "acted",
  link: aLink(),
  by: "U0ANN",
  action: "stopped",
  outcome: "cancelled",
  ...view,
});

export const aChoicesView = (view: Partial<ChoicesView> = {}): ChoicesView => ({
  kind: "choices",
  typed: "zbzufck2",
  verb: "status",
  choices: [0, 1].map((index) => ({
    link: aLink({ instanceId: `2016051910134961${index}gzbzufck2` }),
    value: `status:r1:abc.${index}`,
  })),
  ...view,
});

export const aCommand = (command: Partial<CommandHelp> = {}): CommandHelp => ({
  name: "status",
  aliases: ["s"],
  usage: "status <instance> [-p <project>]",
  summary: "Show an instance's status and progress",
  options: [{ name: "-p, --project", about: "MaxCompute project" }],
  examples: ["status last"],
  ...command,
});

export const aHelpView = (view: Partial<HelpView> = {}): HelpView => ({
  kind: "help",
  groups: [{ title: "Look", commands: [aCommand()] }],
  role: "operator",
  project: "demo_project",
  version: "0.1.0",
  suggestions: [{ label: "Running", value: "text:list --running" }],
  ...view,
});

export const aNoticeView = (view: Partial<NoticeView> = {}): NoticeView => ({
  kind: "notice",
  text: "Nothing is running.",
  suggestions: [],
  ...view,
});

export const anErrorView = (view: Partial<ErrorView> = {}): ErrorView => ({
  kind: "error",
  tone: "mistake",
  title: "I do not know `staus`.",
  errorId: "E-7F3K2",
  suggestions: [],
  ...view,
});
