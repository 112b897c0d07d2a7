import type { InstanceSummary, MaxComputeClient, Outcome, Task } from "../maxcompute/index.ts";
import { outcomeOf } from "../maxcompute/index.ts";
import { duration, flag, flagOr, integer, text, toggle } from "./arguments.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { formatDuration } from "./duration.ts";
import { UserError } from "./errors.ts";
import { matchesGlob } from "./glob.ts";
import { inLanes } from "./lanes.ts";
import { orNothing } from "./look.ts";
import { project, share } from "./options.ts";
import { readListing } from "./read-listing.ts";
import type { Listed } from "./recall.ts";
import { hours } from "./store.ts";

/** How many ended instances are asked for their tasks, so that failed ones are told from successful ones. */
const askedForTasks = 100;

export const listSpec = /* @__PURE__ */ defineSpec({
  name: "list",
  aliases: ["ls"],
  group: "Look",
  summary: "List the project's instances, newest first",
  access: "read",
  args: {
    running: toggle("only running ones"),
    waiting: toggle("only running ones of which no task has begun"),
    suspended: toggle("only suspended ones"),
    done: toggle("only ended ones"),
    failed: toggle("only ended ones that failed"),
    mine: toggle("only those of the bot's own MaxCompute account"),
    owner: flag(text(128), "<name>", "only this MaxCompute owner; * stands for anything"),
    name: flag(text(80), "<glob>", "only ids that match; * stands for anything"),
    job: flag(text(128), "<name>", "only jobs of exactly this name"),
    quota: flag(text(128), "<name>", "only those of this quota"),
    since: flagOr(duration("1m", "30d"), hours(24), "<time>", "how far back: 30m, 6h, 2d; 24h unless told"),
    limit: flagOr(integer(1, 50), 20, "<1-50>", "how many to show; 20 unless told"),
    ids: toggle("the full ids, for copying"),
    project,
    share,
  },
  examples: ["list --running", "ls --failed --since 6h", "list -p other_project --ids"],
});

export const list = /* @__PURE__ */ defineCommand(listSpec, async (values, context) => {
  const inProject = values.project ?? context.project;
  const client = context.maxcompute(inProject);
  const wanted = statusOf(values);
  const since = context.now() - values.since;
  const { mine, job, quota } = values;
  const filter = { onlyOwner: mine, from: since, status: wanted, jobName: job, quota };
  const { instances, cut: readCut } = await readListing(client, filter);
  const found = instances.filter((instance) => matches(instance, values));
  const { rows, total, cut } = await withOutcomes(found, values, client);
  const refOf = ({ instance }: Row) => context.refs.to(inProject, instance.id);
  await context.recall.listed(rows.map((row) => remembered(row, inProject, refOf(row))));
  const why = [readCut, cut].filter((words) => words !== undefined).join("; ");
  return {
    view: {
      kind: "instances",
      project: inProject,
      filter: describe(values),
      rows: rows.map((row, index) => ({
        number: index + 1,
        link: { ref: refOf(row), project: inProject, instanceId: row.instance.id },
        ...row,
      })),
      total,
      ...(why === "" ? {} : { cut: why }),
      showIds: values.ids,
      seenAt: context.now(),
    },
    share: values.share,
  };
});

/** A row as it can be picked later. An owner's name longer than that would only be cut where it is shown. */
const remembered = (row: Row, project: string, ref: string): Listed => ({
  ...{ project, instanceId: row.instance.id, ref, status: row.instance.status, waits: hasNotBegun(row) },
  ...(row.instance.owner === undefined ? {} : { owner: row.instance.owner.slice(0, 128) }),
  ...(row.outcome === undefined ? {} : { outcome: row.outcome }),
});

type Wanted = {
  readonly running: boolean;
  readonly waiting: boolean;
  readonly suspended: boolean;
  readonly done: boolean;
  readonly failed: boolean;
  readonly mine: boolean;
  readonly owner: string | undefined;
  readonly name: string | undefined;
  readonly job: string | undefined;
  readonly quota: string | undefined;
  readonly since: number;
  readonly limit: number;
};
type Row = { readonly instance: InstanceSummary; readonly outcome?: Outcome; readonly tasks?: readonly Task[] };

function statusOf({ running, waiting, suspended, done, failed }: Wanted): "Running" | "Suspended" | "Terminated" | undefined {
  if ([running, waiting, suspended, done, failed].filter(Boolean).length > 1) {
    throw new UserError("`--running`, `--waiting`, `--suspended`, `--done` and `--failed` exclude one another: give one.");
  }
  if (running || waiting) return "Running";
  if (suspended) return "Suspended";
  return done || failed ? "Terminated" : undefined;
}

const matches = ({ id, owner }: InstanceSummary, wanted: Wanted): boolean =>
  (wanted.name === undefined || matchesGlob(id, wanted.name)) &&
  (wanted.owner === undefined || matchesGlob(owner ?? "", wanted.owner));

/** A listing says only Terminated: the newest ended ones are asked for their tasks, so that a failure shows as one. */
async function withOutcomes(found: readonly InstanceSummary[], { failed, waiting, limit }: Wanted, client: MaxComputeClient) {
  const ask = (some: readonly InstanceSummary[]) => inLanes(some, (instance) => withOutcome(instance, client, waiting));
  if (!failed && !waiting) return { rows: await ask(found.slice(0, limit)), total: found.length, cut: undefined };
  const asked = await ask(found.slice(0, askedForTasks));
  const rows = asked.filter((row) => (failed ? row.outcome === "failed" : hasNotBegun(row)));
  const unanswered = asked.filter(({ tasks }) => tasks === undefined).length;
  const cuts = [
    found.length > askedForTasks &&
      `I looked into the newest ${askedForTasks} of ${found.length} ${failed ? "ended" : "running"} instances`,
    unanswered > 0 && `MaxCompute did not show me the tasks of ${unanswered} of them`,
  ].filter((words) => words !== false);
  return { rows: rows.slice(0, limit), total: rows.length, cut: cuts.length === 0 ? undefined : cuts.join("; ") };
}

const hasNotBegun = ({ tasks = [] }: Row): boolean => tasks.length > 0 && tasks.every(({ status }) => status === "WAITING");

async function withOutcome(instance: InstanceSummary, client: MaxComputeClient, alsoLive: boolean): Promise<Row> {
  if (instance.status !== "Terminated" && !alsoLive) return { instance, outcome: outcomeOf(instance.status, []) };
  // One that may not be read, has vanished or did not answer in time is still listed: with its raw status.
  const tasks = await orNothing(client.getTasks(instance.id));
  return tasks === undefined ? { instance } : { instance, outcome: outcomeOf(instance.status, tasks), tasks };
}

function describe({ running, waiting, suspended, done, failed, mine, owner, name, job, quota, since }: Wanted): string {
  const state = [running && "running", waiting && "waiting", suspended && "suspended", done && "ended", failed && "failed"].find(
    Boolean,
  );
  return [
    state || "all",
    mine && "mine",
    owner !== undefined && `owner ${owner}`,
    name !== undefined && `id ${name}`,
    job !== undefined && `job ${job}`,
    quota !== undefined && `quota ${quota}`,
    `last ${formatDuration(since)}`,
  ]
    .filter(Boolean)
    .join(", ");
}
