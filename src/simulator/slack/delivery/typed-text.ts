// What Slack makes of typed words before a bot sees them.
import type { Channel, Person } from "../api.ts";

const entities: { readonly [character: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** `&`, `<` and `>` as Slack sends them in commands and messages alike. */
export function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => entities[character] ?? character);
}

const groups = ["here", "channel", "everyone"];
// A link, a mention as Slack writes it, a mention as people type it, a channel, or a character to escape.
const parts = /(https?:\/\/[^\s<>|]+)|<@([UW][A-Z0-9]+)>|(?<![\w@/.])@([\w.-]*\w)|(?<![\w#&/])#([\w-]+)|[&<>]/gi;

/**
 * The text of a message as its event carries it: control characters escaped, bare URLs in angle brackets, `@ann` and `#general`
 * as mentions. A `<@U...>` of somebody known counts as picked from the list; anything else in angle brackets is only words.
 */
export function typedText(text: string, people: readonly Person[], channels: readonly Channel[]): string {
  const person = (wanted: string) => people.find(({ id, name }) => id === wanted || name === wanted.toLowerCase());
  return text.replace(parts, (whole: string, url?: string, id?: string, name?: string, channelName?: string) => {
    if (url !== undefined) return link(url);
    const mentioned = person(id ?? name ?? "");
    if (mentioned !== undefined) return `<@${mentioned.id}>`;
    if (name !== undefined && groups.includes(name)) return `<!${name}>`;
    const channel = channels.find((one) => one.kind === "public" && one.name === channelName);
    return channel === undefined ? escaped(whole) : `<#${channel.id}|${channel.name}>`;
  });
}

function link(url: string): string {
  // The full stop that ends a sentence is not part of the address.
  const end = /[.,;:!?'")\]]+$/.exec(url)?.[0] ?? "";
  return `<${escaped(url.slice(0, url.length - end.length))}>${end}`;
}
