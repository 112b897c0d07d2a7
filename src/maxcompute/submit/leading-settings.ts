const space = /\s+/y;
const lineComment = /--[^\n]*/y;
const blockComment = /\/\*[\s\S]*?\*\//y;
const strayEnd = /;/y;
/** `set key =`, in any case; its value follows. */
const setBeginning = /set\s+([^\s=;]+)\s*=\s*/iy;

const matchAt = (pattern: RegExp, sql: string, at: number) => {
  pattern.lastIndex = at;
  return pattern.exec(sql);
};

/** Where the quoted text that begins at `from` ends; undefined when it does not. */
const quotedEnd = (sql: string, from: number): number | undefined => {
  for (let at = from + 1; at < sql.length; at += 1) {
    if (sql[at] === "\\") at += 1;
    else if (sql[at] === sql[from]) return at + 1;
  }
  return undefined;
};

/**
 * Where the value that begins at `from` ends: before a semicolon, which quotes may hold, or at the end of the text. Undefined for a quote
 * that is never closed. By hand, since a pattern that repeats a choice keeps a state a character, and a value may have millions.
 */
const valueEnd = (sql: string, from: number): number | undefined => {
  let at: number | undefined = from;
  while (at !== undefined && at < sql.length && sql[at] !== ";") {
    at = sql[at] === '"' || sql[at] === "'" ? quotedEnd(sql, at) : at + 1;
  }
  return at;
};

/** Where the SQL goes on after blanks, comments and semicolons that end nothing. */
export const skipBlank = (sql: string, from: number): number => {
  let at = from;
  for (;;) {
    const skipped = [space, lineComment, blockComment, strayEnd].map((pattern) => matchAt(pattern, sql, at)?.[0].length ?? 0);
    const length = Math.max(...skipped);
    if (length === 0) return at;
    at += length;
  }
};

const quoted = /^(["'])([\s\S]*)\1$/;

/**
 * The settings a script begins with: its `set key=value;` statements before anything else, comments aside, the last of a name. A value's
 * own quotes are no part of it. The service reads the statements too; it wants those for the job as a whole in the settings as well
 * (protocol section 11).
 */
export function leadingSettings(sql: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  let at = skipBlank(sql, 0);
  for (;;) {
    const beginning = matchAt(setBeginning, sql, at);
    if (beginning === null) return settings;
    const [text, name = ""] = beginning;
    const end = valueEnd(sql, at + text.length);
    if (end === undefined) return settings;
    const sent = sql.slice(at + text.length, end).trim();
    settings.set(name, quoted.exec(sent)?.[2] ?? sent);
    at = skipBlank(sql, end + 1);
  }
}
