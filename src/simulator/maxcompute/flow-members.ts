import { type Break, type Flow, firstBreak, flowMs, isInside, type PlacedNode, pathText, placedNodes } from "./flow.ts";
import { instanceId, instanceTime, suffixFor } from "./ids.ts";
import { type Plan, scaled } from "./plan.ts";
import type { InstanceRecord } from "./record.ts";

/** One instance below an XFlow: everything about it follows from the root's record. */
export type FlowMember = {
  readonly path: readonly string[];
  readonly kind: "Instance" | "SubWorkflow";
  readonly record: InstanceRecord;
  readonly plan: Plan;
};

/** An XFlow with all that will ever run below it, in the order in which it starts. */
export type Family = { readonly plan: Plan; readonly members: readonly FlowMember[] };

/** A task of an XFlow or a sub-workflow: it has no stages, the work is done below. */
const flowTask = (name: string, durationMs: number, breaking: Break | undefined): Plan => ({
  queuedMs: 0,
  tasks: [
    {
      name,
      type: "XFlow",
      startsAtMs: 0,
      durationMs,
      endsAs: breaking === undefined ? "Success" : "Failed",
      stages: [],
      result: {
        format: "text",
        text:
          breaking === undefined
            ? ""
            : `ODPS-1100013:Xflow failed - node ${breaking.path.at(-1)} ${breaking.isStop ? "was cancelled" : "failed"}`,
        base64: true,
      },
    },
  ],
});

const factorOf = ({ durationMs }: InstanceRecord, flow: Flow): number =>
  durationMs === undefined ? 1 : durationMs / flowMs(flow);

const memberPlan = ({ path, node, fromMs, toMs }: PlacedNode, factor: number, breaking: Break | undefined): Plan => {
  if (node.kind === "Instance") return scaled(node.plan, factor);
  const own = breaking !== undefined && isInside(breaking.path, path) ? breaking : undefined;
  return flowTask(node.name, (own?.atMs ?? toMs) - fromMs, own);
};

/** Nothing outlives the break of the flow, and what led to it ends by itself. */
const stopOf = ({ path, toMs }: PlacedNode, breaking: Break | undefined): number | undefined => {
  if (breaking === undefined || breaking.atMs >= toMs || isInside(breaking.path, path)) return undefined;
  return breaking.atMs;
};

const memberOf = (root: InstanceRecord, placed: PlacedNode, factor: number, breaking: Break | undefined): FlowMember => {
  const { path, node, fromMs } = placed;
  const stopMs = stopOf(placed, breaking);
  return {
    path,
    kind: node.kind,
    plan: memberPlan(placed, factor, breaking),
    record: {
      // From the root's id, not from its start: a seeded root begins anew with every simulator, and the ids stay.
      id: instanceId(instanceTime(root.id) + Math.round(fromMs), suffixFor(`${root.id} ${pathText(path)}`)),
      scenario: `${root.scenario}/${pathText(path)}`,
      project: root.project,
      owner: root.owner,
      quota: root.quota,
      priority: root.priority,
      jobName: node.name,
      sql: node.kind === "Instance" ? node.sql : "",
      startedAt: root.startedAt + fromMs,
      ...(root.settings !== undefined && { settings: root.settings }),
      ...(stopMs !== undefined && { stopAt: root.startedAt + stopMs }),
    },
  };
};

const earlier = (a: Break | undefined, b: Break | undefined): Break | undefined =>
  a !== undefined && (b === undefined || a.atMs <= b.atMs) ? a : b;

/** Whether a member ever begins: nothing starts in a flow that is broken. */
const begins = ({ fromMs }: PlacedNode, breaking: Break | undefined): boolean => breaking === undefined || fromMs < breaking.atMs;

/** What an XFlow and everything below it are going to do, given the stops that were accepted so far. */
export const familyOf = (root: InstanceRecord, flow: Flow): Family => {
  const factor = factorOf(root, flow);
  const nodes = placedNodes(flow, factor);
  const stops = Object.entries(root.nodeStops ?? {}).map(([path, at]) => [path, at - root.startedAt] as const);
  const fromBelow = firstBreak(nodes, new Map(stops));
  const ownStop = root.stopAt === undefined ? undefined : { atMs: root.stopAt - root.startedAt, path: [], isStop: true };
  const breaking = earlier(ownStop, fromBelow);
  const lasts = fromBelow?.atMs ?? flowMs(flow) * factor;
  return {
    plan: flowTask(root.xflow?.name ?? flow.name, lasts, fromBelow),
    members: nodes.filter((placed) => begins(placed, breaking)).map((placed) => memberOf(root, placed, factor, breaking)),
  };
};
