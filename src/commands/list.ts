import type { InstanceSummary, MaxComputeClient, Outcome } from "../maxcompute/index.ts";
import { MaxComputeError, outcomeOf } from "../maxcompute/index.ts";
import { duration, flag, flagOr, integer, text, toggle } from "./arguments.ts";
import { defineCommand } from "./command.ts";
import { formatDuration } from "./duration.ts";
import { UserError } from "./errors.ts";
import { matchesGlob } from "./glob.ts";
import { project, share } from "./options.ts";
import { hours } from "./store.ts";

/** How many instances one listing reads at most, over all its pages. */
const readAtMost = 10_000;
/** How many ended instances are asked for their tasks, so that failed ones are told from successful ones. */
const askedForTasks = 100;
const askedAtOnce = 8;

export const list = defineCommand({
  name: "list",
  aliases: ["ls"],
  group: "Look",
  summary: "List the project's instances, newest first",
  access: "read",
  args: {
    running: toggle("only running ones"),
    suspended: toggle("only suspended ones"),
    done: toggle("only ended ones"),
    failed: toggle("only ended ones that failed"),
    mine: toggle("only those of the bot's own MaxCompute account"),
    owner: flag(text(128), "<name>", "only this MaxCompute owner; * stands for anything"),
    name: flag(text(80), "<glob>", "only ids that match; * stands for anything"),
    since: flagOr(duration("1m", "30d"), hours(24), "<time>", "how far back: 30m, 6h, 2d; 24h unless told"),
    limit: flagOr(integer(1, 50), 20, "<1-50>", "how many to show; 20 unless told"),
    ids: toggle("the full ids, for copying"),
    project,
    share,
  },
  examples: ["list --running", "ls --failed --since 6h", "list -p other_project --ids"],
  async run(values, context) {
    const inProject = values.project ?? context.project;
    const client = context.maxcompute(inProject);
    const wanted = statusOf(values);
    const found: InstanceSummary[] = [];
    let read = 0;
    for await (const instance of client.listInstances({
      onlyOwner: values.mine,
      from: context.now() - values.since,
      limit: readAtMost,
      ...(wanted === undefined ? {} : { status: wanted }),
    })) {
      read += 1;
      if (matches(instance, values)) found.push(instance);
    }
    found.sort((a, b) => (b.startTime ?? 0) - (a.startTime ?? 0) || (a.id < b.id ? 1 : -1));
    const { rows, total, cut } = await withOutcomes(found, values, client);
    await context.recall.listed(rows.map(({ instance }) => ({ project: inProject, instanceId: instance.id })));
    const why =
      cut ?? (read >= readAtMost ? `I stopped reading after ${readAtMost.toLocaleString("en-US")} instances` : undefined);
    return {
      view: {
        kind: "instances",
        project: inProject,
        filter: describe(values),
        rows: rows.map((row, index) => ({
          number: index + 1,
          link: { ref: context.refs.to(inProject, row.instance.id), project: inProject, instanceId: row.instance.id },
          ...row,
        })),
        total,
        ...(why === undefined ? {} : { cut: why }),
        showIds: values.ids,
        seenAt: context.now(),
      },
      share: values.share,
    };
  },
});

type Wanted = {
  readonly running: boolean;
  readonly suspended: boolean;
  readonly done: boolean;
  readonly failed: boolean;
  readonly mine: boolean;
  readonly owner: string | undefined;
  readonly name: string | undefined;
  readonly since: number;
  readonly limit: number;
};
type Row = { readonly instance: InstanceSummary; readonly outcome?: Outcome };

function statusOf({ running, suspended, done, failed }: Wanted): "Running" | "Suspended" | "Terminated" | undefined {
  if ([running, suspended, done, failed].filter(Boolean).length > 1) {
    throw new UserError("`--running`, `--suspended`, `--done` and `--failed` exclude one another: give one.");
  }
  if (running) return "Running";
  if (suspended) return "Suspended";
  return done || failed ? "Terminated" : undefined;
}

const matches = ({ id, owner }: InstanceSummary, wanted: Wanted): boolean =>
  (wanted.name === undefined || matchesGlob(id, wanted.name)) &&
  (wanted.owner === undefined || matchesGlob(owner ?? "", wanted.owner));

/** A listing says only Terminated: the newest ended ones are asked for their tasks, so that a failure shows as one. */
async function withOutcomes(found: readonly InstanceSummary[], { failed, limit }: Wanted, client: MaxComputeClient) {
  if (!failed) return { rows: await askTasks(found.slice(0, limit), client), total: found.length, cut: undefined };
  const asked = await askTasks(found.slice(0, askedForTasks), client);
  const rows = asked.filter(({ outcome }) => outcome === "failed");
  const cut =
    found.length > askedForTasks ? `I looked into the newest ${askedForTasks} of ${found.length} ended instances` : undefined;
  return { rows: rows.slice(0, limit), total: rows.length, cut };
}

async function askTasks(instances: readonly InstanceSummary[], client: MaxComputeClient): Promise<Row[]> {
  const rows: Row[] = instances.map((instance) => ({ instance }));
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < instances.length; index = next++) {
      const instance = instances[index];
      if (instance !== undefined) rows[index] = await withOutcome(instance, client);
    }
  };
  await Promise.all(Array.from({ length: askedAtOnce }, worker));
  return rows;
}

async function withOutcome(instance: InstanceSummary, client: MaxComputeClient): Promise<Row> {
  if (instance.status !== "Terminated") return { instance, outcome: outcomeOf(instance.status, []) };
  try {
    return { instance, outcome: outcomeOf(instance.status, await client.getTasks(instance.id)) };
  } catch (error) {
    // One that may not be read, has vanished or did not answer in time is still listed: with its raw status.
    if (error instanceof MaxComputeError) return { instance };
    throw error;
  }
}

function describe({ running, suspended, done, failed, mine, owner, name, since }: Wanted): string {
  const state = [running && "running", suspended && "suspended", done && "ended", failed && "failed"].find(Boolean);
  return [
    state || "all",
    mine && "mine",
    owner !== undefined && `owner ${owner}`,
    name !== undefined && `id ${name}`,
    `last ${formatDuration(since)}`,
  ]
    .filter(Boolean)
    .join(", ");
}
