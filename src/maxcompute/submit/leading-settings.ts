const space = /\s+/y;
const lineComment = /--[^\n]*/y;
const blockComment = /\/\*[\s\S]*?\*\//y;
const strayEnd = /;/y;
/** `set key = value;`, in any case; a value in quotes may hold a semicolon. The end of the text ends the statement too. */
const setStatement = /set\s+([^\s=;]+)\s*=\s*((?:"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|[^;"'])*)(?:;|$)/iy;

const matchAt = (pattern: RegExp, sql: string, at: number) => {
  pattern.lastIndex = at;
  return pattern.exec(sql);
};

const skipBlank = (sql: string, from: number): number => {
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
    const statement = matchAt(setStatement, sql, at);
    if (statement === null) return settings;
    const [text, name = "", value = ""] = statement;
    const sent = value.trim();
    settings.set(name, quoted.exec(sent)?.[2] ?? sent);
    at = skipBlank(sql, at + text.length);
  }
}
