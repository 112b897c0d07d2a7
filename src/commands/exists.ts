import { MaxComputeError } from "../maxcompute/index.ts";
import type { ExistenceView } from "../view/index.ts";
import { several } from "./arguments.ts";
import type { CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { project, share } from "./options.ts";
import { resolve } from "./resolve.ts";
import { parseTarget } from "./target.ts";

type Existence = ExistenceView["answers"][number];

export const existsSpec = /* @__PURE__ */ defineSpec({
  name: "exists",
  group: "Look",
  summary: "Say whether instances exist in the project",
  access: "read",
  args: { names: several("<id>", "any names, 20 at most", 20), project, share },
  examples: ["exists 20160519101349613gzbzufck2 my_instance_id"],
});

export const exists = /* @__PURE__ */ defineCommand(existsSpec, async (values, context) => {
  const inProject = values.project ?? context.project;
  const answers = await Promise.all(values.names.map((name) => ask(name, inProject, context)));
  const there = answers.find(({ exists: isThere }) => isThere)?.link;
  if (there !== undefined) await context.recall.named({ project: there.project, instanceId: there.instanceId });
  return { view: { kind: "existence", project: inProject, answers }, share: values.share };
});

/** Any name may be asked for, also one that cannot be an id: then the answer is no, as MaxCompute would say. */
async function ask(name: string, project: string, context: CommandContext): Promise<Existence> {
  const target = parseTarget(name);
  const isIndirect = target?.kind === "last" || target?.kind === "number";
  const named = isIndirect ? await resolve(target, undefined, context) : undefined;
  const instanceId = named?.instanceId ?? (target?.kind === "id" ? target.instanceId : name);
  const where = named?.project ?? (target?.kind === "id" ? (target.project ?? project) : project);
  const isThere = await context
    .maxcompute(where)
    .instanceExists(instanceId)
    .catch((error: unknown) => {
      if (error instanceof MaxComputeError && error.kind === "invalid" && error.httpStatus === undefined) return false; // refused before it was sent
      throw error;
    });
  return isThere
    ? { name, exists: true, link: { ref: context.refs.to(where, instanceId), project: where, instanceId } }
    : { name, exists: false };
}
