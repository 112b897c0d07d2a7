import type { StagePlan, TaskPlan } from "./plan.ts";
import type { WorkerSeen } from "./task-workers.ts";
import { inputBytesPerRecord, outputBytesPerRecord } from "./workers.ts";

/** One worker, as its logs speak of it. */
type Subject = { readonly seen: WorkerSeen; readonly stage: StagePlan; readonly task: TaskPlan | undefined };

const timed = (at: number | undefined, text: string): string =>
  at === undefined ? "" : `[${new Date(at).toISOString().replace("T", " ").replace("Z", "")}] ${text}\n`;

const hasFailed = ({ seen }: Subject): boolean => seen.worker.status === "Failed";

const stdout = ({ seen, stage }: Subject): string => {
  const { worker, startedAt, endedAt } = seen;
  const last =
    endedAt === undefined ? "" : timed(endedAt, `${worker.status.toLowerCase()}, ${worker.outputRecords} records written`);
  return (
    timed(startedAt, `${stage.name}#${worker.index} begins on ${seen.address}`) +
    timed(startedAt, `${worker.inputRecords} records (${worker.inputRecords * inputBytesPerRecord} bytes) read`) +
    last
  );
};

/** Empty for a worker that nothing happened to, as most are. */
const stderr = (subject: Subject): string =>
  hasFailed(subject) ? (subject.task?.stderr ?? `${subject.task?.result.text ?? ""}\n`) : "";

const waterfallSummary = ({ seen: { worker, startedAt, endedAt }, stage }: Subject): string => {
  const seconds = startedAt === undefined || endedAt === undefined ? 0 : (endedAt - startedAt) / 1_000;
  return [
    `${stage.name}#${worker.index}`,
    `  TableScan    ${(seconds * 0.3).toFixed(3)} s  ${worker.inputRecords} records`,
    `  HashAgg      ${(seconds * 0.6).toFixed(3)} s  ${worker.outputRecords} records`,
    `  StreamWrite  ${(seconds * 0.1).toFixed(3)} s  ${worker.outputRecords * outputBytesPerRecord} bytes`,
    "",
  ].join("\n");
};

const jstack = ({ seen, stage }: Subject): string => {
  if (seen.worker.status !== "Running" && seen.worker.status !== "Failed") return "";
  return [
    "Full thread dump OpenJDK 64-Bit Server VM (mixed mode):",
    "",
    `"${stage.name}-${seen.worker.index}" #1 prio=5 RUNNABLE`,
    "\tat com.example.udf.Score.evaluate(Score.java:41)",
    "\tat com.aliyun.odps.udf.impl.batch.BatchUDFWrapper.evaluate(BatchUDFWrapper.java:112)",
    "",
  ].join("\n");
};

const pstack = ({ seen }: Subject): string =>
  seen.worker.status === "Running"
    ? `Thread 1 (LWP ${1_000 + seen.worker.index}):\n#0  HashJoin::Probe ()\n#1  Stage::Run ()\n`
    : "";

const hsErrLog = (subject: Subject): string =>
  hasFailed(subject) && /\.java:\d/.test(stderr(subject))
    ? "# A fatal error has been detected by the Java Runtime Environment:\n"
    : "";

/** What a worker left behind, by the type as it stands on the wire (protocol section 7.5). */
const logs: ReadonlyMap<string, (subject: Subject) => string> = new Map([
  ["stdout", stdout],
  ["stderr", stderr],
  ["waterfall_summary", waterfallSummary],
  ["jstack", jstack],
  ["pstack", pstack],
  ["coreinfo.tmp", () => ""],
  ["hs_err_*.log", hsErrLog],
]);

export const logTypes: readonly string[] = [...logs.keys()];

/** One log of one worker; empty when there is none of that type. */
export const logText = (type: string, subject: Subject): string => logs.get(type)?.(subject) ?? "";
