import { positional, text } from "./arguments.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import { wordsOf } from "./subscribe.ts";
import { channelOf } from "./watched.ts";
import { quoted } from "./words.ts";

export const unsubscribeSpec = /* @__PURE__ */ defineSpec({
  name: "unsubscribe",
  aliases: ["unsub"],
  group: "Follow",
  summary: "End subscriptions of this channel",
  access: "operate",
  acts: true,
  args: { what: positional(text(80), "<project|id|all>", "all to a project, one by its id of `subscriptions`, or all") },
  examples: ["unsubscribe prod_dw", "unsubscribe all"],
});

export const unsubscribe = /* @__PURE__ */ defineCommand(unsubscribeSpec, async ({ what }, context) => {
  const { watching, caller, rights } = context;
  const there = await watching.subscriptionsOf(channelOf(context));
  const isMeant = ({ id, project }: (typeof there)[number]) =>
    [id, project, "all"].some((name) => name.toLowerCase() === what.toLowerCase());
  const meant = there.filter((each) => rights.may("read", each.project) && isMeant(each));
  if (meant.length === 0) {
    throw new UserError(`This channel has no subscription ${quoted(what)}.`, {
      next: "`subscriptions` lists those it has.",
      offers: [{ label: "Subscribed", command: "subscriptions" }],
    });
  }
  for (const { project } of meant) context.demandIn(project);
  for (const subscription of meant) await watching.unsubscribe(subscription);
  const hadQuiet = meant.some(({ quiet }) => quiet !== undefined);
  // Quiet hours that nothing shows any more would be a trap.
  const isLast = meant.length === there.length && hadQuiet;
  if (isLast) await watching.setQuiet(channelOf(context), undefined);
  const ended = meant.map(wordsOf).join("; ");
  return {
    view: {
      kind: "notice",
      by: caller.user,
      text: `unsubscribed this channel from ${ended}.${isLast ? " Quiet hours are off." : ""}`,
      suggestions: [],
    },
    share: true,
  };
});
