// A phone's keyboard makes curly quotes of those that SQL begins and ends a text with. Pure.

const straightOf: Readonly<Record<string, string>> = {
  "\u2018": "'",
  "\u2019": "'",
  "\u201a": "'",
  "\u201b": "'",
  "\u201c": '"',
  "\u201d": '"',
  "\u201e": '"',
  "\u201f": '"',
};

/** What is left alone: comments, and texts and names in straight quotes with all that is in them. */
const asItIs = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|`[^`]*`/y;

/**
 * The SQL with the curly quotes around its texts made straight, each in its place. A text that was begun with a curly quote ends at the next
 * one of its kind; inside a text in straight quotes nothing is touched, for it may mean what it says.
 */
export function withStraightQuotes(sql: string): string {
  let found = "";
  let open: string | undefined;
  for (let at = 0; at < sql.length; ) {
    asItIs.lastIndex = at;
    const whole = open === undefined ? asItIs.exec(sql)?.[0] : undefined;
    const piece = whole ?? sql[at] ?? "";
    const straight = whole === undefined ? straightOf[piece] : undefined;
    const isEdge = straight !== undefined && (open === undefined || open === straight);
    if (isEdge) open = open === undefined ? straight : undefined;
    else if (open === piece) open = undefined;
    found += isEdge ? straight : piece;
    at += piece.length;
  }
  return found;
}
