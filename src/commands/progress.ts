import { defineCommand, defineSpec } from "./command.ts";
import { look, pick, progressOf } from "./look.ts";
import { instance, project, share, task } from "./options.ts";
import { resolve } from "./resolve.ts";
import { allows } from "./roles.ts";

export const progressSpec = /* @__PURE__ */ defineSpec({
  name: "progress",
  aliases: ["p"],
  group: "Look",
  summary: "Show how far each stage is, in workers and percent",
  access: "read",
  args: { instance, task, project, share },
  examples: ["progress last", "p #1 --task AnonymousSQLTask"],
});

export const progress = /* @__PURE__ */ defineCommand(progressSpec, async (values, context) => {
  const named = await resolve(values.instance, values.project, context);
  const client = context.maxcompute(named.project);
  const seen = await look(client, named.instanceId);
  const isLive = seen.outcome === "running" || seen.outcome === "suspended";
  return {
    view: {
      kind: "progress",
      link: { ref: context.refs.to(named.project, named.instanceId), ...named },
      status: seen.instance.status,
      outcome: seen.outcome,
      tasks: await progressOf(client, named.instanceId, pick(seen.tasks, values.task), context),
      mayStop: isLive && allows(context.role, "operate"),
      seenAt: context.now(),
    },
    share: values.share,
  };
});
