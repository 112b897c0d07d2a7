// One plain sentence, and what to press next.
import type { NoticeView } from "../../view/index.ts";
import { section } from "../blocks.ts";
import { suggestionActions } from "../buttons.ts";
import { shown } from "../limits.ts";
import type { Sketch } from "../message.ts";
import { mention, mrkdwn, plainText, sentences } from "../mrkdwn.ts";
import { paragraph, prose } from "../rich-text.ts";

/** Draws the sentence as rich text, where nothing in it can be a mention or a link; behind a name, which is one, it is escaped instead. */
export const drawNotice = ({ text, suggestions, by }: NoticeView): Sketch => {
  const words = plainText(text, shown.verbatim);
  return {
    text: by === undefined ? words : mrkdwn`${mention(by)} ${words}`,
    blocks: [
      ...(by === undefined
        ? paragraph(prose(text, shown.verbatim))
        : section(mrkdwn`${mention(by)} ${sentences(text, shown.verbatim)}`)),
      ...suggestionActions(suggestions),
    ],
  };
};
