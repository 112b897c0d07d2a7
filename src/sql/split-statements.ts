import type { Token } from "./token.ts";

/** The tokens of each statement, with the semicolon that ends it: joined again, they are the text. What follows the last one is one, too. */
export function splitStatements(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const statements: Token[][] = [];
  let current: Token[] = [];
  for (const token of tokens) {
    current.push(token);
    if (token.kind !== "end") continue;
    statements.push(current);
    current = [];
  }
  return current.length === 0 ? statements : [...statements, current];
}
