// Rich text is not parsed by Slack: what stands in it can be neither a mention nor a link, and needs no escaping.
import type { RichTextBlock, RichTextElement } from "@slack/types";
import { clean } from "./clean.ts";
import { clip } from "./fit.ts";
import { shown } from "./limits.ts";

const codeSpan = /`([^`\n]+)`/;

/** Prose as rich text elements; words between a pair of backticks are set in monospace. Empty text gives no element. */
export const prose = (text: string, max: number = shown.prose): readonly RichTextElement[] =>
  clip(clean(text).trim(), max)
    .split(codeSpan)
    .flatMap((piece, index): RichTextElement[] => {
      if (piece === "") return [];
      // With one capture group every second piece is what stood between backticks.
      return index % 2 === 1 ? [{ type: "text", text: piece, style: { code: true } }] : [{ type: "text", text: piece }];
    });

/** The same in bold. */
export const bold = (text: string): readonly RichTextElement[] =>
  prose(text).map((element) => ({ ...element, style: { ...element.style, bold: true } }));

export const emoji = (name: string, unicode: string): RichTextElement => ({ type: "emoji", name, unicode });

/** A paragraph; none at all when there is nothing to say, because Slack refuses an empty one. */
export const paragraph = (elements: readonly RichTextElement[]): RichTextBlock[] =>
  elements.length === 0 ? [] : [{ type: "rich_text", elements: [{ type: "rich_text_section", elements: [...elements] }] }];

/** Somebody's own words, set off from ours. */
export const quote = (text: string): RichTextBlock[] => {
  const words = clip(clean(text).trim(), shown.error);
  return words === ""
    ? []
    : [{ type: "rich_text", elements: [{ type: "rich_text_quote", elements: [{ type: "text", text: words }] }] }];
};

/** Monospace, as it is; tabs and line breaks stay. Clipped to `max`. */
export const preformatted = (text: string, max: number): RichTextBlock[] => {
  const words = clip(clean(text), max);
  return words.trim() === ""
    ? []
    : [{ type: "rich_text", elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: words }] }] }];
};
