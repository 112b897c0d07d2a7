// White space, comments and `set k=v;` statements, as in from-sql.ts.
const beforeFirstWord = /^(?:\s|--[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/|set\s[^;]*;)*/i;

/** The parser's complaint about the first word of a statement, at the line and column where it stands (protocol section 7.1). */
export const parseException = (sql: string): string => {
  const before = beforeFirstWord.exec(sql)?.[0] ?? "";
  const token = /^\w+|^\S/.exec(sql.slice(before.length))?.[0] ?? "<EOF>";
  const lines = before.split("\n");
  const place = `[${lines.length},${(lines.at(-1)?.length ?? 0) + 1}]`;
  return `ODPS-0130161:${place} Parse exception - invalid token '${token}', expect one of ALTER, CREATE, INSERT, SELECT, WITH`;
};
