// What the bot's MaxCompute account may do in a project, tried out on what is there without changing anything.
import { type InstanceSummary, type MaxComputeClient, MaxComputeError } from "../../maxcompute/index.ts";
import type { Finding } from "../../view/index.ts";
import { quoted, shortly } from "../words.ts";
import { type Checkup, ok, unclear, warning } from "./checkup.ts";
import { findingOf } from "./maxcompute-findings.ts";

/** The newest instances in which something to try is looked for, and how many of them are tried: each takes a call or two. */
const looksAt = 20;
const readsAtMost = 3;
const opensAtMost = 10;

/** Said of an instance that is no use for trying the tunnel: it has no rows. */
const hasNoRows: ReadonlySet<MaxComputeError["kind"]> = new Set([
  "unsupported",
  "task-failed",
  "cancelled",
  "suspended",
  "unknown",
  "still-running",
  "not-found",
]);

/** The listing, and one check for each thing that only can be tried on an instance of it. */
export function maxComputeCheckups(client: MaxComputeClient, now: () => number): readonly Checkup[] {
  const { project } = client;
  let listing: Promise<readonly InstanceSummary[]> | undefined;
  const listed = (deadline: number) => {
    listing ??= newest(client.withDeadline(deadline));
    return listing;
  };
  const check = (name: string, run: (deadline: number) => Promise<Finding>): Checkup => ({ name, isOfProject: true, run });
  /** Something that is tried on an instance: what is wrong with listing itself is said once, and not again here. */
  const onInstances = (
    name: string,
    use: (instances: readonly InstanceSummary[], client: MaxComputeClient) => Promise<Finding>,
  ) =>
    check(name, async (deadline) => {
      const instances = await listed(deadline).catch(() => undefined);
      if (instances === undefined) return unclear("no instance to try it on", "Put `MaxCompute` right first.");
      return instances.length === 0 ? nothingThere(project) : use(instances, client.withDeadline(deadline));
    });

  return [
    check("MaxCompute", async (deadline) => {
      const askedAt = now();
      try {
        await listed(deadline);
      } catch (error) {
        return findingOf(error, { may: "list instances", permission: "odps:List on the project", project });
      }
      return ok(`lists instances of ${quoted(project)}, in ${((now() - askedAt) / 1_000).toFixed(1)} s`);
    }),
    onInstances("Reading", (instances, at) => tryReading(project, instances, at)),
    onInstances("Tunnel", (instances, at) => tryTunnel(project, instances, at)),
    onInstances("Logview", (instances, at) => tryLogview(project, instances, at)),
    check("Stopping", async () => stopping),
  ];
}

const nothingThere = (project: string): Finding =>
  unclear(`${quoted(project)} has no instance to try it on`, "Ask again when something has run there.");

async function newest(client: MaxComputeClient): Promise<readonly InstanceSummary[]> {
  const found: InstanceSummary[] = [];
  for await (const instance of client.listInstances({ onlyOwner: false, limit: looksAt })) found.push(instance);
  return found.toSorted((a, b) => (b.startTime ?? 0) - (a.startTime ?? 0));
}

/** One that may not be read is one too many, for `list` shows it; and it says nothing of the others. */
async function tryReading(project: string, instances: readonly InstanceSummary[], client: MaxComputeClient): Promise<Finding> {
  const tried = instances.slice(0, readsAtMost);
  const failures: unknown[] = [];
  for (const { id } of tried)
    await Promise.all([client.getInstance(id), client.getTasks(id)]).catch((error: unknown) => failures.push(error));
  const [failure] = failures;
  if (failure === undefined) return ok(`the newest ${tried.length}, with their tasks`);
  const found = findingOf(failure, { may: "read an instance", permission: "odps:Read on the instances", project });
  if (failures.length === tried.length || found.state !== "broken") return found;
  return warning(`${tried.length - failures.length} of the newest ${tried.length}; the others: ${found.seen}`, found.fix);
}

/** Opens the first result that can be opened, and reads no row of it. */
async function tryTunnel(project: string, instances: readonly InstanceSummary[], client: MaxComputeClient): Promise<Finding> {
  const tried = { may: "open a result", permission: "odps:Read on the instances and on the tables behind them", project };
  let denied: MaxComputeError | undefined;
  for (const { id } of instances.filter(({ status }) => status === "Terminated").slice(0, opensAtMost)) {
    try {
      const { via } = await client.openResult(id, { limit: 0 });
      if (via === "tunnel") return ok(`opens the result of ${quoted(shortly(id))}`);
      return warning(
        `does not open the result of ${quoted(shortly(id))}, which is read inline instead, as text and cut where it is long`,
        "Let the bot's network reach the project's tunnel endpoint.",
      );
    } catch (error) {
      if (!(error instanceof MaxComputeError)) throw error;
      if (error.kind === "denied") denied = error;
      else if (!hasNoRows.has(error.kind)) return findingOf(error, tried);
    }
  }
  if (denied !== undefined) return findingOf(denied, tried);
  return unclear("none of the newest instances has a result to open", "Ask again when a query has ended there.");
}

/** The link it makes is a read grant: it lasts for the shortest time there is, and nobody sees it. */
async function tryLogview(project: string, [newest]: readonly InstanceSummary[], client: MaxComputeClient): Promise<Finding> {
  if (newest === undefined) return nothingThere(project);
  try {
    await client.getLogview(newest.id, { hours: 1 });
    return ok("links can be made");
  } catch (error) {
    return findingOf(error, { may: "make a Logview link", permission: "odps:Read on the instances", project });
  }
}

/** MaxCompute has no question for it, and the only try is a stop. */
const stopping: Finding = unclear(
  "not tried, for only a stop would tell: what the bot's account started itself it may stop, what others started it may where that was granted",
  "Grant odps:Write on the instances to the bot's account where `stop` is wanted; the first real stop tells.",
);
