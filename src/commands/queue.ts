import type { QueueingInfo } from "../maxcompute/index.ts";
import type { QueueRow } from "../view/index.ts";
import { flagOr, integer, maybe } from "./arguments.ts";
import type { CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { orNothing } from "./look.ts";
import { project, share } from "./options.ts";
import type { Listed } from "./recall.ts";
import { resolve } from "./resolve.ts";
import { target } from "./target.ts";

/** The queue of a project may be long; beyond this its length is not counted. */
const readAtMost = 1_000;

export const queueSpec = /* @__PURE__ */ defineSpec({
  name: "queue",
  aliases: ["q"],
  group: "Look",
  summary: "Show an instance's place in the queue and what it waits for; without an id, the project's queue",
  access: "read",
  args: {
    instance: maybe(target, "<id>", "an instance; without it, all that run and wait in the project"),
    limit: flagOr(integer(1, 50), 20, "<1-50>", "how many to show of a project's queue; 20 unless told"),
    project,
    share,
  },
  examples: ["queue last", "queue", "q -p prod_dw --limit 50"],
});

export const queue = /* @__PURE__ */ defineCommand(queueSpec, async (values, context) => {
  const place =
    values.instance === undefined
      ? await wholeQueue(values.project ?? context.project, values.limit, context)
      : await onePlace(values.instance, values.project, context);
  return { view: { kind: "queue", ...place, seenAt: context.now() }, share: values.share };
});

type Place = {
  readonly project: string;
  readonly isSingle: boolean;
  readonly rows: readonly QueueRow[];
  readonly total: number;
};

async function onePlace(
  wanted: NonNullable<Parameters<typeof resolve>[0]>,
  inProject: string | undefined,
  context: CommandContext,
): Promise<Place> {
  const { project, instanceId } = await resolve(wanted, inProject, context);
  const client = context.maxcompute(project);
  // The scheduler forgets an instance that has ended: then its status is all there is to say.
  const [instance, info] = await Promise.all([client.getInstance(instanceId), orNothing(client.getQueueingInfo(instanceId))]);
  const row = rowOf({ ...info, instanceId }, project, context);
  const { status, owner, startTime } = instance;
  const known = { ...(owner === undefined ? {} : { owner }), ...(startTime === undefined ? {} : { startTime }) };
  return { project, isSingle: true, rows: [{ ...known, ...row, status }], total: 1 };
}

async function wholeQueue(project: string, limit: number, context: CommandContext): Promise<Place> {
  const infos: QueueingInfo[] = [];
  for await (const info of context.maxcompute(project).listQueueingInfos({ onlyOwner: false, limit: readAtMost }))
    infos.push(info);
  const shown = infos.toSorted(byPlace).slice(0, limit);
  const rows = shown.map((info, index) => ({ number: index + 1, ...rowOf(info, project, context) }));
  await context.recall.listed(rows.map(remembered));
  return { project, isSingle: false, rows, total: infos.length };
}

const remembered = ({ link, status = "Unknown", owner, position }: QueueRow): Listed => ({
  ...link,
  status,
  waits: position !== undefined,
  ...(owner === undefined ? {} : { owner }),
});

/** Those in line first, the next one on top; then those that run, oldest first. */
const byPlace = (a: QueueingInfo, b: QueueingInfo): number =>
  (a.waitPosition || Number.MAX_SAFE_INTEGER) - (b.waitPosition || Number.MAX_SAFE_INTEGER) ||
  (a.startTime ?? 0) - (b.startTime ?? 0);

function rowOf(info: QueueingInfo, project: string, { refs }: CommandContext): QueueRow {
  const { instanceId, status, owner, jobName, waitPosition, queueLength, priority, progress, subStatuses = [], startTime } = info;
  return {
    link: { ref: refs.to(project, instanceId), project, instanceId },
    ...(status === undefined ? {} : { status }),
    ...(owner === undefined ? {} : { owner }),
    ...(jobName === undefined ? {} : { jobName }),
    // 0 is said of what does not wait.
    ...(waitPosition === undefined || waitPosition < 1 ? {} : { position: waitPosition }),
    ...(queueLength === undefined ? {} : { length: queueLength }),
    ...(priority === undefined ? {} : { priority }),
    ...(progress === undefined ? {} : { percent: progress * 100 }),
    subStatuses,
    ...(startTime === undefined ? {} : { startTime }),
  };
}
