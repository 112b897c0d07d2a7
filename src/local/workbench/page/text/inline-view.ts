import { type ComponentChild, h } from "preact";
import { useContext } from "preact/hooks";
import { channelNameOf, nameOf, ReaderContext } from "../reader.ts";
import { formatDate, fullTime } from "./dates.ts";
import { EmojiView } from "./emoji-view.ts";
import { openableUrl } from "./links.ts";
import type { Inline } from "./mrkdwn.ts";

/** A link that opens elsewhere; what may not be opened is plain text. */
export function LinkView({ url, label }: { readonly url: string; readonly label: string }): ComponentChild {
  const href = openableUrl(url);
  return href === undefined ? h("span", null, label) : h("a", { href, target: "_blank", rel: "noreferrer noopener" }, label);
}

export function UserView({ id, label = "" }: { readonly id: string; readonly label?: string }): ComponentChild {
  const reader = useContext(ReaderContext);
  const name = nameOf(reader, id);
  const known = name === id && label !== "" ? label.replace(/^@/, "") : name;
  return h("span", { class: id === reader.me.id ? "mention mention-me" : "mention" }, `@${known}`);
}

export function ChannelView({ id, label = "" }: { readonly id: string; readonly label?: string }): ComponentChild {
  const name = channelNameOf(useContext(ReaderContext), id);
  return h("span", { class: "mention" }, `#${name === id && label !== "" ? label : name}`);
}

type DateProps = { readonly seconds: number; readonly format: string; readonly url: string; readonly fallback: string };

/** A moment in the reader's own zone, with the whole of it as a tooltip; the fallback when the moment is no date. */
export function DateView({ seconds, format, url, fallback }: DateProps): ComponentChild {
  const { me, now } = useContext(ReaderContext);
  const ms = seconds * 1000;
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return fallback;
  const time = h(
    "time",
    { dateTime: new Date(ms).toISOString(), title: fullTime(ms, me.tz) },
    formatDate(format, seconds, now(), me.tz),
  );
  const href = openableUrl(url);
  return href === undefined ? time : h("a", { href, target: "_blank", rel: "noreferrer noopener" }, time);
}

const tags = { bold: "strong", italic: "em", strike: "s" } as const;

function nodeView(node: Inline, key: number): ComponentChild {
  switch (node.kind) {
    case "text":
      return node.text;
    case "code":
      return h("code", { key }, node.text);
    case "bold":
    case "italic":
    case "strike":
      return h(tags[node.kind], { key }, node.children.map(nodeView));
    case "link":
      return h(LinkView, { key, url: node.url, label: node.label });
    case "user":
      return h(UserView, { key, id: node.id, label: node.label });
    case "channel":
      return h(ChannelView, { key, id: node.id, label: node.label });
    case "broadcast":
      return h("span", { key, class: "mention" }, `@${node.name}`);
    case "date":
      return h(DateView, { key, seconds: node.seconds, format: node.format, url: node.url, fallback: node.fallback });
    case "emoji":
      return h(EmojiView, { key, name: node.name });
    default:
      return node satisfies never;
  }
}

export function InlineView({ nodes }: { readonly nodes: readonly Inline[] }): ComponentChild {
  return nodes.map(nodeView);
}

/** Lines one under the other; line breaks are elements, so that nothing depends on white-space rules. */
export function LinesView({ lines }: { readonly lines: readonly (readonly Inline[])[] }): ComponentChild {
  return lines.flatMap((nodes, index) => [
    index > 0 ? h("br", { key: `br${index}` }) : null,
    h(InlineView, { key: index, nodes }),
  ]);
}
