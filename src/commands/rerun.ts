import { duration, flag } from "./arguments.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import { instance, project } from "./options.ts";
import { resolve } from "./resolve.ts";
import { askToRun } from "./running/ask.ts";
import type { Job } from "./running/job.ts";
import { isStillAllowed, mayChange } from "./running/statement.ts";

export const rerunSpec = /* @__PURE__ */ defineSpec({
  name: "rerun",
  group: "Act",
  summary: "Run again what I started, behind the same questions",
  access: "operate",
  args: {
    instance,
    timeout: flag(duration("1m", "72h"), "<10m>", "stop it after so long; as long as before unless told"),
    project,
  },
  examples: ["rerun last"],
});

export const rerun = /* @__PURE__ */ defineCommand(rerunSpec, async (values, context) => {
  const named = await resolve(values.instance, values.project, context);
  const before = await context.submissions.ofInstance(context.caller.team, named.project, named.instanceId);
  if (before === undefined) {
    throw new UserError("I did not start this instance, so I do not run it again.", {
      detail: "What others run may need more than its SQL: a schedule, parameters, another account.",
      next: "Run it again where it was started, or give its SQL to `run`.",
      offers: [{ label: "Status", command: `status ${named.instanceId} -p ${named.project}` }],
    });
  }
  const { job, limit, timeoutMs } = before;
  if (!mayRun(job, mayChange(context.rights, named.project))) {
    throw new UserError("It changes data, and you may only read here.", {
      tone: "denied",
      next: "Ask an administrator to run it again.",
    });
  }
  return askToRun({ verb: "rerun", project: named.project, job, limit, timeoutMs: values.timeout ?? timeoutMs }, context);
});

const mayRun = (job: Job, changes: boolean): boolean => job.kind === "xflow" || isStillAllowed(job, changes);
