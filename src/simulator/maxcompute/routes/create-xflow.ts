import type { XmlNode } from "../read-xml.ts";
import { scenarios } from "../scenarios/index.ts";
import { remember, type World } from "../world.ts";
import { readXflow, type XflowJob } from "./read-xflow.ts";

// The parameter `scenario` asks for a scenario by name, as a comment does in a statement; that one keeps its own length.
const askedFor = ({ parameters }: XflowJob): string | undefined => {
  const name = parameters.find(([key]) => key === "scenario")?.[1] ?? "";
  return scenarios.get(name)?.flow === undefined ? undefined : name;
};

/** Starts the XFlow that a submission asks for and answers its id. Throws a Refusal for one that cannot run. */
export const createXflow = (node: XmlNode, world: World, idFor: (guid: string | undefined) => string | undefined): string => {
  const job = readXflow(node, world.project);
  const known = idFor(job.guid);
  if (known !== undefined) return known;
  const id = world.newInstanceId();
  const asked = askedFor(job);
  remember(world, {
    id,
    project: world.project,
    scenario: asked ?? "xflow",
    owner: world.caller,
    quota: "default",
    jobName: job.name,
    priority: job.priority,
    sql: "",
    startedAt: world.clock.now(),
    xflow: { project: job.project, name: job.name, parameters: job.parameters.map(([key, value]) => [key, value]) },
    ...(job.settings !== undefined && { settings: job.settings }),
    ...(job.guid !== undefined && { guid: job.guid }),
    ...(asked === undefined && { durationMs: world.settings.xflowDurationMs }),
  });
  return id;
};
