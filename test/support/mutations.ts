// Recorded bodies, and what may become of them on the way: cut, torn, doubled, swapped, spoilt byte by byte or word by word.
import fc from "fast-check";
import { recordedCases } from "../vectors/vectors.ts";

const looksLikeABody = (text: string) => /^\s*[<{[]/.test(text);

/** Every text below `value` that could be a body: the recordings keep bodies under many names. */
const bodiesIn = (value: unknown): readonly string[] => {
  if (typeof value === "string") return looksLikeABody(value) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(bodiesIn);
};

/** Bodies as they were recorded, from the inputs of vector files; each once. */
export function recordedBodies(...files: readonly string[]): readonly string[] {
  return [...new Set(files.flatMap((file) => recordedCases(file).flatMap(({ input }) => bodiesIn(input))))];
}

/** Words that have broken decoders before: foreign keys, numbers at an edge, entities, the beginnings of things that never end. */
const poison = [
  "__proto__",
  '"__proto__":{"polluted":true},',
  '"constructor":{"prototype":{"polluted":true}},',
  "<__proto__>polluted</__proto__>",
  "constructor",
  "toString",
  "9007199254740993",
  "-1",
  "1e400",
  "00",
  "null",
  "true",
  '""',
  "{}",
  "[]",
  "[[[[",
  "&lol;",
  "&#0;",
  "&amp;",
  "<![CDATA[",
  "]]>",
  "<!DOCTYPE a>",
  "<!--",
  "\u0000",
  "\ud800",
  "\\u0000",
  "\\",
  " ",
  "",
];

/** Tags, strings, numbers, marks: what a grammar would see. */
const tokensOf = (body: string): readonly string[] =>
  body.match(/<!\[CDATA\[|\]\]>|<[^>]*>|"(?:[^"\\]|\\.)*"|[\w.+-]+|\s+|./gs) ?? [];

type TokenEdit = {
  readonly kind: "drop" | "double" | "replace" | "insert" | "swap" | "pollute" | "cut";
  readonly at: number;
  readonly other: number;
  readonly word: string;
};

/** Gives one of the objects a key that would be its prototype, were it assigned. */
const pollute = (tokens: readonly string[], at: number): readonly string[] => {
  const objects = [...tokens.keys()].filter((index) => tokens[index] === "{");
  const place = objects[at % objects.length];
  return place === undefined ? tokens : tokens.with(place, '{"__proto__":{"polluted":true},');
};

const editTokens = (tokens: readonly string[], { kind, at, other, word }: TokenEdit): readonly string[] => {
  if (tokens.length === 0) return [word];
  const here = at % tokens.length;
  const there = other % tokens.length;
  const token = tokens[here] ?? "";
  if (kind === "drop") return tokens.toSpliced(here, 1 + (other % 3));
  if (kind === "double") return tokens.toSpliced(here, 0, ...tokens.slice(here, there + 1));
  if (kind === "replace") return tokens.with(here, word);
  if (kind === "insert") return tokens.toSpliced(here, 0, word);
  if (kind === "swap") return tokens.with(here, tokens[there] ?? "").with(there, token);
  if (kind === "pollute") return pollute(tokens, at);
  return tokens.slice(0, here);
};

const tokenEdit: fc.Arbitrary<TokenEdit> = fc.record({
  // A body that is cut seldom stays readable, so it is not cut as often as it is changed.
  kind: fc.constantFrom("drop", "double", "replace", "replace", "insert", "insert", "swap", "swap", "pollute", "cut"),
  at: fc.nat(),
  other: fc.nat(),
  word: fc.constantFrom(...poison),
});

const literals = ["0", "-1", "1", "9007199254740993", "12345678901234567890.5", "1e400", "true", "null"];

type ValueEdit = { readonly at: number; readonly literal: string; readonly word: string };

/** Puts another value where one is, so that the document stays one: decoders must doubt what they can read, too. */
const editValues = (tokens: readonly string[], { at, literal, word }: ValueEdit): readonly string[] => {
  const places = [...tokens.keys()].filter((index) => /^["\w]/.test(tokens[index] ?? ""));
  const place = places[at % places.length];
  if (place === undefined) return tokens;
  return tokens.with(place, tokens[place]?.startsWith('"') ? JSON.stringify(word) : literal);
};

const valueEdit: fc.Arbitrary<ValueEdit> = fc.record({
  at: fc.nat(),
  literal: fc.constantFrom(...literals),
  word: fc.constantFrom(...poison),
});

type ByteEdit = { readonly kind: "flip" | "set" | "drop" | "insert"; readonly at: number; readonly byte: number };

const editBytes = (bytes: Uint8Array, { kind, at, byte }: ByteEdit): Uint8Array => {
  if (bytes.length === 0) return Uint8Array.of(byte);
  const here = at % bytes.length;
  const old = bytes[here] ?? 0;
  if (kind === "flip") return bytes.with(here, old ^ (1 << (byte % 8)));
  if (kind === "set") return bytes.with(here, byte);
  if (kind === "drop") return Uint8Array.of(...bytes.subarray(0, here), ...bytes.subarray(here + 1));
  return Uint8Array.of(...bytes.subarray(0, here), byte, ...bytes.subarray(here));
};

const byteEdit: fc.Arbitrary<ByteEdit> = fc.record({
  kind: fc.constantFrom("flip", "set", "drop", "insert"),
  at: fc.nat(),
  byte: fc.nat({ max: 255 }),
});

/** Mostly one: what an accident leaves readable is where a decoder may go wrong. */
const few = <Item>(item: fc.Arbitrary<Item>) =>
  fc.oneof({ weight: 3, arbitrary: fc.tuple(item) }, { weight: 1, arbitrary: fc.array(item, { minLength: 2, maxLength: 4 }) });

/** One of `bodies` after an accident or a few, to its words, its values or its bytes. */
export function mutationsOf(bodies: readonly string[]): fc.Arbitrary<Uint8Array> {
  const body = fc.constantFrom(...bodies);
  const byToken = fc
    .tuple(body, few(tokenEdit))
    .map(([text, edits]) => Buffer.from(edits.reduce(editTokens, tokensOf(text)).join("")));
  const byValue = fc
    .tuple(body, few(valueEdit))
    .map(([text, edits]) => Buffer.from(edits.reduce(editValues, tokensOf(text)).join("")));
  const byByte = fc.tuple(body, few(byteEdit)).map(([text, edits]) => edits.reduce(editBytes, new Uint8Array(Buffer.from(text))));
  return fc.oneof({ weight: 2, arbitrary: byToken }, { weight: 2, arbitrary: byValue }, { weight: 1, arbitrary: byByte });
}

/** Anything at all: bytes, texts, and the poison by itself. */
export const anyBody: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.string({ unit: "binary", maxLength: 100 }).map((text) => Buffer.from(text)),
  fc.array(fc.constantFrom(...poison), { maxLength: 8 }).map((words) => Buffer.from(words.join(""))),
  fc.json().map((text) => Buffer.from(text)),
);
