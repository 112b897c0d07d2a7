// What Slack would turn into a notification or a link: the judge of mention and link injection.
import { isObject, isShallow, own, ownText } from "./json.ts";

// <!date^...> shows a time and pings nobody, unless it carries a link. Anything else with a scheme or a label is a link to Slack.
const live =
  /<(?:[@#!](?!date\^)[^<>\s][^<>]*|!date\^[^<>^|]*\^[^<>^|]*\^[^<>]*|[a-z][a-z0-9+.-]*:[^<>\s][^<>]*|[^<>|\s@#!][^<>|\s]*\|[^<>]*)>/gi;

const liveElements: { readonly [type: string]: (element: unknown) => string } = {
  broadcast: (element) => `<!${ownText(element, "range")}>`,
  user: (element) => `<@${ownText(element, "user_id")}>`,
  usergroup: (element) => `<!subteam^${ownText(element, "usergroup_id")}>`,
  channel: (element) => `<#${ownText(element, "channel_id")}>`,
  link: (element) => `<${ownText(element, "url")}>`,
};

/**
 * Every mention and link Slack would make live, as Slack writes it, in the order found: in `text`, in every mrkdwn string and
 * markdown block, and the mention and link elements of rich_text. plain_text, raw_text and the words of rich_text are inert.
 */
export function mentionsAndLinks(message: { readonly text?: unknown; readonly blocks?: unknown }): string[] {
  const words = own(message, "text");
  const blocks = own(message, "blocks");
  return [...(typeof words === "string" ? inText(words) : []), ...(isShallow(blocks) ? inValue(blocks) : [])];
}

function inText(words: string): readonly string[] {
  return words.match(live) ?? [];
}

function inValue(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => inValue(one));
  if (!isObject(value)) return [];
  const type = ownText(value, "type") ?? "";
  const words = ownText(value, "text");
  if (words !== undefined && (type === "mrkdwn" || type === "markdown")) return [...inText(words)];
  const element = own(liveElements, type);
  if (typeof element === "function") return [element(value)];
  return Object.values(value).flatMap((one) => inValue(one));
}
