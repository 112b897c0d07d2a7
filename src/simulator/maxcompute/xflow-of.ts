import type { InstanceRecord } from "./record.ts";
import { scenarioNamed } from "./scenarios/index.ts";
import type { Found } from "./world.ts";

/** An instance seen as an XFlow: its root's record, where in the flow it is, and what it was asked to run. */
export type Xflow = {
  readonly root: InstanceRecord;
  readonly path: readonly string[];
  readonly source: NonNullable<InstanceRecord["xflow"]>;
};

const sourceOf = (root: InstanceRecord): Xflow["source"] | undefined => {
  const { flow } = scenarioNamed(root.scenario);
  if (flow === undefined) return undefined;
  const parameters = flow.parameters.map(([name, value]): [string, string] => [name, value]);
  return root.xflow ?? { project: "algo_public", name: flow.name, parameters };
};

/** The XFlow that an instance is: a root or a sub-workflow. Undefined for one that runs tasks itself. */
export const xflowOf = ({ record, below }: Found): Xflow | undefined => {
  const root = below?.root ?? record;
  const source = sourceOf(root);
  if (source === undefined || below?.member.kind === "Instance") return undefined;
  const path = below?.member.path ?? [];
  return { root, path, source: { ...source, name: path.at(-1) ?? source.name } };
};
