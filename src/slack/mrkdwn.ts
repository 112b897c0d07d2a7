// Slack's mrkdwn as a type of its own: a plain string gets into it through `mrkdwn` alone, which escapes it.
import { clean, oneLine } from "./clean.ts";
import { clip, clipStart, takeWithin } from "./fit.ts";
import { limits, shown } from "./limits.ts";

/** Text that is safe to send in a mrkdwn field: everything foreign in it is escaped. Only this file makes one. */
export type Mrkdwn = { readonly mrkdwn: string };

/** Escapes what Slack parses: & first, or the others would be escaped twice. Kills mentions, broadcasts and links. */
export const escapeMrkdwn = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const escapedLength = (text: string): number => escapeMrkdwn(text).length;

/**
 * Our own words with values between them: mrkdwn`*FAILED* ${code(id)} after ${minutes} m`.
 * A string is put on one line, clipped to `shown.inline`, escaped, and loses its backticks; Mrkdwn stays as it is.
 */
export const mrkdwn = (words: TemplateStringsArray, ...values: readonly (string | number | Mrkdwn)[]): Mrkdwn => ({
  mrkdwn: words.map((word, index) => word + written(values[index])).join(""),
});

const written = (value: string | number | Mrkdwn | undefined): string => {
  if (value === undefined) return "";
  if (typeof value === "object") return value.mrkdwn;
  return escapeMrkdwn(clip(oneLine(String(value)), shown.inline, escapedLength)).replaceAll("`", "'");
};

export const nothing: Mrkdwn = { mrkdwn: "" };

/** A paragraph of plain text, escaped, its line breaks kept; `max` counts after escaping. */
export const plainText = (text: string, max: number): Mrkdwn => ({
  mrkdwn: escapeMrkdwn(clip(clean(text), max, escapedLength)).replaceAll("`", "'"),
});

/** Sentences of ours in which commands stand between backticks; foreign names in them are escaped all the same. */
export const sentences = (text: string, max: number): Mrkdwn => ({
  mrkdwn: clip(clean(text), max, escapedLength)
    .split(/(`[^`\n]{1,80}`)/)
    .map((part, index) => (index % 2 === 0 ? plainText(part, max) : code(part.slice(1, -1))).mrkdwn)
    .join(""),
});

/** A foreign name in monospace. Slack has no escape for a backtick inside a code span, so it becomes an apostrophe. */
export const code = (text: string, max: number = shown.inline): Mrkdwn => {
  const name = clip(oneLine(text), max, escapedLength).replaceAll("`", "'");
  return { mrkdwn: `\`${name === "" ? " " : escapeMrkdwn(name)}\`` };
};

/** A word from the service's own vocabulary ("Terminated", "SQL") as it is; anything stranger in monospace. */
export const term = (text: string): Mrkdwn => (/^[A-Za-z0-9]{1,40}$/.test(text) ? { mrkdwn: text } : code(text));

/** The end of an id, which tells instances apart on a narrow screen: `…gzbzufck2`. */
export const shortId = (id: string): string => clipStart(oneLine(id), shown.idEnd);

/** A mention of a person by their Slack id; anything that is no such id is shown as the text it is. */
export const mention = (userId: string): Mrkdwn =>
  /^[UW][A-Z0-9]{1,30}$/.test(userId) ? { mrkdwn: `<@${userId}>` } : code(userId);

/** A channel by its Slack id, with its name for whoever may see it; anything that is no such id is shown as the text it is. */
export const channelLink = (id: string): Mrkdwn => (/^[CG][A-Z0-9]{1,30}$/.test(id) ? { mrkdwn: `<#${id}>` } : code(id));

/** Whether a url may become a link: http or https, nothing in it that could end the link early or hide in it. */
export const isLinkable = (url: string, max: number): boolean =>
  /^https?:\/\/[^\s/]/i.test(url) && URL.canParse(url) && !/[\p{Cc}\p{Cf}\s|<>"`\\]/u.test(url) && escapedLength(url) <= max;

/** A link when the url may be one, otherwise the label with the url as text behind it. The label is ours. */
export const link = (url: string, label: string): Mrkdwn =>
  isLinkable(url, shown.inlineUrl) ? { mrkdwn: `<${escapeMrkdwn(url)}|${label}>` } : mrkdwn`${label}: ${code(url)}`;

/** A time in the reader's own zone; `fallback` where Slack cannot show it so. `format` in Slack's words: "{time}". */
export const date = (epochMs: number, format: string, fallback: string): Mrkdwn => {
  const seconds = Math.floor(epochMs / 1000);
  const isShowable = seconds >= 0 && seconds <= limits.unixSeconds;
  return isShowable ? { mrkdwn: `<!date^${seconds}^${format}|${escapeMrkdwn(fallback)}>` } : mrkdwn`${fallback}`;
};

/** Parts one after another with a separator between those that are not empty. */
export const join = (parts: readonly Mrkdwn[], separator: string): Mrkdwn => ({
  mrkdwn: parts
    .map((part) => part.mrkdwn)
    .filter((part) => part !== "")
    .join(separator),
});

/** As many whole lines as fit, and how many more there are. */
export const linesWithin = (lines: readonly Mrkdwn[], max: number): Mrkdwn => {
  const reserve = 30;
  const { taken, rest } = takeWithin(lines, max - reserve, (line) => line.mrkdwn.length + 1);
  return join(rest === 0 ? taken : [...taken, mrkdwn`and ${rest} more`], "\n");
};

/** The last guard: cuts finished mrkdwn at a place where no entity, link or mention is torn. */
export const cutMrkdwn = ({ mrkdwn: text }: Mrkdwn, max: number): string => {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1).replace(/(?:&[a-z]{0,3}|<[^<>]*|[\uD800-\uDBFF])$/, "");
  const hasOpenCode = cut.split("`").length % 2 === 0;
  return `${hasOpenCode ? cut.slice(0, cut.lastIndexOf("`")) : cut}…`;
};
