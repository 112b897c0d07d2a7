import type { RichTextBlock } from "@slack/types";
import { describe, expect, it } from "vitest";
import { richTextOf } from "../../src/slack/flatten.ts";
import { monospace, monospaceBlock } from "../../src/slack/monospace.ts";

const block: RichTextBlock = {
  type: "rich_text",
  elements: [
    {
      type: "rich_text_section",
      elements: [
        { type: "emoji", name: "x" },
        { type: "text", text: "NULL", style: { italic: true } },
      ],
    },
    {
      type: "rich_text_list",
      style: "bullet",
      elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "one" }] }],
    },
  ],
};

describe("the words of rich text", () => {
  it("are a line a paragraph or list item", () => {
    expect(richTextOf(block)).toBe("NULL\none");
  });

  it("may be missing from a row that is shorter than the header", () => {
    const [a, b] = ["a", "b"].map((text) => ({ type: "raw_text" as const, text }));
    expect(monospace([[a!, b!], [a!]], 200)).toBe("a | b\na");
    expect(monospaceBlock([], 200).elements).toEqual([
      { type: "rich_text_preformatted", elements: [{ type: "text", text: " " }] },
    ]);
  });

  it("stand in a monospace table on one line", () => {
    expect(monospace([[{ type: "raw_text", text: "column" }], [block]], 200)).toBe("column\nNULL one");
  });
});
