// What is told to whoever started a watch, alone: it names the instance in full and the channel, since there is no card beside it.
import { context as smallPrint } from "../blocks.ts";
import { instanceActions, logview, status, why } from "../buttons.ts";
import { idContext } from "../card.ts";
import type { Sketch } from "../message.ts";
import { channelLink, code, mrkdwn } from "../mrkdwn.ts";
import { drawReply, type Reply } from "./watch-reply.ts";
import type { Telling } from "./watch-words.ts";

const reasons: ReadonlyMap<string, string> = new Map([
  ["channel-gone", "the channel is gone, or I am not in it"],
  ["archived", "the channel is archived"],
  ["left", "I am not in the channel any more, or may not post there"],
]);

/** Why a channel takes nothing any more, in words. */
export const reasonWords = (reason: string): string => reasons.get(reason) ?? "Slack refuses it";

/** Draws a direct message. A failure has its buttons already. */
export const drawOwnerWord = (telling: Telling, reply: Reply): Sketch => {
  const { watch, link } = telling;
  const { text, blocks } = drawReply(telling, reply);
  const hasButtons = blocks.some(({ type }) => type === "actions");
  const because = reply.kind === "channel-gone" ? reasonWords(reply.reason) : undefined;
  return {
    text,
    blocks: [
      ...blocks,
      ...smallPrint([
        mrkdwn`${code(watch.project)}, watched in ${channelLink(watch.thread.channel)}`,
        ...(because === undefined ? [] : [mrkdwn`${because}`]),
      ]),
      ...(hasButtons ? [] : instanceActions(link, [status, logview, why])),
      ...idContext(link),
    ],
  };
};
