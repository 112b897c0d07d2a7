/** Both from 1; a column is a character, however many units it takes. */
export type Position = { readonly line: number; readonly column: number };

export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split(/\r\n?|\n/);
  return { line: before.length, column: Array.from(before.at(-1) ?? "").length + 1 };
}
