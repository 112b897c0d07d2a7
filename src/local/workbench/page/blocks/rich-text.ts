// rich_text: styled runs that nothing parses. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
import { type ComponentChild, h } from "preact";
import { listField, numberField, objectField, textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { EmojiView } from "../text/emoji-view.ts";
import { ChannelView, DateView, LinkView, UserView } from "../text/inline-view.ts";

const styleTags = [
  ["code", "code"],
  ["bold", "strong"],
  ["italic", "em"],
  ["strike", "s"],
  ["underline", "u"],
] as const;

function styled(run: Fields, content: ComponentChild): ComponentChild {
  const style = objectField(run, "style") ?? {};
  return styleTags.reduce((inner: ComponentChild, [name, tag]) => (style[name] === true ? h(tag, null, inner) : inner), content);
}

const broken = (text: string): ComponentChild =>
  text.split("\n").flatMap((line, key) => (key === 0 ? [line] : [h("br", { key }), line]));

function contentOf(run: Fields): ComponentChild {
  switch (run.type) {
    case "text":
      return broken(textField(run, "text"));
    case "link":
      return h(LinkView, { url: textField(run, "url"), label: textField(run, "text") || textField(run, "url") });
    case "user":
      return h(UserView, { id: textField(run, "user_id") });
    case "channel":
      return h(ChannelView, { id: textField(run, "channel_id") });
    case "usergroup":
      return h("span", { class: "mention" }, `@${textField(run, "usergroup_id")}`);
    case "broadcast":
      return h("span", { class: "mention" }, `@${textField(run, "range")}`);
    case "emoji":
      return h(EmojiView, { name: textField(run, "name") });
    case "color":
      return h("code", null, textField(run, "value"));
    case "date": {
      const [format, url, fallback] = [textField(run, "format"), textField(run, "url"), textField(run, "fallback")];
      return h(DateView, { seconds: numberField(run, "timestamp") ?? Number.NaN, format, url, fallback });
    }
    default:
      return h("span", { class: "unsupported" }, `unsupported text: ${textField(run, "type") || "unknown"}`);
  }
}

const runsOf = (part: Fields) => listField(part, "elements").map((run, key) => h("span", { key }, styled(run, contentOf(run))));

const verbatim = (part: Fields) =>
  listField(part, "elements")
    .map((run) => textField(run, "text") || textField(run, "url"))
    .join("");

function listOf(part: Fields, key: number): ComponentChild {
  const indent = Math.min(8, Math.max(0, numberField(part, "indent") ?? 0));
  const items = listField(part, "elements").map((item, at) => h("li", { key: at }, runsOf(item)));
  const isOrdered = part.style === "ordered";
  const shared = { key, class: `indent-${indent}` };
  return isOrdered ? h("ol", { ...shared, start: (numberField(part, "offset") ?? 0) + 1 }, items) : h("ul", shared, items);
}

function partOf(part: Fields, key: number): ComponentChild {
  switch (part.type) {
    case "rich_text_section":
      return h("div", { key, class: "lines" }, runsOf(part));
    case "rich_text_preformatted":
      return h("pre", { key, tabIndex: 0 }, verbatim(part));
    case "rich_text_quote":
      return h("blockquote", { key }, runsOf(part));
    case "rich_text_list":
      return listOf(part, key);
    default:
      return h("span", { key, class: "unsupported" }, `unsupported text: ${textField(part, "type") || "unknown"}`);
  }
}

/** What a rich_text block holds, without a box around it: also for cells and titles. */
export function RichText({ block }: { readonly block: Fields }): ComponentChild {
  return listField(block, "elements").map(partOf);
}

export const RichTextBlock = ({ block }: { readonly block: Fields }) =>
  h("div", { class: "block rich-text" }, h(RichText, { block }));
