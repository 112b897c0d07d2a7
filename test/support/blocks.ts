// Looking at a message as its reader does.
import type { KnownBlock } from "@slack/types";
import type { Message } from "../../src/slack/message.ts";

/** The blocks of one type. */
export const blocksOf = <Type extends KnownBlock["type"]>(
  { blocks }: Message,
  type: Type,
): readonly Extract<KnownBlock, { type: Type }>[] =>
  blocks.filter((block): block is Extract<KnownBlock, { type: Type }> => block.type === type);

/** Every word a person can read in the blocks, a line a text; mrkdwn as it is written. */
export const wordsOf = (message: Message): string => texts(message.blocks).join("\n");

const texts = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (key === "text" && typeof item === "string" ? [item] : texts(item)));
};

export type Pressable = {
  readonly action_id: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly style: string | undefined;
  readonly aloud: string | undefined;
};

/** The buttons side by side, without what menus hold. */
export const buttonsOf = (message: Message): readonly Pressable[] =>
  blocksOf(message, "actions").flatMap(({ elements }) =>
    elements.flatMap((element) =>
      element.type === "button"
        ? [
            {
              action_id: element.action_id ?? "",
              label: element.text.text,
              value: element.value,
              style: element.style,
              aloud: element.accessibility_label,
            },
          ]
        : [],
    ),
  );

/** The values of the options in overflow and select menus, by action_id. */
export const menusOf = (message: Message): Readonly<Record<string, readonly (string | undefined)[]>> =>
  Object.fromEntries(
    blocksOf(message, "actions").flatMap(({ elements }) =>
      elements.flatMap((element) =>
        element.type === "overflow" || element.type === "static_select"
          ? [[element.action_id ?? "", (element.options ?? []).map(({ value }) => value)]]
          : [],
      ),
    ),
  );

/** What is set in monospace blocks. */
export const monospaceOf = (message: Message): readonly string[] =>
  blocksOf(message, "rich_text").flatMap(({ elements }) =>
    elements.flatMap((part) =>
      part.type === "rich_text_preformatted" ? [part.elements.map(({ text }) => text ?? "").join("")] : [],
    ),
  );
