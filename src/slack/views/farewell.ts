// A subscription has ended because its channel takes nothing any more: told to whoever subscribed it, alone.
import type { Farewell } from "../../watch/index.ts";
import { section, context as smallPrint } from "../blocks.ts";
import type { Sketch } from "../message.ts";
import { channelLink, code, join, mrkdwn } from "../mrkdwn.ts";
import { reasonWords } from "./owner-word.ts";
import { inBlocks, inText, repeated, type When, withRepeat } from "./watch-words.ts";

/** Draws a direct message. */
export const drawFarewell = ({ subscription, reason, at }: Farewell, isPerhapsRepeated: boolean): Sketch => {
  const mark = { isPerhapsRepeated };
  const { project, on, channel } = subscription;
  const events = join(
    on.map((event) => mrkdwn`${event}`),
    " and ",
  );
  const words = (when: When) =>
    mrkdwn`Since ${when(at)} ${channelLink(channel)} hears nothing more of ${code(project)} (${events}): ${reasonWords(reason)}`;
  const next = mrkdwn`Where I may post, ${code(`/odps subscribe ${project}`)} begins it anew.`;
  return {
    text: withRepeat(mrkdwn`UNSUBSCRIBED ${words(inText)}`, mark),
    blocks: [...section(mrkdwn`:no_bell: *UNSUBSCRIBED*  ${words(inBlocks)}.\n${next}`), ...smallPrint([repeated(mark)])],
  };
};
