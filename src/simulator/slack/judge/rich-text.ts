// rich_text: nothing in it is parsed, so what it says is data; its mentions and links are elements of their own.
import { byType, choice, flag, integer, list, matching, numeric, shape, text, url } from "./check.ts";
import type { Check } from "./problem.ts";

const style = shape(
  {},
  { bold: flag, italic: flag, strike: flag, code: flag, underline: flag, highlight: flag, client_highlight: flag, unlink: flag },
);
const styled = { style };
const id = text(255);
// No length is documented for rich text; the ceiling over all blocks of a message bounds it.
const words = text(1_000_000);

const spoken = {
  text: shape({ text: words }, styled),
  link: shape({ url: url() }, { text: words, unsafe: flag, ...styled }),
};

const inline: Check = byType({
  ...spoken,
  broadcast: shape({ range: choice("here", "channel", "everyone") }, styled),
  color: shape({ value: matching(/^#[0-9a-f]{3,8}$/i, "a hex colour") }, styled),
  channel: shape({ channel_id: id }, styled),
  date: shape({ timestamp: numeric, format: text(255) }, { url: url(), fallback: words, ...styled }),
  emoji: shape({ name: id }, { unicode: id, url: url(), skin_tone: integer(1, 6), ...styled }),
  team: shape({ team_id: id }, styled),
  user: shape({ user_id: id }, styled),
  usergroup: shape({ usergroup_id: id }, styled),
});

const border = choice(0, 1);
const many = 10_000;
const section = shape({ elements: list(inline, many, 0) });

const richElement: Check = byType({
  rich_text_section: section,
  rich_text_list: shape(
    { elements: list(byType({ rich_text_section: section }), many), style: choice("bullet", "ordered") },
    { indent: integer(0, 8), offset: integer(0, many), border },
  ),
  rich_text_quote: shape({ elements: list(inline, many, 0) }, { border }),
  rich_text_preformatted: shape({ elements: list(byType(spoken), many, 0) }, { border, language: text(50) }),
});

const elements = list(richElement, many);

export const richTextBlock: Check = shape({ elements }, { block_id: text(255) });
/** A rich_text object where only that is allowed: a table cell, a task's details. */
export const richText: Check = byType({ rich_text: richTextBlock });
