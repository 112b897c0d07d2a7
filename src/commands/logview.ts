import { flagOr, integer } from "./arguments.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { inLanes } from "./lanes.ts";
import { orNothing, pick } from "./look.ts";
import { instance, project, task } from "./options.ts";
import { resolve } from "./resolve.ts";
import { subsOf } from "./sub-instances.ts";

/** Each link costs a call; what is left out is counted, and `subs` has a button for each. */
const linkedAtMost = 20;

export const logviewSpec = /* @__PURE__ */ defineSpec({
  name: "logview",
  aliases: ["lv"],
  group: "Look",
  summary: "Get a Logview link, for you alone and for a short time; of an XFlow, one for each sub-instance too",
  access: "read",
  // No --share: whoever has the link may read the instance.
  args: { instance, hours: flagOr(integer(1, 24), 1, "<1-24>", "how long the link works; 1 hour unless told"), task, project },
  examples: ["logview last", "lv #1 --hours 8"],
});

export const logview = /* @__PURE__ */ defineCommand(logviewSpec, async (values, context) => {
  const named = await resolve(values.instance, values.project, context);
  const client = context.maxcompute(named.project);
  // A link to an instance that is not there would open an empty page: ask first, and check the task's name if one was given.
  pick(await client.getTasks(named.instanceId), values.task);
  const [link, jobInsight, below] = await Promise.all([
    client.getLogview(named.instanceId, { hours: values.hours }),
    orNothing(client.getJobInsight(named.instanceId)),
    values.task === undefined ? subsOf(client, named.instanceId) : [],
  ]);
  // An XFlow's own page says little: each instance below it has one that does.
  const subs = await inLanes(below.slice(0, linkedAtMost), async ({ id, name, path }) => {
    const { url } = await client.getLogview(id, { hours: values.hours });
    return { name, path, url, link: { ref: context.refs.to(named.project, id), project: named.project, instanceId: id } };
  });
  return {
    view: {
      kind: "logview",
      link: { ref: context.refs.to(named.project, named.instanceId), ...named },
      ...link,
      ...(jobInsight === undefined ? {} : { jobInsightUrl: jobInsight.url }),
      ...(subs.length === 0 ? {} : { subs, moreSubs: below.length - subs.length }),
    },
  };
});
