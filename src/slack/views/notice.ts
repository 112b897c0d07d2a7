// One plain sentence, and what to press next.
import type { NoticeView } from "../../view.ts";
import { suggestionActions } from "../buttons.ts";
import { shown } from "../limits.ts";
import type { Sketch } from "../message.ts";
import { plainText } from "../mrkdwn.ts";
import { paragraph, prose } from "../rich-text.ts";

/** Draws the sentence as rich text, where nothing in it can be a mention or a link. */
export const drawNotice = ({ text, suggestions }: NoticeView): Sketch => ({
  text: plainText(text, shown.verbatim),
  blocks: [...paragraph(prose(text, shown.verbatim)), ...suggestionActions(suggestions)],
});
