// Which other projects a statement may reach into. `a.b` is a table of the project `a`, or of a schema: it is taken for a project.
import { asciiUpper } from "./characters.ts";
import { lex } from "./lex.ts";
import { isBlank, type Token } from "./token.ts";
import { spelled } from "./written.ts";

/** A table, or a query, comes behind these. */
const beforeTable: ReadonlySet<string> = new Set([
  ...["FROM", "JOIN", "INTO", "OVERWRITE", "TABLE", "VIEW", "EXISTS", "LIKE", "USING", "UPDATE", "TO", "MERGE", "DELETE"],
]);
/** Behind these the commas of FROM are over. */
const endsTables: ReadonlySet<string> = new Set([
  ...["SELECT", "WHERE", "GROUP", "HAVING", "ORDER", "SORT", "CLUSTER", "DISTRIBUTE", "LIMIT", "WINDOW", "SET", "MAP", "REDUCE"],
]);
/** Functions with a FROM of their own, as in `EXTRACT(YEAR FROM t.day)`. */
const withFrom: ReadonlySet<string> = new Set(["EXTRACT", "TRIM", "SUBSTRING", "OVERLAY"]);
/** Types of a field, as in `STRUCT<a:DECIMAL(10, 2)>`. */
const sizedTypes: ReadonlySet<string> = new Set(["DECIMAL", "VARCHAR", "CHAR"]);
/** They tell of what they name, wherever it stands. */
const lookups: ReadonlySet<string> = new Set(["SHOW", "DESC", "DESCRIBE"]);

type Part = { readonly word: string; readonly name: string | undefined; readonly sign: string };

function partOf(text: string, token: Token): Part {
  const own = spelled(text, token);
  if (token.kind === "word") return { word: asciiUpper(own), name: own, sign: "" };
  if (token.kind === "name") return { word: "", name: own.slice(1, -1), sign: "" };
  return { word: "", name: undefined, sign: token.kind === "string" ? "" : own.charAt(0) };
}

/** In small letters, each once; of a statement that `checkSql` has accepted. */
export function namedProjects(statement: string): readonly string[] {
  const parts = lex(statement)
    .filter((token) => !isBlank(token) && token.kind !== "end" && token.kind !== "hint")
    .map((token) => partOf(statement, token));
  const isLookup = parts.some(
    ({ word }, at) => lookups.has(word) && parts.slice(0, at).every((before) => before.word === "EXPLAIN"),
  );
  const found = new Set<string>();
  /** Whether each parenthesis that is open is one of a function with a FROM of its own, and is in the tables of a FROM. */
  const open = [{ isFunction: false, inTables: false }];
  for (const [at, { word, name, sign }] of parts.entries()) {
    const [before, next] = [parts[at - 1], parts[at + 1]];
    const here = open.at(-1);
    if (here === undefined) break;
    const isTable: boolean =
      before !== undefined && (beforeTable.has(before.word) || (here.inTables && [",", "("].includes(before.sign)));
    if (sign === "(") open.push({ isFunction: withFrom.has(before?.word ?? ""), inTables: isTable });
    if (sign === ")" && open.length > 1) open.pop();
    if (word === "FROM" || word === "JOIN") here.inTables = !here.isFunction;
    if (endsTables.has(word)) here.inTables = false;
    if (name === undefined || before?.sign === ".") continue;
    const isOfTable = next?.sign === "." && (isLookup || (isTable && !(here.isFunction && before?.word === "FROM")));
    const isListed = isLookup && (before?.word === "IN" || before?.word === "FROM");
    const isFunction = next?.sign === ":" && parts[at + 3]?.sign === "(" && !sizedTypes.has(parts[at + 2]?.word ?? "");
    if (isOfTable || isListed || isFunction) found.add(name.toLowerCase());
  }
  return [...found];
}
