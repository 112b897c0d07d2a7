import { z } from "zod";
import { invalidArgument, Refusal } from "../errors.ts";
import { childAt, readXml, textAt, type XmlNode } from "../read-xml.ts";

/** What a submission asks for (protocol section 11). */
export type Job = {
  readonly kind: "SQL" | "SQLCost";
  readonly taskName: string;
  readonly sql: string;
  readonly jobName: string;
  readonly priority: number;
  readonly guid?: string;
  /** JSON text. */
  readonly settings?: string;
  readonly quota?: string;
};

/** The body as XML. Throws a Refusal: PyODPS leaves a `]]>` in a statement unescaped, which is malformed. */
export const readBody = (body: string): XmlNode => {
  try {
    return readXml(body);
  } catch (cause) {
    throw new Refusal(
      400,
      "InvalidParameter",
      `The request body is not well-formed XML: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
};

/** 0 to 9, of which 9 is meant when nothing is said. Throws a Refusal for anything else. */
export const priorityOf = (text: string | undefined): number => {
  if (text === undefined || text === "") return 9;
  if (!/^\d$/.test(text)) throw invalidArgument(`the priority is 0 to 9, not ${text}`);
  return Number(text);
};

/** The JSON text of the property `settings` in an element's Config. */
export const settingsOf = (node: XmlNode | undefined): string | undefined =>
  childAt(node, "Config")
    ?.children.filter((property) => textAt(property, "Name") === "settings")
    .map((property) => textAt(property, "Value"))
    .at(0);

const parsedSettings = z.record(z.string(), z.unknown());

const quotaIn = (settings: string | undefined): string | undefined => {
  if (settings === undefined || settings === "") return undefined;
  try {
    const quota = parsedSettings.parse(JSON.parse(settings))["odps.task.wlm.quota"];
    return typeof quota === "string" && quota !== "" ? quota : undefined;
  } catch {
    throw invalidArgument("the settings of the task are not a JSON object");
  }
};

/** Reads `<Instance><Job>…`. Throws a Refusal for anything that is neither an SQL statement nor its estimate. */
export const readJob = (root: XmlNode): Job => {
  const job = root.name === "Instance" ? childAt(root, "Job") : undefined;
  const kind = childAt(job, "Tasks", "SQL") !== undefined ? "SQL" : "SQLCost";
  const task = childAt(job, "Tasks", kind);
  const sql = textAt(task, "Query") ?? "";
  if (sql === "") throw invalidArgument("only a job with one SQL or SQLCost task and its Query can be submitted");
  const guid = textAt(job, "Guid") ?? "";
  const settings = settingsOf(task);
  const quota = quotaIn(settings);
  return {
    kind,
    taskName: textAt(task, "Name") || (kind === "SQL" ? "AnonymousSQLTask" : "AnonymousSQLCostTask"),
    sql,
    jobName: textAt(job, "Name") ?? "",
    priority: priorityOf(textAt(job, "Priority")),
    ...(guid !== "" && { guid }),
    ...(settings !== undefined && { settings }),
    ...(quota !== undefined && { quota }),
  };
};
