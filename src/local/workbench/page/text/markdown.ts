// The markdown block speaks standard markdown, not mrkdwn. Only what Slack draws of it. Pure.
// https://docs.slack.dev/reference/block-kit/blocks/markdown-block

export type Span =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "bold" | "italic" | "strike"; readonly children: readonly Span[] }
  | { readonly kind: "link"; readonly url: string; readonly label: string };

export type Part =
  | { readonly kind: "heading"; readonly level: number; readonly spans: readonly Span[] }
  | { readonly kind: "pre"; readonly text: string }
  | { readonly kind: "quote" | "paragraph"; readonly lines: readonly (readonly Span[])[] }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly (readonly Span[])[] }
  | { readonly kind: "table"; readonly rows: readonly (readonly (readonly Span[])[])[] }
  | { readonly kind: "rule" };

const constructs: readonly { readonly pattern: RegExp; readonly make: (match: RegExpExecArray, depth: number) => Span }[] = [
  { pattern: /`([^`]+)`/y, make: (match) => ({ kind: "code", text: match[1] ?? "" }) },
  {
    pattern: /\[([^\]\n]{1,500})\]\(([^)\s]{1,3000})\)/y,
    make: (match) => ({ kind: "link", label: match[1] ?? "", url: match[2] ?? "" }),
  },
  {
    pattern: /\*\*(\S(?:[^*]{0,2000}?\S)??)\*\*/y,
    make: (match, depth) => ({ kind: "bold", children: spansOf(match[1] ?? "", depth + 1) }),
  },
  {
    pattern: /~~(\S(?:[^~]{0,2000}?\S)??)~~/y,
    make: (match, depth) => ({ kind: "strike", children: spansOf(match[1] ?? "", depth + 1) }),
  },
  {
    pattern: /\*(\S(?:[^*]{0,2000}?\S)??)\*/y,
    make: (match, depth) => ({ kind: "italic", children: spansOf(match[1] ?? "", depth + 1) }),
  },
  {
    pattern: /\b_(\S(?:[^_]{0,2000}?\S)??)_\b/y,
    make: (match, depth) => ({ kind: "italic", children: spansOf(match[1] ?? "", depth + 1) }),
  },
];

function spanAt(text: string, at: number, depth: number): { readonly span: Span; readonly end: number } | undefined {
  if (depth > 3 || !"`[*~_".includes(text[at] ?? " ")) return undefined;
  for (const { pattern, make } of constructs) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) return { span: make(match, depth), end: at + match[0].length };
  }
  return undefined;
}

/** One line of markdown. */
export function spansOf(text: string, depth = 0): readonly Span[] {
  const spans: Span[] = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const found = spanAt(text, at, depth);
    if (found === undefined) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (plain !== "") spans.push({ kind: "text", text: plain });
    plain = "";
    spans.push(found.span);
    at = found.end;
  }
  return plain === "" ? spans : [...spans, { kind: "text", text: plain }];
}

const bullet = /^\s{0,8}[-*+] (.*)$/;
const numbered = /^\s{0,8}\d{1,9}[.)] (.*)$/;
const quoted = /^> ?(.*)$/;
const row = /^\s*\|(.*)\|\s*$/;
const rowRule = /^\s*\|[\s:|-]+\|\s*$/;

/** How many lines from `at` on match, at least one being certain. */
function runOf(lines: readonly string[], at: number, pattern: RegExp): readonly string[] {
  const end = lines.findIndex((line, index) => index >= at && !pattern.test(line));
  return lines.slice(at, end < 0 ? undefined : end);
}

const inner = (line: string, pattern: RegExp) => spansOf(pattern.exec(line)?.[1] ?? "");

function partAt(lines: readonly string[], at: number): { readonly part?: Part; readonly taken: number } {
  const line = lines[at] ?? "";
  if (line.trim() === "") return { taken: 1 };
  const fence = /^```/.test(line);
  if (fence) {
    const end = lines.findIndex((other, index) => index > at && /^```\s*$/.test(other));
    const until = end < 0 ? lines.length : end;
    return { part: { kind: "pre", text: lines.slice(at + 1, until).join("\n") }, taken: until - at + 1 };
  }
  const heading = /^(#{1,6}) (.*)$/.exec(line);
  if (heading !== null)
    return { part: { kind: "heading", level: heading[1]?.length ?? 1, spans: spansOf(heading[2] ?? "") }, taken: 1 };
  if (/^(-{3,}|\*{3,}|_{3,})\s*$/.test(line)) return { part: { kind: "rule" }, taken: 1 };
  for (const [pattern, ordered] of [
    [bullet, false],
    [numbered, true],
  ] as const) {
    const items = runOf(lines, at, pattern);
    if (pattern.test(line))
      return { part: { kind: "list", ordered, items: items.map((item) => inner(item, pattern)) }, taken: items.length };
  }
  if (quoted.test(line)) {
    const run = runOf(lines, at, quoted);
    return { part: { kind: "quote", lines: run.map((quote) => inner(quote, quoted)) }, taken: run.length };
  }
  if (row.test(line)) {
    const run = runOf(lines, at, row);
    const cells = run
      .filter((text) => !rowRule.test(text))
      .map((text) => (row.exec(text)?.[1] ?? "").split("|").map((cell) => spansOf(cell.trim())));
    return { part: { kind: "table", rows: cells }, taken: run.length };
  }
  const run = runOf(lines, at, /^(?!\s*$|```|#{1,6} |> |\s{0,8}[-*+] |\s*\|)/);
  const taken = Math.max(1, run.length);
  return { part: { kind: "paragraph", lines: lines.slice(at, at + taken).map((text) => spansOf(text)) }, taken };
}

/** A whole markdown text, part by part. */
export function parseMarkdown(text: string): readonly Part[] {
  const lines = text.split("\n");
  const parts: Part[] = [];
  for (let at = 0; at < lines.length; ) {
    const { part, taken } = partAt(lines, at);
    if (part !== undefined) parts.push(part);
    at += taken;
  }
  return parts;
}
