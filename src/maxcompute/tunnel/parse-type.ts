import { MalformedBody } from "../malformed-body.ts";
import { clip } from "../text.ts";
import { type ResultType, type StructField, scalarKind } from "./result-type.ts";

/** MaxCompute itself nests less deep. */
const maxDepth = 32;
const maxLength = 64 * 1024;

const name = /[a-z_][a-z0-9_]*/iy;
const bareFieldName = /[^\s:,<>()`]+/y;
const quotedFieldName = /`((?:[^`]|``)+)`/y;
/** `(10,2)`, as after decimal, char and varchar; what the numbers say does not change how a value is written. */
const size = /\s*\(\s*\d{1,10}\s*(?:,\s*\d{1,10}\s*)?\)/y;
const space = /\s*/y;

type Cursor = { readonly text: string; at: number };

const strange = ({ text }: Cursor) => new MalformedBody(`a column type that is none: ${clip(text, 100)}`);

const take = (cursor: Cursor, pattern: RegExp): RegExpExecArray | null => {
  pattern.lastIndex = cursor.at;
  const match = pattern.exec(cursor.text);
  if (match !== null) cursor.at = pattern.lastIndex;
  return match;
};

const takeMark = (cursor: Cursor, mark: string): boolean => {
  take(cursor, space);
  if (cursor.text[cursor.at] !== mark) return false;
  cursor.at += 1;
  take(cursor, space);
  return true;
};

const expectMark = (cursor: Cursor, mark: string) => {
  if (!takeMark(cursor, mark)) throw strange(cursor);
};

const takeField = (cursor: Cursor, depth: number): StructField => {
  const quoted = take(cursor, quotedFieldName)?.[1];
  const fieldName = quoted?.replaceAll("``", "`") ?? take(cursor, bareFieldName)?.[0];
  if (fieldName === undefined) throw strange(cursor);
  expectMark(cursor, ":");
  return { name: fieldName, type: takeType(cursor, depth) };
};

const takeFields = (cursor: Cursor, depth: number): readonly StructField[] => {
  const fields = [takeField(cursor, depth)];
  while (takeMark(cursor, ",")) fields.push(takeField(cursor, depth));
  return fields;
};

/** `vector<float,128>` and `vector(float,128)`: how many there are stands before each value as well. */
const takeVector = (cursor: Cursor, depth: number): ResultType => {
  const close = takeMark(cursor, "(") ? ")" : ">";
  if (close === ">") expectMark(cursor, "<");
  const item = takeType(cursor, depth);
  if (takeMark(cursor, ",") && take(cursor, /\d{1,10}/y) === null) throw strange(cursor);
  expectMark(cursor, close);
  return { kind: "vector", item };
};

const takeParts = (cursor: Cursor, kind: string, depth: number): ResultType | undefined => {
  if (kind === "vector") return takeVector(cursor, depth);
  if (kind !== "array" && kind !== "map" && kind !== "struct") return undefined;
  expectMark(cursor, "<");
  const first = kind === "struct" ? undefined : takeType(cursor, depth);
  if (kind === "map") expectMark(cursor, ",");
  const value = kind === "map" ? takeType(cursor, depth) : undefined;
  const fields = kind === "struct" ? takeFields(cursor, depth) : [];
  expectMark(cursor, ">");
  if (first === undefined) return { kind: "struct", fields };
  return value === undefined ? { kind: "array", item: first } : { kind: "map", key: first, value };
};

const takeType = (cursor: Cursor, depth: number): ResultType => {
  if (depth > maxDepth) throw new MalformedBody("a column type nested too deeply");
  const kind = take(cursor, name)?.[0].toLowerCase();
  if (kind === undefined) throw strange(cursor);
  const parts = takeParts(cursor, kind, depth + 1);
  if (parts !== undefined) return parts;
  take(cursor, size);
  return { kind: scalarKind(kind) };
};

/**
 * A column's type as a session names it, such as `map<string,array<decimal(10,2)>>`, in any case. A name nobody knows yet is "unknown";
 * throws MalformedBody for what is no type at all, and for one nested more than 32 deep.
 */
export function parseType(text: string): ResultType {
  const cursor: Cursor = { text, at: 0 };
  if (text.length > maxLength) throw new MalformedBody("a column type of too many characters");
  take(cursor, space);
  const type = takeType(cursor, 0);
  take(cursor, space);
  if (cursor.at !== text.length) throw strange(cursor);
  return type;
}
