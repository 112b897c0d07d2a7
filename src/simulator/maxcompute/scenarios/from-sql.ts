// `select /* scenario: oom */ 1` asks for a scenario by name.
const asked = /\bscenario:\s*([a-z_]+)/i;
// After white space, comments and `set k=v;` statements. No two alternatives can match the same text, so it cannot backtrack far.
const firstWord = /^(?:\s|--[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/|set\s[^;]*;)*([a-z]+)/i;
const selects = ["select", "with", "from", "values"];
const describes = ["desc", "describe", "show", "explain", "list"];
const defines = ["create", "drop", "alter", "insert", "truncate", "merge", "delete", "update", "grant", "revoke", "use", "add"];

/** The scenario a submitted statement becomes; `isKnown` tells which names may be asked for in a comment. */
export const scenarioForSql = (sql: string, isKnown: (name: string) => boolean): string => {
  const wanted = asked.exec(sql)?.[1]?.toLowerCase();
  if (wanted !== undefined && isKnown(wanted)) return wanted;
  if (/\bfrom\s+(?:\w+\.)?nope\b/i.test(sql)) return "missing_table";
  const word = firstWord.exec(sql)?.[1]?.toLowerCase() ?? "";
  if (selects.includes(word)) return "select";
  if (describes.includes(word)) return "text";
  return defines.includes(word) ? "no_result" : "syntax";
};
