// The last step of every drawing: whatever a view did, the message is one that Slack accepts.
import type { KnownBlock } from "@slack/types";
import { context } from "./blocks.ts";
import { limits } from "./limits.ts";
import type { Message, Sketch } from "./message.ts";
import { cutMrkdwn, mrkdwn } from "./mrkdwn.ts";

const room = 100;

/** Clips the text, and leaves out blocks, longest first and never the buttons, until all limits are kept; says so if it did. */
export const hold = ({ text, blocks }: Sketch): Message => {
  const fitting = withinText(withinCount(blocks));
  const leftOut = blocks.length - fitting.length;
  return {
    text: cutMrkdwn(text.mrkdwn.trim() === "" ? mrkdwn`No text` : text, limits.fallbackText),
    blocks: leftOut === 0 ? fitting : [...fitting, ...context([mrkdwn`${leftOut} parts left out: too long for one message`])],
  };
};

const withinCount = (blocks: readonly KnownBlock[]): readonly KnownBlock[] =>
  blocks.length <= limits.blocks ? blocks : blocks.slice(0, limits.blocks - 1);

const withinText = (blocks: readonly KnownBlock[]): readonly KnownBlock[] => {
  let kept = [...blocks];
  while (kept.length > 0 && textLength(kept) > limits.blocksText - room) {
    const lengths = kept.map((block) => (block.type === "actions" ? 0 : textLength(block)));
    const longest = lengths.indexOf(Math.max(...lengths));
    kept = kept.filter((_, index) => index !== longest);
  }
  return kept;
};

/** All characters a block carries except the names of types and actions: more than Slack counts, whichever way it does. */
export const textLength = (value: unknown): number => {
  if (typeof value === "string") return value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + textLength(item), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) => (key === "type" || key === "action_id" ? sum : sum + textLength(item)),
    0,
  );
};
