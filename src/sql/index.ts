/** What may be run: a lexer of MaxCompute's SQL, the check of a statement, and the settings that hold it. */

export { type Accepted, type Allowed, checkSql, maxSqlLength, type Verdict } from "./check-sql.ts";
export type { Kind } from "./classify.ts";
export { type Explanation, explainRefusal } from "./explain-refusal.ts";
export { type Guards, guardedHints } from "./guarded-hints.ts";
export { lex } from "./lex.ts";
export { namedProjects } from "./named-projects.ts";
export type { Position } from "./position.ts";
export type { Reason, Refusal } from "./refusal.ts";
export { splitStatements } from "./split-statements.ts";
export type { Token, TokenKind } from "./token.ts";
export { normalised } from "./written.ts";
