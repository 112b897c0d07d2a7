import type { MaxComputeClient } from "../maxcompute/index.ts";
import type { InstanceView } from "../view/index.ts";
import type { CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import type { Seen } from "./look.ts";
import { failureOf, look, orNothing, progressOf } from "./look.ts";
import { instance, project, share } from "./options.ts";
import type { Named } from "./recall.ts";
import { resolve } from "./resolve.ts";

export const statusSpec = /* @__PURE__ */ defineSpec({
  name: "status",
  aliases: ["s"],
  group: "Look",
  summary: "Show an instance: its state, progress, owner and what went wrong",
  access: "read",
  args: { instance, project, share },
  examples: ["status 20160519101349613gzbzufck2", "status last", "s #2 --share"],
});

export const status = /* @__PURE__ */ defineCommand(statusSpec, async (values, context) => {
  const named = await resolve(values.instance, values.project, context);
  const client = context.maxcompute(named.project);
  return { view: await card(named, await look(client, named.instanceId), client, context), share: values.share };
});

async function card(named: Named, seen: Seen, client: MaxComputeClient, context: CommandContext): Promise<InstanceView> {
  const isLive = seen.outcome === "running" || seen.outcome === "suspended";
  // The state is known: a card without its details is better than no card.
  const [progress = [], failure, jobInsight] = await Promise.all([
    isLive ? orNothing(progressOf(client, named.instanceId, seen.tasks, context)) : undefined,
    seen.outcome === "failed" ? orNothing(failureOf(client, named.instanceId, seen.tasks)) : undefined,
    orNothing(client.getJobInsight(named.instanceId)),
  ]);
  return {
    kind: "instance",
    link: { ref: context.refs.to(named.project, named.instanceId), ...named },
    ...seen,
    progress,
    ...(failure === undefined ? {} : { failure }),
    ...(jobInsight === undefined ? {} : { jobInsightUrl: jobInsight.url }),
    mayStop: isLive && context.rights.may("operate", named.project),
    seenAt: context.now(),
  };
}
