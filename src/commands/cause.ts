// Why an instance failed, from what its task left behind (protocol sections 8.2 and 8.3). A plain few causes: a wrong one is worse than none.

export type CauseKind =
  | "no-such-table"
  | "no-permission"
  | "syntax"
  | "semantics"
  | "out-of-memory"
  | "skew"
  | "quota"
  | "script"
  | "timeout"
  | "killed"
  | "changed-data"
  | "service"
  | "unknown";

/** A line and a column of the SQL, both from 1. */
export type Place = { readonly line: number; readonly column: number };

export type Cause = {
  readonly kind: CauseKind;
  /** What happened, one sentence. Names in it are the service's. */
  readonly what: string;
  /** What to do about it, one sentence. */
  readonly next: string;
  readonly place?: Place;
};

export type FailedTask = { readonly code?: string | undefined; readonly message: string };

type Told = { readonly message: string; readonly place: Place | undefined };
type Words = { readonly kind: CauseKind; readonly what: (told: Told) => string; readonly next: string };

const at = ({ place }: Told): string => (place === undefined ? "" : ` at line ${place.line}, column ${place.column}`);

/** The name that follows "table" in the service's sentence: "table prod_dw.orders cannot be resolved". */
const tableIn = ({ message }: Told): string => {
  const name = /\btable (?:or view )?[`'"]?([\w.-]*[\w-])[`'"]? (?:cannot be resolved|does not exist|not found)/i.exec(
    message,
  )?.[1];
  return name === undefined ? "A table" : `The table ${name}`;
};

/** The last line of a stack trace that names an exception says what broke; the frames above it say where. */
const exceptionIn = ({ message }: Told): string => {
  const named =
    message.match(/^[\w.]*(?:Error|Exception)\b[^\n]{0,150}/gm)?.at(-1) ??
    /[\w.]*(?:Error|Exception): [^\n]{1,150}/.exec(message)?.[0];
  return named === undefined ? "" : `: ${named.trim()}`;
};

const noSuchTable: Words = {
  kind: "no-such-table",
  what: (told) => `${tableIn(told)} does not exist${at(told)}.`,
  next: "Check its name and project and whether it was dropped, then run it again.",
};
const noPermission: Words = {
  kind: "no-permission",
  what: () => "Whoever ran it lacks a permission.",
  next: "Ask the project's owner for the right that the error names.",
};
const syntax: Words = {
  kind: "syntax",
  what: (told) => `The SQL has a syntax error${at(told)}.`,
  next: "Correct the SQL and run it again.",
};
const semantics: Words = {
  kind: "semantics",
  what: (told) => `The SQL does not fit its tables${at(told)}.`,
  next: "Check the columns and types that the error names.",
};
const outOfMemory: Words = {
  kind: "out-of-memory",
  what: (told) => `A worker${stageIn(told)} ran out of memory.`,
  next: "Look for skewed keys in Logview, or give the stage more memory.",
};
const quota: Words = {
  kind: "quota",
  what: () => "The quota had no room for it.",
  next: "Run it again when less is running, or ask the quota's owner for more.",
};
const script: Words = {
  kind: "script",
  what: (told) => `A script or UDF failed${exceptionIn(told)}.`,
  next: "Correct the script; its own output is in Logview.",
};
const timeout: Words = {
  kind: "timeout",
  what: (told) => `A worker${stageIn(told)} reported nothing for too long and was given up, mostly because of a slow UDF.`,
  next: "Make the UDF faster or its batches smaller, then run it again.",
};
const killed: Words = {
  kind: "killed",
  what: () => "It was killed while it ran.",
  next: "Ask in the channel who stopped it; run it again when it is still needed.",
};
const changedData: Words = {
  kind: "changed-data",
  what: () => "The data changed while it ran.",
  next: "Run it again when nothing writes to its tables.",
};
const service: Words = {
  kind: "service",
  what: () => "MaxCompute failed inside.",
  next: "Run it again, and open a ticket with the instance id when it stays so.",
};
const unknown: Words = {
  kind: "unknown",
  what: () => "The task failed, and its error is none that I know.",
  next: "Open Logview to see where it failed.",
};

const stageIn = ({ message }: Told): string => {
  const stage = /\b([MRJ]\d+(?:_\d+)*(?:_Stg\d+)?(?:_job\d+)?)\b/.exec(message)?.[1];
  return stage === undefined ? "" : ` of ${stage}`;
};

const byNumber: ReadonlyMap<string, Words> = new Map([
  ["0130131", noSuchTable],
  ["0130013", noPermission],
  ["0420095", noPermission],
  ["0130161", syntax],
  ["0130071", semantics],
  ["0123055", script],
  ["0110141", changedData],
  ["0010000", service],
  ["0420153", service],
  ["0430055", service],
]);

const byName: ReadonlyMap<string, Words> = new Map([
  ["NoSuchTable", noSuchTable],
  ["NoPermission", noPermission],
  ["ParseError", syntax],
  ["ScriptError", script],
  ["DataVersionError", changedData],
  ["InternalServerError", service],
  ["RequestQuotaExceeded", quota],
  ["SlotExceeded", quota],
]);

type Sentences = readonly (readonly [RegExp, Words])[];

/** Words that mean but one thing, and so say more than a code that only says that something broke. */
const plainSentences: Sentences = [
  [/out of memory|memory (?:usage )?exceed|memory limit|\bOOM\b|OutOfMemory|java heap space/i, outOfMemory],
  [/kInstanceMonitorTimeout/, timeout],
  [/kInstanceKilled|\bkilled by (?:the )?(?:user|owner|admin)/i, killed],
];

/** One number (ODPS-0123144, "fuxi job failed") stands for many causes, and some failures have none: then the sentence has to tell. */
const bySentence: Sentences = [
  ...plainSentences,
  [
    /quota[^.\n]{0,80}(?:exceed|exhaust|not enough|insufficient|lack)|(?:exceed|insufficient|not enough)[^.\n]{0,80}quota/i,
    quota,
  ],
];

/** A code and its sentence stand at the beginning, the exception of a stack trace at the end; between them may be megabytes. */
const told = ({ message }: FailedTask): string =>
  message.length <= 12_000 ? message : `${message.slice(0, 10_000)}\n${message.slice(-2_000)}`;

/** The seven digits of a code such as "ODPS-0130131" or "ODPS-0130013:Authorization exception". */
const numberOf = (code: string): string => /^(?:ODPS-)?(\d{7})/i.exec(code)?.[1] ?? "";

const placeIn = (message: string): Place | undefined => {
  const [, line, column] = /\[(\d{1,6}),(\d{1,6})\]/.exec(message.slice(0, 500)) ?? [];
  return line === undefined || column === undefined ? undefined : { line: Number(line), column: Number(column) };
};

/** What a failed task's code and message tell; "unknown" when they tell nothing that one could act on. */
export function causeOf(failed: FailedTask): Cause {
  const { code = "" } = failed;
  const message = told(failed);
  const place = placeIn(message);
  const byCode = byNumber.get(numberOf(code)) ?? byName.get(code.split(":", 1)[0]?.trim() ?? "");
  const sentence = (sentences: Sentences) => sentences.find(([pattern]) => pattern.test(message))?.[1];
  const words = (byCode === service ? sentence(plainSentences) : undefined) ?? byCode ?? sentence(bySentence) ?? unknown;
  const cause = { kind: words.kind, what: words.what({ message, place }), next: words.next };
  return place === undefined || words === unknown ? cause : { ...cause, place };
}
