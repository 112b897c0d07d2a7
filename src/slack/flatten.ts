// The words of a rich text block, without its styles.
import type { RichTextBlock, RichTextElement } from "@slack/types";

const wordsOf = (element: RichTextElement): string => ("text" in element && element.text !== undefined ? element.text : "");

/** The text of a rich text block, a line a paragraph. */
export const richTextOf = (block: RichTextBlock): string =>
  block.elements
    .map((part) =>
      part.type === "rich_text_list"
        ? part.elements.map((item) => item.elements.map(wordsOf).join("")).join("\n")
        : part.elements.map(wordsOf).join(""),
    )
    .join("\n");
