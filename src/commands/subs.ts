import { flagOr, integer } from "./arguments.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { inLanes } from "./lanes.ts";
import { look } from "./look.ts";
import { instance, project, share } from "./options.ts";
import { resolve } from "./resolve.ts";
import { lookAtSub } from "./sub-instances.ts";

/** More would not fit a message, nor the time there is. */
const lookedAt = 40;

export const subsSpec = /* @__PURE__ */ defineSpec({
  name: "subs",
  group: "Look",
  summary: "Show the sub-instances of an XFlow (PAI); of any other instance, its tasks",
  access: "read",
  args: {
    instance,
    depth: flagOr(integer(1, 9), 3, "<1-9>", "how many levels of sub-workflows; 3 unless told"),
    project,
    share,
  },
  examples: ["subs last", "subs #1 --depth 1"],
});

export const subs = /* @__PURE__ */ defineCommand(subsSpec, async (values, context) => {
  const named = await resolve(values.instance, values.project, context);
  const client = context.maxcompute(named.project);
  const [seen, isXflow] = await Promise.all([look(client, named.instanceId), client.isXflow(named.instanceId)]);
  const link = { ref: context.refs.to(named.project, named.instanceId), ...named };
  const { outcome, tasks } = seen;
  const { status } = seen.instance;
  if (!isXflow) {
    return { view: { kind: "tasks", link, status, outcome, tasks, seenAt: context.now() }, share: values.share };
  }
  const all = await client.getSubInstances(named.instanceId);
  const near = all.filter(({ path }) => path.length < values.depth);
  const asked = await inLanes(near.slice(0, lookedAt), (sub) => lookAtSub(sub, client, context));
  const unasked = near.slice(lookedAt).map(({ name, path, id }) => ({
    name,
    path,
    link: { ref: "", project: named.project, instanceId: id },
  }));
  return {
    view: {
      kind: "subs",
      link,
      status,
      outcome,
      rows: [...asked, ...unasked],
      deeper: all.length - near.length,
      mayStop: (outcome === "running" || outcome === "suspended") && context.rights.may("operate", named.project),
      seenAt: context.now(),
    },
    share: values.share,
  };
});
