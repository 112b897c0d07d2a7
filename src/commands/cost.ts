import type { MaxComputeClient, SubInstance, Task } from "../maxcompute/index.ts";
import type { CostRow, EstimateView } from "../view/index.ts";
import { maybe, usageOf, verbatim } from "./arguments.ts";
import { allowanceOf, dayOf } from "./budget.ts";
import type { CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import { inLanes } from "./lanes.ts";
import { look, orNothing } from "./look.ts";
import { instance, ofCard, project, share } from "./options.ts";
import { resolve } from "./resolve.ts";
import { estimateOf } from "./running/estimate.ts";
import { anyStatementOf, demandNamed } from "./running/statement.ts";
import { jobView } from "./running/views.ts";
import { subsOf } from "./sub-instances.ts";
import { target } from "./target.ts";

/** Each takes two calls or more, and there is no time for hundreds. */
const lookedAt = 40;

export const costSpec = /* @__PURE__ */ defineSpec({
  name: "cost",
  group: "Look",
  summary: "Show what an instance used: CPU, memory and bytes read; behind `--`, what a statement would read",
  access: "read",
  args: {
    instance: ofCard(maybe(target, "<id>", instance.about)),
    project,
    share,
    sql: verbatim("<SQL>", "one statement, which is not run"),
  },
  examples: ["cost last", "cost #1", "cost -- SELECT * FROM orders WHERE dt = '20261101'"],
});

export const cost = /* @__PURE__ */ defineCommand(costSpec, async (values, context) => {
  if (values.sql !== undefined)
    return { view: await estimate(values.sql, values.project ?? context.project, context), share: values.share };
  if (values.instance === undefined) throw nothingGiven();
  const named = await resolve(values.instance, values.project, context);
  const client = context.maxcompute(named.project);
  const [{ tasks, outcome }, subs] = await Promise.all([look(client, named.instanceId), subsOf(client, named.instanceId)]);
  // An XFlow itself uses nothing: what it started does.
  const rows =
    subs.length === 0
      ? await inLanes(tasks, ({ name }) => costOf(client, named.instanceId, name))
      : await inLanes(subs.slice(0, lookedAt), async ({ id, name, path }) =>
          sumOf([...path, name].join(" › "), await taskCosts(client, id)),
        );
  return {
    view: {
      kind: "cost",
      link: { ref: context.refs.to(named.project, named.instanceId), ...named },
      outcome,
      rows,
      unasked: Math.max(0, subs.length - lookedAt),
      seenAt: context.now(),
    },
    share: values.share,
  };
});

/** What a statement would read. One that changes data can be estimated by whoever may look: nothing of it is run. */
async function estimate(sql: string, inProject: string, context: CommandContext): Promise<EstimateView> {
  context.demandIn(inProject);
  const job = anyStatementOf(sql);
  demandNamed(job, inProject, context.rights, "read");
  const found = await estimateOf(context.maxcompute(inProject, "long"), job);
  const budget = allowanceOf(context.rights.policy, context.rights.roleIn(inProject) ?? "viewer", inProject);
  return {
    kind: "estimate",
    job: jobView(inProject, job),
    ...(found === undefined ? {} : { estimate: found }),
    budget: { ...budget, spent: await context.budgets.spent(context.caller, dayOf(context.now())) },
  };
}

const nothingGiven = (): UserError =>
  new UserError("`cost` wants an instance, or a statement behind `--`.", {
    detail: `Usage: \`${usageOf(costSpec.name, costSpec.args)}\``,
    offers: [{ label: "How it works", command: "help cost" }],
  });

/** Core-seconds that an instance has used so far, its sub-instances with it; undefined where MaxCompute tells of none. */
export async function coreSecondsOf(
  client: MaxComputeClient,
  instanceId: string,
  tasks: readonly Task[],
  subs: readonly SubInstance[],
): Promise<number | undefined> {
  const rows =
    subs.length === 0
      ? await inLanes(tasks, ({ name }) => costOf(client, instanceId, name))
      : (await inLanes(subs.slice(0, lookedAt), ({ id }) => taskCosts(client, id))).flat();
  return sumOf("", rows).cpu;
}

/** A task that tells no cost, or not yet, has none known. */
async function costOf(client: MaxComputeClient, instanceId: string, name: string): Promise<CostRow> {
  const told = await orNothing(client.getTaskCost(instanceId, name));
  const { cpu, memory, input } = told ?? {};
  return {
    name,
    // The service counts hundredths of core-seconds (protocol section 7.3).
    ...(cpu === undefined ? {} : { cpu: cpu / 100 }),
    ...(memory === undefined ? {} : { memory }),
    ...(input === undefined ? {} : { input }),
  };
}

async function taskCosts(client: MaxComputeClient, instanceId: string): Promise<readonly CostRow[]> {
  const tasks: readonly Task[] = (await orNothing(client.getTasks(instanceId))) ?? [];
  return Promise.all(tasks.map(({ name }) => costOf(client, instanceId, name)));
}

const figures = ["cpu", "memory", "input"] as const;

/** Several costs as one; a figure that none of them has stays unknown, and one that only some have is marked. */
function sumOf(name: string, costs: readonly CostRow[]): CostRow {
  const known = (figure: (typeof figures)[number]) => costs.flatMap((cost) => cost[figure] ?? []);
  const sum = (figure: (typeof figures)[number]) =>
    known(figure).length === 0 ? {} : { [figure]: known(figure).reduce((all, value) => all + value, 0) };
  const partial = figures.filter((figure) => known(figure).length > 0 && known(figure).length < costs.length);
  return { name, ...sum("cpu"), ...sum("memory"), ...sum("input"), ...(partial.length === 0 ? {} : { partial }) };
}
