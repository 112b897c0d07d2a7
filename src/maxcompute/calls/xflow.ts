import type { Api } from "../api.ts";
import { decodeXflowActions } from "../decode/xflow-actions.ts";
import { decodeXflowSource } from "../decode/xflow-source.ts";
import { MaxComputeError } from "../errors.ts";
import type { SubInstance, XflowAction, XflowSource } from "../xflow.ts";
import { instanceQuery } from "./instance-request.ts";
import { sideBySide } from "./side-by-side.ts";

/** A workflow in a workflow in a workflow is as deep as people go. */
const maxDepth = 32;
const maxWorkflows = 1000;
const maxActions = 100_000;
const readsAtOnce = 4;

/** `?xsource` (protocol section 12): what an XFlow was started with; undefined when the instance is none, or is not there: any 404 but that of a missing project. */
export async function getXflowSource(api: Api, id: string): Promise<XflowSource | undefined> {
  try {
    return await api.ask(instanceQuery(api.project, id, [["xsource", ""]]), ({ body }) => decodeXflowSource(body));
  } catch (error) {
    if (error instanceof MaxComputeError && error.httpStatus === 404 && error.kind !== "no-such-project") return undefined;
    throw error;
  }
}

/** Whether the instance is an XFlow. A missing right, a missing project or a lost connection is not "no": it is thrown. */
export async function isXflow(api: Api, id: string): Promise<boolean> {
  return (await getXflowSource(api, id)) !== undefined;
}

/** `?xresult` (protocol section 12): the nodes of one workflow so far, local ones and sub-workflows too, in the server's order. */
export function getXflowActions(api: Api, id: string): Promise<readonly XflowAction[]> {
  return api.ask(instanceQuery(api.project, id, [["xresult", ""]]), ({ body }) => decodeXflowActions(body));
}

type ActionsByWorkflow = ReadonlyMap<string, readonly XflowAction[]>;

const subWorkflowIds = (actions: readonly XflowAction[]): readonly string[] =>
  actions.flatMap(({ nodeType, instanceId }) => (nodeType === "SubWorkflow" && instanceId !== undefined ? [instanceId] : []));

const tooLarge = (id: string, what: string) =>
  new MaxComputeError("too-large", `The XFlow has ${what} than this client reads`, { instanceId: id });

/** Level by level, the workflows of a level side by side. Each is read once: one that contains itself tells nothing new. */
const readWorkflows = async (api: Api, rootId: string): Promise<ActionsByWorkflow> => {
  const read = new Map<string, readonly XflowAction[]>();
  let actionCount = 0;
  const readOne = async (id: string) => {
    const actions = await getXflowActions(api, id);
    actionCount += actions.length;
    if (actionCount > maxActions) throw tooLarge(rootId, "more nodes");
    // A result may be long, and there are many of them that nobody asked for.
    return [id, actions.map(({ result: _, ...action }) => action)] as const;
  };
  let level: readonly string[] = [rootId];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) throw tooLarge(rootId, "more levels");
    if (read.size + level.length > maxWorkflows) throw tooLarge(rootId, "more sub-workflows");
    const answers = await sideBySide(level, readsAtOnce, readOne);
    for (const [id, actions] of answers) read.set(id, actions);
    level = [...new Set(answers.flatMap(([, actions]) => subWorkflowIds(actions)))].filter((id) => !read.has(id));
  }
  return read;
};

type Place = { readonly parentId: string; readonly path: readonly string[] };

/** In the workflows' order, a sub-workflow's instances where it stands itself. Only the first place of a workflow counts. */
const subInstancesIn = (rootId: string, workflows: ActionsByWorkflow): readonly SubInstance[] => {
  const found: SubInstance[] = [];
  const left: { readonly action: XflowAction; readonly place: Place }[] = [];
  const entered = new Set<string>();
  const enter = (place: Place) => {
    if (entered.has(place.parentId)) return;
    entered.add(place.parentId);
    for (const action of (workflows.get(place.parentId) ?? []).toReversed()) left.push({ action, place });
  };
  enter({ parentId: rootId, path: [] });
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { name, nodeType, instanceId } = next.action;
    if (nodeType === "Local" || instanceId === undefined) continue;
    if (nodeType === "SubWorkflow") enter({ parentId: instanceId, path: [...next.place.path, name] });
    else found.push({ name, id: instanceId, nodeType, ...next.place });
  }
  return found;
};

/**
 * The ordinary instances an XFlow has started so far, those of its sub-workflows among them (protocol section 12). Local nodes have none;
 * a node type the service adds tomorrow counts as an instance. Two of the same name are both there. A workflow that occurs again, perhaps
 * within itself, is passed over; more than 32 levels, 1,000 workflows or 100,000 nodes are thrown as "too-large".
 */
export async function getSubInstances(api: Api, id: string): Promise<readonly SubInstance[]> {
  return subInstancesIn(id, await readWorkflows(api, id));
}
