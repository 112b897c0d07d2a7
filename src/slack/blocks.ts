// Blocks from safe pieces. No block_id is ever set: Slack then makes a new one for each post and each edit, so an edited
// message never shows a stale block, no two blocks collide, and clicks are known by action_id and value alone.
import type { Button, ContextBlock, HeaderBlock, PlainTextElement, SectionBlock } from "@slack/types";
import { oneLine } from "./clean.ts";
import { clip } from "./fit.ts";
import { limits } from "./limits.ts";
import { cutMrkdwn, type Mrkdwn } from "./mrkdwn.ts";

// Without `verbatim` Slack makes links of bare urls and channel names in foreign text.
const text = (words: Mrkdwn, max: number) => ({ type: "mrkdwn" as const, text: cutMrkdwn(words, max), verbatim: true });

/** A label on one line, never empty: Slack refuses an empty one. */
export const plain = (words: string, max: number): PlainTextElement => {
  const label = clip(oneLine(words), max);
  return { type: "plain_text", text: label === "" ? "-" : label, emoji: false };
};

/** A section, or nothing when there are no words: Slack refuses an empty one. */
export const section = (words: Mrkdwn): SectionBlock[] =>
  words.mrkdwn === "" ? [] : [{ type: "section", text: text(words, limits.sectionText) }];

/** The same with a button at its side. */
export const sectionWith = (words: Mrkdwn, [button]: readonly Button[]): SectionBlock[] =>
  section(words).map((block) => (button === undefined ? block : { ...block, accessory: button }));

/** Named values, two a row on a desktop and one below the other on a phone, the most important first. */
export const fields = (values: readonly (readonly [name: string, value: Mrkdwn])[]): SectionBlock[] =>
  values.length === 0
    ? []
    : [
        {
          type: "section",
          fields: values
            .slice(0, limits.fields)
            .map(([name, value]) => text({ mrkdwn: `*${name}*\n${value.mrkdwn}` }, limits.fieldText)),
        },
      ];

/** Small print: elements side by side. */
export const context = (parts: readonly Mrkdwn[]): ContextBlock[] => {
  const elements = parts.filter((part) => part.mrkdwn !== "").slice(0, limits.contextElements);
  return elements.length === 0 ? [] : [{ type: "context", elements: elements.map((part) => text(part, limits.fieldText)) }];
};

export const header = (words: string): HeaderBlock => ({ type: "header", text: plain(words, limits.headerText) });
