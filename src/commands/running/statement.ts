// A person's SQL, as the first of the two walls takes it.
import { checkSql, explainRefusal, namedProjects } from "../../sql/index.ts";
import type { CommandContext } from "../command.ts";
import { UserError } from "../errors.ts";
import type { Rights } from "../rights/rights.ts";
import type { Access } from "../roles.ts";
import type { SqlJob } from "./job.ts";
import { withStraightQuotes } from "./straight-quotes.ts";

/** Whether somebody may change data with SQL: an administrator, where the place lets administrators act. */
export const mayChange = (rights: Pick<Rights, "roleIn">, project: string): boolean => rights.roleIn(project) === "admin";

/** The one statement of a text, with its settings. Throws an UserError that says what is refused, where and why. */
export function statementOf(sql: string, project: string, { rights }: Pick<CommandContext, "rights">): SqlJob {
  return checked(sql, mayChange(rights, project));
}

/** The same of a statement that is not run, so that it does not matter what it would change. */
export const anyStatementOf = (sql: string): SqlJob => checked(sql, true);

function checked(sql: string, changes: boolean): SqlJob {
  const verdict = checkSql(withStraightQuotes(sql), { allows: changes ? "changing" : "reading" });
  if (verdict.kind === "ok") {
    const { statement, verb, kindOf, settings } = verdict;
    return { kind: "sql", statement, verb, isReading: kindOf === "reading", settings };
  }
  const { what, why, next } = explainRefusal(verdict);
  throw new UserError(what, { detail: why, next });
}

/** Whether a statement that was accepted before is taken as what it was. */
export function isStillAllowed(job: SqlJob, changes: boolean): boolean {
  const verdict = checkSql(job.statement, { allows: changes ? "changing" : "reading" });
  return verdict.kind === "ok" && verdict.statement === job.statement && (verdict.kindOf === "reading") === job.isReading;
}

/**
 * Throws where a statement names what may be another project, in which this person may do less than it takes: a table is read, or
 * written, wherever the job runs. The same words whether or not there is such a project.
 */
export function demandNamed(
  { statement, isReading }: SqlJob,
  project: string,
  rights: Pick<Rights, "may" | "roleIn">,
  access: Access = "operate",
): void {
  const isAllowed = (name: string) => rights.may(access, name) && (isReading || access === "read" || mayChange(rights, name));
  const foreign = namedProjects(statement).find((name) => name !== project.toLowerCase() && !isAllowed(name));
  if (foreign === undefined) return;
  throw new UserError(`The statement names \`${foreign}\`, in which you may not do that, so I ran nothing.`, {
    tone: "denied",
    detail: "What stands before the point of a table is taken for a project.",
    next: "Where it is a schema, name the project before it; or ask an administrator for a role there.",
    offers: [{ label: "My rights", command: "rights" }],
  });
}
