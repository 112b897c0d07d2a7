import { MaxComputeError } from "../errors.ts";
import { leadingSettings, skipBlank } from "./leading-settings.ts";
import { type Hints, property, settingsFromHints, settingsProperty } from "./settings-property.ts";
import { checkXmlText, type Element, parentElement, textElement, writeXml } from "./xml-writer.ts";

export type SqlOptions = {
  readonly hints?: Hints | undefined;
  /** 0, the most urgent, to 9. Default 9. */
  readonly priority?: number | undefined;
  /** The quota whose resources the job uses. */
  readonly quota?: string | undefined;
  /** The schema in which unqualified names are looked up. */
  readonly schema?: string | undefined;
  /** The caller's own name for this submission, by which the service tells that it has it already. */
  readonly uniqueId?: string | undefined;
  readonly jobName?: string | undefined;
};

/** The kinds of tasks that take SQL, and what their one task is called. */
export const sqlTasks = { SQL: "AnonymousSQLTask", SQLCost: "AnonymousSQLCostTask" } as const;

/** The priority as text; throws "invalid" for anything but a whole number from 0 to 9. */
export function priorityText(priority: number): string {
  if (!Number.isInteger(priority) || priority < 0 || priority > 9) {
    throw new MaxComputeError("invalid", "A priority is a whole number from 0, the most urgent, to 9");
  }
  return String(priority);
}

/** In characters. Several times what the service takes, so that only what can never be one is refused here. */
const maxSqlLength = 16 * 1024 * 1024;

/** The statement as it is sent: without blanks around it, and ended by a semicolon. Throws "invalid", for comments alone too. */
const queryOf = (sql: string): string => {
  if (sql.length > maxSqlLength) {
    throw new MaxComputeError("invalid", `The SQL is longer than ${maxSqlLength} characters`);
  }
  const trimmed = sql.trim();
  if (skipBlank(trimmed, 0) >= trimmed.length) throw new MaxComputeError("invalid", "There is no SQL to run");
  return checkXmlText("SQL", trimmed.endsWith(";") ? trimmed : `${trimmed};`);
};

const optionText = (what: string, text: string): string => {
  if (text.trim() === "") throw new MaxComputeError("invalid", `The ${what} is empty`);
  return checkXmlText(what, text);
};

/**
 * What the job is set to, later ones over earlier ones of the same name: the SQL's own `set` statements, hints, schema, quota. A caller's
 * hint may be a safeguard (`odps.sql.read.only`), so the SQL does not override it here.
 */
const settingsOf = (sql: string, { hints = {}, schema, quota }: SqlOptions): ReadonlyMap<string, string> =>
  new Map<string, string>([
    ...leadingSettings(sql),
    ...settingsFromHints(hints),
    ...(schema === undefined
      ? []
      : ([
          ["odps.sql.allow.namespace.schema", "true"],
          ["odps.namespace.schema", "true"],
          ["odps.default.schema", optionText("schema", schema)],
        ] as const)),
    ...(quota === undefined ? [] : ([["odps.task.wlm.quota", optionText("quota", quota)]] as const)),
  ]);

const optional = (name: string, what: string, text: string | undefined): readonly Element[] =>
  text === undefined ? [] : [textElement(name, optionText(what, text))];

/**
 * The body that submits one SQL task (protocol section 11). The order of its elements matters to the service. `uuid` is new with each
 * submission. Throws "invalid" before anything is sent.
 */
export function sqlDocument(kind: keyof typeof sqlTasks, sql: string, options: SqlOptions, uuid: string): string {
  const query = queryOf(sql);
  const { priority = 9, uniqueId, jobName } = options;
  const task = parentElement(kind, [
    textElement("Name", sqlTasks[kind]),
    parentElement("Config", [settingsProperty(settingsOf(query, options)), property("uuid", uuid)]),
    { name: "Query", cdata: query },
  ]);
  const job = parentElement("Job", [
    ...optional("Name", "job name", jobName),
    textElement("Priority", priorityText(priority)),
    ...optional("Guid", "unique id", uniqueId),
    parentElement("Tasks", [task]),
    parentElement("DAG", [textElement("RunMode", "Sequence")]),
  ]);
  return writeXml(parentElement("Instance", [job]));
}
