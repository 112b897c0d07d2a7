import type { MaxComputeClient } from "../maxcompute/index.ts";
import type { InstanceLink, ProgressView } from "../view/index.ts";
import { toggle } from "./arguments.ts";
import type { CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { look, pick, progressOf } from "./look.ts";
import { instance, project, share, task } from "./options.ts";
import { resolve } from "./resolve.ts";

export const progressSpec = /* @__PURE__ */ defineSpec({
  name: "progress",
  aliases: ["p"],
  group: "Look",
  summary: "Show how far each stage is, in workers and percent",
  access: "read",
  args: { instance, task, follow: toggle("look again every ten seconds, three times or until its end"), project, share },
  examples: ["progress last", "p #1 --task AnonymousSQLTask", "p last --follow"],
});

export const progress = /* @__PURE__ */ defineCommand(progressSpec, async (values, context) => {
  const named = await resolve(values.instance, values.project, context);
  const client = context.maxcompute(named.project, values.follow ? "long" : undefined);
  const link = { ref: context.refs.to(named.project, named.instanceId), ...named };
  let view = await seenNow(client, link, values.task, context);
  for (let looks = 1; values.follow && looks < looksAtMost && isLive(view); looks += 1) {
    await context.tell(view);
    await context.pause(betweenLooksMs);
    view = await seenNow(client, link, values.task, context);
  }
  return { view, share: values.share };
});

/** A response_url is used for two words on the way at most (production rule 15), and the last look is the answer. */
const looksAtMost = 3;
/** As in the documented loop over an instance's progress. */
const betweenLooksMs = 10_000;

const isLive = ({ outcome }: ProgressView): boolean => outcome === "running" || outcome === "suspended";

async function seenNow(
  client: MaxComputeClient,
  link: InstanceLink,
  task: string | undefined,
  context: CommandContext,
): Promise<ProgressView> {
  const { instance: found, tasks, outcome } = await look(client, link.instanceId);
  const view: ProgressView = {
    kind: "progress",
    link,
    status: found.status,
    outcome,
    tasks: await progressOf(client, link.instanceId, pick(tasks, task), context),
    mayStop: false,
    seenAt: context.now(),
  };
  return { ...view, mayStop: isLive(view) && context.rights.may("operate", view.link.project) };
}
