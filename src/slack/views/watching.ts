// The private answer to `watch`: it is followed from now on, or it was already, and where its card is.
import type { KnownBlock } from "@slack/types";
import type { WatchingView } from "../../view/index.ts";
import { section, context as smallPrint } from "../blocks.ts";
import { instanceActions, linkButton, logview, snooze, status, unwatch } from "../buttons.ts";
import { dayAndTime, idContext, named } from "../card.ts";
import { shown } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { code, join, type Mrkdwn, mrkdwn, nothing, plainText, shortId } from "../mrkdwn.ts";

/** Draws that a watch has begun, or where the one that there is stands. */
export const drawWatching = (view: WatchingView, context: RenderContext): Sketch => {
  const { link, isNew, by } = view;
  const what = isNew ? "Watching" : "Already watched here:";
  const how = isNew ? mrkdwn`I post a card here and keep it true until the end.` : mrkdwn`Its card is in this channel.`;
  const deadline = by === undefined ? nothing : mrkdwn`*Deadline* ${dayAndTime(by, context)}`;
  return {
    text: mrkdwn`${what} ${named(link)}. ${how}`,
    blocks: [
      ...section(mrkdwn`:eyes: *${what}* ${code(shortId(link.instanceId))} in ${code(link.project)}\n${how}`),
      ...section(join([deadline, optionsOf(view)], " · ")),
      ...cardLink(view),
      ...instanceActions(link, [status, logview, unwatch], [snooze]),
      ...(context.audience === "private" ? smallPrint([mrkdwn`Only you see this`]) : []),
      ...idContext(link),
    ],
  };
};

const optionsOf = ({ options }: WatchingView): Mrkdwn =>
  plainText(options.slice(0, shown.detailedTasks).join(", "), shown.inline);

/** Slack's address of a message. Where the ids are not Slack's there is none: nothing of them gets into a url. */
const cardLink = ({ channel, cardTs = "", link }: WatchingView): KnownBlock[] => {
  const isAddress = /^[CDG][A-Z0-9]{1,30}$/.test(channel) && /^\d{1,12}\.\d{6}$/.test(cardTs);
  if (!isAddress) return [];
  const url = `https://slack.com/archives/${channel}/p${cardTs.replace(".", "")}`;
  return linkButton(url, "Open card", `Open the card of ${shortId(link.instanceId)}`);
};
