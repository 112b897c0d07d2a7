import { type Plan, runMs } from "./plan.ts";

/** One node of an XFlow. `fromMs` counts from the start of the flow or sub-workflow it is in. */
export type FlowNode =
  | { readonly kind: "Instance"; readonly name: string; readonly fromMs: number; readonly sql: string; readonly plan: Plan }
  | { readonly kind: "SubWorkflow"; readonly name: string; readonly fromMs: number; readonly nodes: readonly FlowNode[] };

/** What an XFlow of this kind runs (protocol section 12), and what it is called when nobody asked for it by name. */
export type Flow = {
  readonly name: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
  readonly nodes: readonly FlowNode[];
};

/** A node with its place in the whole flow. Times are milliseconds from the start of the root, when nothing breaks the flow. */
export type PlacedNode = {
  readonly path: readonly string[];
  readonly node: FlowNode;
  readonly fromMs: number;
  readonly toMs: number;
};

// The closing node of a flow takes a moment of its own.
const closingMs = 1_000;

const nodeMs = (node: FlowNode): number =>
  node.kind === "Instance" ? node.plan.queuedMs + runMs(node.plan) : nodesMs(node.nodes);

const nodesMs = (nodes: readonly FlowNode[]): number =>
  Math.max(0, ...nodes.map((node) => node.fromMs + nodeMs(node))) + closingMs;

/** Length of a flow that nothing breaks, milliseconds. */
export const flowMs = ({ nodes }: Flow): number => nodesMs(nodes);

const place = (nodes: readonly FlowNode[], factor: number, startMs: number, path: readonly string[]): readonly PlacedNode[] =>
  nodes.flatMap((node) => {
    const fromMs = startMs + node.fromMs * factor;
    const placed = { path: [...path, node.name], node, fromMs, toMs: fromMs + nodeMs(node) * factor };
    return node.kind === "Instance" ? [placed] : [placed, ...place(node.nodes, factor, fromMs, placed.path)];
  });

/** Every node of a flow in `factor` of its time, sub-workflows before what they hold. */
export const placedNodes = ({ nodes }: Flow, factor: number): readonly PlacedNode[] => place(nodes, factor, 0, []);

/** How a path is written where it must be one text. */
export const pathText = (path: readonly string[]): string => path.join("/");

const fails = ({ node }: PlacedNode): boolean =>
  node.kind === "Instance" && node.plan.tasks.some(({ endsAs }) => endsAs !== "Success");

/** What ends a flow before its time: a node that fails by itself, or one that was stopped. `atMs` counts from the start of the root. */
export type Break = { readonly atMs: number; readonly path: readonly string[]; readonly isStop: boolean };

/** The first thing that breaks a flow. `stops` are when accepted stops take effect, by path; one after a node's own end changes nothing. */
export const firstBreak = (nodes: readonly PlacedNode[], stops: ReadonlyMap<string, number>): Break | undefined => {
  const breaks = nodes.flatMap((placed): readonly Break[] => {
    const { path, toMs } = placed;
    const stopMs = stops.get(pathText(path));
    if (stopMs !== undefined && stopMs < toMs) return [{ atMs: stopMs, path, isStop: true }];
    return fails(placed) ? [{ atMs: toMs, path, isStop: false }] : [];
  });
  return breaks.reduce<Break | undefined>(
    (first, next) => (first !== undefined && first.atMs <= next.atMs ? first : next),
    undefined,
  );
};

/** Whether `path` leads to something inside of `outer`. */
export const isInside = (path: readonly string[], outer: readonly string[]): boolean =>
  path.length > outer.length && outer.every((name, index) => path[index] === name);
