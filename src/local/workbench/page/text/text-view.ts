import { type ComponentChild, h } from "preact";
import { textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { LinesView } from "./inline-view.ts";
import { type Inline, parseMrkdwn } from "./mrkdwn.ts";

const mostCharacters = 12_000;

/** Slack's mrkdwn, drawn. */
export function Mrkdwn({ text }: { readonly text: string }): ComponentChild {
  return parseMrkdwn(text.slice(0, mostCharacters)).map((paragraph, key) => {
    if (paragraph.kind === "pre") return h("pre", { key, tabIndex: 0 }, paragraph.text);
    const lines = h(LinesView, { lines: paragraph.lines });
    return paragraph.kind === "quote" ? h("blockquote", { key }, lines) : h("div", { key, class: "lines" }, lines);
  });
}

const shortcode = /:([a-z0-9_+-]{1,60}):/g;

/** Plain text knows no markup but emoji shortcodes. */
export function plainNodes(text: string): readonly Inline[] {
  return text.split(shortcode).flatMap((part, index): readonly Inline[] => {
    if (index % 2 === 1) return [{ kind: "emoji", name: part }];
    return part === "" ? [] : [{ kind: "text", text: part }];
  });
}

/** A text object: { type: "mrkdwn" | "plain_text", text }. Nothing for anything else. */
export function TextObject({ of }: { readonly of: Fields | undefined }): ComponentChild {
  if (of === undefined) return null;
  const text = textField(of, "text");
  if (of.type === "mrkdwn") return h(Mrkdwn, { text });
  return h("span", { class: "plain" }, h(LinesView, { lines: text.split("\n").map(plainNodes) }));
}

/** A text object as bare words: for labels, options, button faces. */
export const wordsOf = (of: Fields | undefined): string => (of === undefined ? "" : textField(of, "text"));
