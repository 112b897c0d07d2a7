// Slack's mrkdwn as a tree. Pure: the same text always gives the same tree, and nothing in it is ever markup again.
// https://docs.slack.dev/messaging/formatting-message-text

export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "bold" | "italic" | "strike"; readonly children: readonly Inline[] }
  | { readonly kind: "link"; readonly url: string; readonly label: string }
  | { readonly kind: "user"; readonly id: string; readonly label: string }
  | { readonly kind: "channel"; readonly id: string; readonly label: string }
  | { readonly kind: "broadcast"; readonly name: string }
  | { readonly kind: "date"; readonly seconds: number; readonly format: string; readonly url: string; readonly fallback: string }
  | { readonly kind: "emoji"; readonly name: string };

export type Paragraph =
  | { readonly kind: "pre"; readonly text: string }
  | { readonly kind: "quote"; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: "lines"; readonly lines: readonly (readonly Inline[])[] };

/** Slack knows three entities and no more: whoever sent "&lt;" meant "<". */
export const decodeEntities = (text: string): string =>
  text.replace(/&(lt|gt|amp);/g, (_, name: string) => (name === "lt" ? "<" : name === "gt" ? ">" : "&"));

const styles = { "*": "bold", _: "italic", "~": "strike" } as const;
const dateToken = /^!date\^(-?\d{1,12})\^([^^|]*)(?:\^([^|]*))?$/;

/** What stands between < and >. */
function tokenOf(inside: string): Inline {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : decodeEntities(inside.slice(bar + 1));
  const rest = target.slice(1);
  if (target.startsWith("@")) return { kind: "user", id: rest, label };
  if (target.startsWith("#")) return { kind: "channel", id: rest, label };
  const date = dateToken.exec(target);
  if (date !== null)
    return { kind: "date", seconds: Number(date[1]), format: date[2] ?? "", url: decodeEntities(date[3] ?? ""), fallback: label };
  if (target.startsWith("!subteam^")) return { kind: "broadcast", name: label.replace(/^@/, "") || "group" };
  if (target.startsWith("!")) return { kind: "broadcast", name: rest };
  const url = decodeEntities(target);
  return { kind: "link", url, label: label || url };
}

const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Where a style that opens at `start` closes, or -1: it hugs its words and touches no letter outside, as Slack demands. */
function closingOf(text: string, start: number): number {
  const mark = text[start];
  if (isWord(text[start - 1]) || /\s/.test(text[start + 1] ?? " ") || text[start + 1] === mark) return -1;
  for (let at = text.indexOf(mark ?? "", start + 2); at > 0; at = text.indexOf(mark ?? "", at + 1)) {
    if (!/\s/.test(text[at - 1] ?? "") && !isWord(text[at + 1])) return at;
  }
  return -1;
}

type Found = { readonly node: Inline; readonly end: number };

/** The construct that begins exactly at `at`, if one does. `depth` bounds how far styles nest. */
function constructAt(text: string, at: number, depth: number): Found | undefined {
  const character = text[at];
  if (character === "`") {
    const end = text.indexOf("`", at + 1);
    return end > at + 1 ? { node: { kind: "code", text: decodeEntities(text.slice(at + 1, end)) }, end: end + 1 } : undefined;
  }
  if (character === "<") {
    const end = text.indexOf(">", at);
    return end > at + 1 ? { node: tokenOf(text.slice(at + 1, end)), end: end + 1 } : undefined;
  }
  if (character === ":") {
    const name = /^:([a-z0-9_+-]{1,60}):/.exec(text.slice(at, at + 64))?.[1];
    return name === undefined ? undefined : { node: { kind: "emoji", name }, end: at + name.length + 2 };
  }
  if ((character === "*" || character === "_" || character === "~") && depth < 4) {
    const end = closingOf(text, at);
    const inner = text.slice(at + 1, end);
    return end < 0 ? undefined : { node: { kind: styles[character], children: parseInline(inner, depth + 1) }, end: end + 1 };
  }
  return undefined;
}

/** One line of mrkdwn. */
export function parseInline(line: string, depth = 0): readonly Inline[] {
  const nodes: Inline[] = [];
  let plainFrom = 0;
  const flush = (end: number) => {
    if (end > plainFrom) nodes.push({ kind: "text", text: decodeEntities(line.slice(plainFrom, end)) });
  };
  for (let at = 0; at < line.length; ) {
    const found = constructAt(line, at, depth);
    if (found === undefined) {
      at += 1;
      continue;
    }
    flush(at);
    nodes.push(found.node);
    at = found.end;
    plainFrom = at;
  }
  flush(line.length);
  return nodes;
}

const quoteMark = /^(?:&gt;|>) ?/;

function paragraphsOf(text: string): readonly Paragraph[] {
  const paragraphs: { kind: "quote" | "lines"; lines: (readonly Inline[])[] }[] = [];
  for (const line of text.split("\n")) {
    const kind = quoteMark.test(line) ? "quote" : "lines";
    const last = paragraphs.at(-1);
    const parsed = parseInline(kind === "quote" ? line.replace(quoteMark, "") : line);
    if (last?.kind === kind) last.lines.push(parsed);
    else paragraphs.push({ kind, lines: [parsed] });
  }
  return paragraphs;
}

/** A whole mrkdwn text: fenced code, quotes and plain lines, in order. */
export function parseMrkdwn(text: string): readonly Paragraph[] {
  return text.split(/```/).flatMap((part, index, parts): readonly Paragraph[] => {
    const isFence = index % 2 === 1 && index < parts.length - 1;
    if (isFence) return [{ kind: "pre", text: decodeEntities(part.replace(/^\n|\n$/g, "")) }];
    // An unclosed fence is text, and the line break that only ended a fence is not a line of its own.
    const plain = index % 2 === 1 ? `\`\`\`${part}` : part;
    const trimmed = index > 0 && index % 2 === 0 ? plain.replace(/^\n/, "") : plain;
    const tidy = index % 2 === 0 && index < parts.length - 2 ? trimmed.replace(/\n$/, "") : trimmed;
    return tidy === "" ? [] : paragraphsOf(tidy);
  });
}
