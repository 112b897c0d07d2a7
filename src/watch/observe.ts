// MaxCompute as the engine sees it. What MaxCompute refuses or does not answer becomes data here; a fault of our own is still thrown.
import type { MaxComputeClient, MaxComputeErrorKind, Task } from "../maxcompute/index.ts";
import { MaxComputeError, parseTaskError } from "../maxcompute/index.ts";
import type { Failure } from "./failure.ts";
import type { Observation, Seen } from "./observation.ts";
import type { Known, Observer } from "./observer.ts";
import { subSightsOf } from "./xflow.ts";

/** A sentence on what broke, and one on what to do. */
export type Explain = (failed: { readonly code?: string | undefined; readonly message: string }) => {
  readonly what: string;
  readonly next: string;
};

const pageSize = 1_000;
/** More would fill a card, not explain it. */
const mostMessage = 4_000;

const refused: ReadonlySet<MaxComputeErrorKind> = new Set(["denied"]);
const gone: ReadonlySet<MaxComputeErrorKind> = new Set(["not-found", "no-such-project"]);
/** These a card can do without: MaxCompute does not have it, or not yet, or not for us. */
const unanswered: ReadonlySet<MaxComputeErrorKind> = new Set([
  "invalid",
  "not-found",
  "denied",
  "unsupported",
  "refused",
  "malformed",
  "too-large",
]);

async function ifTold<T>(wanted: Promise<T>): Promise<T | undefined> {
  try {
    return await wanted;
  } catch (error) {
    if (error instanceof MaxComputeError && unanswered.has(error.kind)) return undefined;
    throw error;
  }
}

function failed(error: unknown, at: number): Observation {
  if (!(error instanceof MaxComputeError)) throw error;
  if (gone.has(error.kind)) return { kind: "missing", at };
  if (refused.has(error.kind)) return { kind: "forbidden", at, reason: error.code ?? error.kind };
  return { kind: "unreachable", at, reason: error.code ?? error.kind };
}

async function failureOf(
  client: MaxComputeClient,
  id: string,
  tasks: readonly Task[],
  explain: Explain,
): Promise<Failure | undefined> {
  const task = tasks.find(({ status }) => status === "FAILED");
  if (task === undefined) return undefined;
  const result = await ifTold(client.getTaskResult(id, task.name));
  const { code, message } = parseTaskError(result?.text ?? "");
  const { what: cause, next } = explain({ code, message });
  return { taskName: task.name, message: message.slice(0, mostMessage), cause, next, ...(code === undefined ? {} : { code }) };
}

const unfinished: ReadonlySet<string> = new Set(["WAITING", "RUNNING", "SUSPENDED"]);

async function seenOf(client: MaxComputeClient, id: string, known: Known, explain: Explain, at: number): Promise<Seen> {
  const [instance, first] = await Promise.all([client.getInstance(id), client.getTasks(id)]);
  const hasEnded = instance.status === "Terminated";
  // It may have ended between the two answers: then the tasks are those of the moment before.
  const tasks = hasEnded && first.some(({ status }) => unfinished.has(status)) ? await client.getTasks(id) : first;
  const isSql = tasks.length > 0 && tasks.every(({ type }) => type.toUpperCase().startsWith("SQL"));
  const isXflow = known.isXflow ?? (isSql ? false : ((await ifTold(client.isXflow(id))) ?? false));
  const [progress, subs, source, failure] = await Promise.all([
    isXflow
      ? []
      : Promise.all(
          tasks.map(async ({ name }) => ({
            taskName: name,
            stages: (await ifTold(client.getTaskProgress(id, name)))?.stages ?? [],
          })),
        ),
    isXflow ? ifTold(subSightsOf(client, id, known.endedSubs)) : undefined,
    known.jobName === undefined ? ifTold(client.getSource(id)) : undefined,
    hasEnded ? failureOf(client, id, tasks, explain) : undefined,
  ]);
  const hasBegun =
    isXflow ||
    progress.some(({ stages }) =>
      stages.some(({ runningWorkers = 0, terminatedWorkers = 0 }) => runningWorkers + terminatedWorkers > 0),
    );
  const queueing = hasEnded || hasBegun ? undefined : await ifTold(client.getQueueingInfo(id));
  return {
    kind: "seen",
    at,
    instance,
    tasks,
    progress,
    queueing,
    failure,
    jobName: known.jobName ?? source?.jobName,
    ...(isXflow ? { subs: subs ?? [] } : {}),
  };
}

async function* inPages<Item, Told>(
  items: AsyncIterable<Item>,
  told: (item: Item) => Told,
): AsyncGenerator<readonly Told[], void, undefined> {
  let page: Told[] = [];
  for await (const item of items) {
    page.push(told(item));
    if (page.length < pageSize) continue;
    yield page;
    page = [];
  }
  yield page;
}

/** The observer over a client. Listings have no limit, so that their normal end means an empty marker was seen. */
export function observe(client: MaxComputeClient, now: () => number, explain: Explain): Observer {
  return {
    look: (id, known) => seenOf(client, id, known, explain, now()).catch((error: unknown) => failed(error, now())),
    running: (began) =>
      inPages(client.listInstances({ status: "Running", onlyOwner: false, ...began, pageSize }), ({ id }) => id),
    began: (from, to) => inPages(client.listInstances({ onlyOwner: false, from, to, pageSize }), (instance) => instance),
    async extras(id, { tasks }, { cost, priority }) {
      const [task] = tasks;
      const [spent, source] = await Promise.all([
        cost && task !== undefined ? ifTold(client.getTaskCost(id, task.name)) : undefined,
        priority ? ifTold(client.getSource(id)) : undefined,
      ]);
      return { cost: spent?.cpu, priority: source?.priority };
    },
  };
}
