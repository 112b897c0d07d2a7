import type { FormView } from "../view/index.ts";
import { amount, duration, flag, flagOr, integer, verbatim } from "./arguments.ts";
import type { Answer, CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import { project } from "./options.ts";
import type { Referred } from "./refs.ts";
import { askToRun } from "./running/ask.ts";
import { fillRun } from "./running/run-form.ts";
import { statementOf } from "./running/statement.ts";

const defaultTimeoutMs = 600_000;

export const runSqlSpec = /* @__PURE__ */ defineSpec({
  name: "run",
  aliases: ["sql"],
  group: "Act",
  summary: "Run a statement of SQL, after showing what it costs and asking",
  access: "operate",
  args: {
    project,
    limit: flagOr(integer(1, 100), 100, "<1-100>", "how many rows to read back; 100 unless told"),
    "max-cost": flag(amount(1e9), "<n>", "refuse it above so many gigabytes times complexity"),
    timeout: flagOr(duration("1m", "72h"), defaultTimeoutMs, "<10m>", "stop it after so long; 10m unless told"),
    sql: verbatim("<SQL>", "one statement, as you would type it elsewhere, line breaks and all; without it a form opens"),
  },
  form: { name: "statement", title: "Run SQL", opensBare: true },
  examples: [
    "run SELECT dt, COUNT(*) FROM orders WHERE dt >= '20261101' GROUP BY dt",
    "sql -p prod_dw --limit 20 SELECT 1",
    "run",
  ],
});

export const runSql = /* @__PURE__ */ defineCommand(
  runSqlSpec,
  async (values, context): Promise<Answer> => {
    const { ask } = context.request;
    const inProject = values.project ?? context.project;
    if (values.sql === undefined) return { view: await openForm(inProject, context) };
    if (ask.kind === "text" && ask.isCut === true) throw tooLong();
    context.demandIn(inProject);
    const job = statementOf(values.sql, inProject, context);
    const { limit, timeout: timeoutMs, "max-cost": maxCost } = values;
    const wanted = { verb: "run", project: inProject, job, limit, timeoutMs } as const;
    return askToRun(maxCost === undefined ? wanted : { ...wanted, maxCost }, context);
  },
  fillRun,
);

/** Typed without anything behind it: what is filled in is answered where it was typed. */
async function openForm(inProject: string, context: CommandContext): Promise<FormView> {
  context.demandIn(inProject);
  context.refs.answeredAt(context.request.replyTo);
  const about: Referred = { project: inProject, instanceId: "" };
  return fillRun(about, context);
}

/** The end of it is missing, and with it perhaps the condition that makes it harmless. */
const tooLong = (): UserError =>
  new UserError("This is longer than a message to me can be, so its end is missing, and I ran nothing.", {
    next: "Make a view of its longest part, or run it where you keep it.",
  });
