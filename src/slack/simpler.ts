// When Slack refuses a message: the same content in older blocks, then in text alone. Something always arrives.
import type { KnownBlock } from "@slack/types";
import { context } from "./blocks.ts";
import { clip } from "./fit.ts";
import { richTextOf } from "./flatten.ts";
import { textLength } from "./hold.ts";
import { limits } from "./limits.ts";
import type { Message } from "./message.ts";
import { monospaceBlock } from "./monospace.ts";
import { escapeMrkdwn, isLinkable, mrkdwn } from "./mrkdwn.ts";

const isTable = (block: KnownBlock) => block.type === "table" || block.type === "data_table";

/** The message without the newer blocks: a table is set in monospace. The same message when it has none. */
export const simpler = (message: Message): Message => {
  if (!message.blocks.some(isTable)) return message;
  const note = context([mrkdwn`Set in monospace: Slack did not accept the table`]);
  const others = textLength(message.blocks.filter((block) => !isTable(block))) + textLength(note);
  const max = Math.max(smallestUseful, Math.min(limits.tableText, limits.blocksText - others - 100));
  const blocks = message.blocks.map((block) =>
    block.type === "table" || block.type === "data_table" ? monospaceBlock(block.rows, max) : block,
  );
  return { text: message.text, blocks: [...blocks, ...note] };
};

/** The last resort: text alone. After the message's own text come its link buttons and as much monospace as fits. */
export const plain = (message: Message): Message => {
  const { blocks } = simpler(message);
  const parts = [...blocks.flatMap(linkOf), ...blocks.flatMap(verbatimOf)];
  return { text: parts.reduce(append, message.text), blocks: [] };
};

type Part = (room: number) => string;

const append = (text: string, part: Part): string => {
  const more = part(limits.fallbackText - text.length - 1);
  return more === "" ? text : `${text}\n${more}`;
};

const linkOf = (block: KnownBlock): Part[] =>
  block.type !== "actions"
    ? []
    : block.elements.flatMap((element): Part[] => {
        if (element.type !== "button" || element.url === undefined || !isLinkable(element.url, limits.buttonUrl)) return [];
        const link = `<${escapeMrkdwn(element.url)}|${escapeMrkdwn(element.text.text)}>`;
        return [(room) => (link.length <= room ? link : "")];
      });

const fence = "```";
const smallestUseful = 40;

const verbatimOf = (block: KnownBlock): Part[] => {
  if (block.type !== "rich_text" || !block.elements.some((part) => part.type === "rich_text_preformatted")) return [];
  // A fence inside would end ours.
  const words = richTextOf(block).replaceAll(fence, "'''");
  return [(room) => (room < smallestUseful ? "" : fenced(words, room))];
};

const fenced = (words: string, room: number): string => {
  const max = room - 2 * fence.length - 2;
  return `${fence}\n${escapeMrkdwn(clip(words, max, (piece) => escapeMrkdwn(piece).length))}\n${fence}`;
};
