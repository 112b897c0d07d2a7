import { type ComponentChild, h } from "preact";
import { textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { ContainerBlock } from "./container.ts";
import { ContextActionsBlock } from "./context-actions.ts";
import { DataTableBlock } from "./data-table.ts";
import { InputBlock } from "./input.ts";
import { MarkdownBlock } from "./markdown.ts";
import { RichTextBlock } from "./rich-text.ts";
import { SectionBlock } from "./section.ts";
import {
  ActionsBlock,
  AlertBlock,
  ContextBlock,
  DividerBlock,
  FileBlock,
  HeaderBlock,
  ImageBlock,
  UnsupportedBlock,
} from "./simple.ts";
import { TableBlock } from "./table.ts";

function drawBlock(block: Fields, key: string | number): ComponentChild {
  switch (block.type) {
    case "section":
      return h(SectionBlock, { key, block });
    case "header":
      return h(HeaderBlock, { key, block });
    case "divider":
      return h(DividerBlock, { key });
    case "context":
      return h(ContextBlock, { key, block });
    case "actions":
      return h(ActionsBlock, { key, block });
    case "context_actions":
      return h(ContextActionsBlock, { key, block });
    case "image":
      return h(ImageBlock, { key, block });
    case "rich_text":
      return h(RichTextBlock, { key, block });
    case "table":
      return h(TableBlock, { key, block });
    case "data_table":
      return h(DataTableBlock, { key, block });
    case "container":
      return h(ContainerBlock, { key, block, draw: drawBlocks });
    case "alert":
      return h(AlertBlock, { key, block });
    case "input":
      return h(InputBlock, { key, block });
    case "markdown":
      return h(MarkdownBlock, { key, block });
    case "file":
      return h(FileBlock, { key, block });
    default:
      return h(UnsupportedBlock, { key, block });
  }
}

/** Blocks in order; every one is drawn, if only as a note that it cannot be. */
export function drawBlocks(blocks: readonly Fields[]): ComponentChild {
  return blocks.map((block, at) => drawBlock(block, textField(block, "block_id") || at));
}
