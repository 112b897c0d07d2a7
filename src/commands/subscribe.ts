import type { QuietHours, Subscription } from "../watch/index.ts";
import type { Values } from "./arguments.ts";
import { duration, flag, flagOr, integer, listOf, oneOf, positional, projectName, text } from "./arguments.ts";
import type { CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { shortHash } from "./ids.ts";
import { offers } from "./suggest.ts";
import { connection } from "./watch-book.ts";
import { channelOf, demandEntry, demandProject } from "./watched.ts";
import { clock, hoursOfDay, zone } from "./when.ts";
import { filterWords, quietWords } from "./words.ts";

const some = (limit: number) => listOf(text(limit));

export const subscribeSpec = /* @__PURE__ */ defineSpec({
  name: "subscribe",
  group: "Follow",
  summary: "Tell this channel what fails or is slow in a project",
  access: "operate",
  acts: true,
  args: {
    project: positional(projectName, "<project>", "a MaxCompute project"),
    on: flagOr(
      listOf(oneOf("failed", "slow", "done", "stuck")),
      ["failed", "slow"],
      "<events>",
      "failed,slow,done,stuck; the first two unless told",
    ),
    name: flag(some(80), "<glob>", "only job names that match; * stands for anything"),
    owner: flag(some(128), "<name>", "only these MaxCompute owners"),
    "not-owner": flag(some(128), "<name>", "all owners but these"),
    type: flag(some(40), "<types>", "only these task types: SQL,SQLCost"),
    status: flag(some(40), "<words>", "only these task statuses, as MaxCompute spells them: Failed,Cancelled"),
    min: flag(duration("1s", "30d"), "<5m>", "only what took so long at least"),
    "min-cost": flag(integer(1, 999_999_999), "<n>", "only what used so many core-seconds at least"),
    priority: flag(integer(0, 9), "<0-9>", "only this priority and those before it; 0 is the highest"),
    code: flag(some(80), "<glob>", "only these error codes: ODPS-0123*"),
    digest: flag(clock, "<09:00>", "one summary a day at this time, in place of a card each"),
    "quiet-hours": flag(hoursOfDay, "<22:00-07:00>", "when all but failures waits, in this whole channel; none takes them away"),
    zone: flagOr(zone, "UTC", "<zone>", "whose clocks those times mean, such as Asia/Shanghai; UTC unless told"),
  },
  examples: [
    "subscribe prod_dw",
    "subscribe prod_dw --on failed,done --name etl_* --min 5m",
    "subscribe prod_dw --digest 09:00 --quiet-hours 22:00-07:00 --zone Asia/Shanghai",
  ],
});

export const subscribe = /* @__PURE__ */ defineCommand(subscribeSpec, async (values, context) => {
  await demandEntry(context);
  await demandProject(values.project, context);
  const channel = channelOf(context);
  const there = await context.watching.subscriptionsOf(channel);
  // Quiet hours are the channel's, and keep back what is told of all that it is subscribed to.
  if (values["quiet-hours"] !== undefined) for (const { project } of there) context.demandIn(project);
  const before = there.find(({ quiet }) => quiet !== undefined)?.quiet;
  const hours = values["quiet-hours"];
  const quiet = hours === undefined ? before : hours === "none" ? undefined : { ...hours, zone: values.zone };
  const subscription = withQuiet(subscriptionOf(values, context), quiet);
  const known = there.find(({ id }) => id === subscription.id);
  if (known !== undefined && hours === undefined) {
    const text = `This channel is subscribed to that already: ${wordsOf(subscription)}.`;
    return { view: { kind: "notice", text, suggestions: offers([{ label: "Subscribed", command: "subscriptions" }]) } };
  }
  // What is asked for again with other hours is as old as it was: nothing that ended meanwhile is the past to it.
  const { createdBy, createdAt } = known ?? subscription;
  await context.watching.subscribe({ ...subscription, createdBy, createdAt });
  if (hours !== undefined) {
    // They are the channel's: all that it is subscribed to says the same of them.
    for (const other of there) if (other.id !== subscription.id) await context.watching.subscribe(withQuiet(other, quiet));
    await context.watching.setQuiet(channel, quiet);
  }
  const ofQuiet =
    hours === undefined ? "" : quiet === undefined ? " Quiet hours are off." : ` Quiet hours: ${quietWords(quiet)}.`;
  return {
    view: {
      kind: "notice",
      by: context.caller.user,
      text: `subscribed this channel to ${wordsOf(subscription)}.${ofQuiet}`,
      suggestions: [],
    },
    share: true,
  };
});

/** Known by what it asks for, so that asking for the same twice is asking once. */
function subscriptionOf(values: Values<typeof subscribeSpec.args>, context: CommandContext): Subscription {
  const { project, on, name, owner, type, status, min, priority, code, digest } = values;
  const minCost = values["min-cost"];
  const notOwner = values["not-owner"];
  const wanted = {
    ...{ team: context.caller.team, connection, project, channel: context.channel, on: [...on].sort() },
    ...(owner === undefined ? {} : { owners: [...owner] }),
    ...(notOwner === undefined ? {} : { notOwners: [...notOwner] }),
    ...(name === undefined ? {} : { names: [...name] }),
    ...(type === undefined ? {} : { taskTypes: [...type] }),
    ...(status === undefined ? {} : { statuses: [...status] }),
    ...(min === undefined ? {} : { minDurationMs: min }),
    ...(minCost === undefined ? {} : { minCost: minCost * 100 }),
    ...(priority === undefined ? {} : { priority }),
    ...(code === undefined ? {} : { errorCodes: [...code] }),
    ...(digest === undefined ? {} : { digest: { at: digest, zone: values.zone } }),
  };
  const id = shortHash(JSON.stringify(wanted), 8);
  return { schema: 1, id, ...wanted, createdBy: context.caller.user, createdAt: context.now() };
}

function withQuiet({ quiet: _, ...subscription }: Subscription, quiet: QuietHours | undefined): Subscription {
  return { ...subscription, ...(quiet === undefined ? {} : { quiet }) };
}

/** One subscription in a line. */
export const wordsOf = (subscription: Subscription): string =>
  [`\`${subscription.project}\`, ${subscription.on.join(" and ")}`, ...filterWords(subscription)].join(", ");
