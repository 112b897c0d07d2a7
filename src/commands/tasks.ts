import { defineCommand, defineSpec } from "./command.ts";
import { look, pick } from "./look.ts";
import { instance, project, share, task } from "./options.ts";
import { resolve } from "./resolve.ts";

export const tasksSpec = /* @__PURE__ */ defineSpec({
  name: "tasks",
  group: "Look",
  summary: "Name the tasks of an instance, with type, status and times",
  access: "read",
  args: { instance, task, project, share },
  examples: ["tasks last"],
});

export const tasks = /* @__PURE__ */ defineCommand(tasksSpec, async (values, context) => {
  const named = await resolve(values.instance, values.project, context);
  const seen = await look(context.maxcompute(named.project), named.instanceId);
  return {
    view: {
      kind: "tasks",
      link: { ref: context.refs.to(named.project, named.instanceId), ...named },
      status: seen.instance.status,
      outcome: seen.outcome,
      tasks: pick(seen.tasks, values.task),
      seenAt: context.now(),
    },
    share: values.share,
  };
});
