// What people typed, as it may be kept for a year and read by others.
import { redact } from "../../log.ts";
import { withoutTokens } from "../text.ts";

const longest = 300;

/** A name that says so, as a word of its own or part of one. */
const name = "[\\w-]{0,40}(?:password|passwd|passphrase|pwd|secret|credential|access_?key|api_?key)[\\w-]{0,40}";
const value = `(?:"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'|[^\\s,;)]+)`;
const secrets: readonly RegExp[] = [
  /()\b(?:LTAI|STS\.|AKIA)[\w./+=-]{8,}/g, // ids of access keys
  /(token(?:=|%3d))[^\s&|<>"'`]+/gi, // a Logview link, also inside another's query
  new RegExp(`(\\b${name}["'\`]?\\s*[=:]\\s*)${value}`, "gi"), // `password = 'x'`, `"api_key": "x"`
  new RegExp(`(\\b[\\w-]{0,40}token["'\`]?\\s*:\\s*)${value}`, "gi"), // `token: x`
  /(\b(?:Bearer|Basic)\s+)[\w.~+/=-]{8,}/gi,
  new RegExp(`(--${name}\\s+)${value}`, "gi"), // `--secret x`
];

/** The text without what looks like a secret, on one line and shortened. Cut last: half a secret would not be known for one. */
export function harmless(text: string): string {
  const clean = secrets.reduce((left, shape) => left.replace(shape, "$1***"), redact(withoutTokens(text)));
  const line = clean.replace(/\s+/g, " ").trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
