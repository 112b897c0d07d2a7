// A watch that was started, or the one there is.
import type { WatchingView } from "../../view.ts";
import { section } from "../blocks.ts";
import { idContext, named } from "../card.ts";
import type { Sketch } from "../message.ts";
import { code, join, mrkdwn, plainText, shortId } from "../mrkdwn.ts";

/** Draws one line about the watch and one with its options. */
export const drawWatching = ({ link, isNew, options }: WatchingView): Sketch => {
  const what = isNew ? "Watching" : "Already watched here:";
  const card = isNew ? "its card follows in this channel" : "it has a card in this channel";
  const chosen = options.slice(0, 10).map((option) => plainText(option, 200));
  return {
    text: mrkdwn`${what} ${named(link)}: ${card}`,
    blocks: [
      ...section(mrkdwn`${what} ${code(shortId(link.instanceId))} in ${code(link.project)}: ${card}.`),
      ...section(join(chosen, " · ")),
      ...idContext(link),
    ],
  };
};
