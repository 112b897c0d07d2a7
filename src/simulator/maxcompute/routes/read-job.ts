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

const priorityOf = (text: string | undefined): number => {
  if (text === undefined || text === "") return 9;
  if (!/^\d$/.test(text)) throw invalidArgument(`the priority is 0 to 9, not ${text}`);
  return Number(text);
};

/** Reads `<Instance><Job>…`. Throws a Refusal for anything that is neither an SQL statement nor its estimate. */
export const readJob = (body: string): Job => {
  const root = readBody(body);
  const job = root.name === "Instance" ? childAt(root, "Job") : undefined;
  const kind = childAt(job, "Tasks", "SQL") !== undefined ? "SQL" : "SQLCost";
  const task = childAt(job, "Tasks", kind);
  const sql = textAt(task, "Query") ?? "";
  if (sql === "") throw invalidArgument("only a job with one SQL or SQLCost task and its Query can be submitted");
  const guid = textAt(job, "Guid") ?? "";
  return {
    kind,
    taskName: textAt(task, "Name") || (kind === "SQL" ? "AnonymousSQLTask" : "AnonymousSQLCostTask"),
    sql,
    jobName: textAt(job, "Name") ?? "",
    priority: priorityOf(textAt(job, "Priority")),
    ...(guid !== "" && { guid }),
  };
};
