import { classify, type Kind } from "./classify.ts";
import { firstFlaw } from "./legible.ts";
import { lex } from "./lex.ts";
import { positionOf } from "./position.ts";
import { type Flaw, isFlaw, type Refusal } from "./refusal.ts";
import { isSetLine, readSetLine } from "./set-line.ts";
import { splitStatements } from "./split-statements.ts";
import type { Token } from "./token.ts";
import { saysNothing, wordsOf } from "./words.ts";
import { withoutComments } from "./written.ts";

/** In characters: what a person reads before approving it, and far below what the service takes. */
export const maxSqlLength = 64 * 1024;

export type Accepted = {
  readonly kind: "ok";
  /** What to send: the one statement without comments, SET lines and semicolon. The text that was typed is not what was checked. */
  readonly statement: string;
  /** In capitals, of the statement itself: `INSERT` for `WITH ... INSERT`. */
  readonly verb: string;
  readonly kindOf: Kind;
  /** What the SET lines set, by name in small letters. Send them under the walls (`guardedHints`). */
  readonly settings: Readonly<Record<string, string>>;
};

export type Verdict = Accepted | Refusal;

/** What whoever asks may do: read, or change data as well. */
export type Allowed = { readonly allows: Kind };

function withSettings(text: string, lines: readonly (readonly Token[])[], allows: Kind): Readonly<Record<string, string>> | Flaw {
  const settings = new Map<string, string>();
  for (const line of lines) {
    const setting = readSetLine(text, line, allows === "reading");
    if (isFlaw(setting)) return setting;
    settings.set(setting.key, setting.value);
  }
  return Object.fromEntries(settings);
}

function judge(text: string, { allows }: Allowed): Accepted | Flaw {
  if (text.length > maxSqlLength) return { reason: "too-long" };
  const tokens = lex(text);
  const flaw = firstFlaw(text, tokens);
  if (flaw !== undefined) return flaw;
  const statements = splitStatements(tokens).filter((statement) => !saysNothing(statement));
  const first = statements.findIndex((statement) => !isSetLine(text, statement));
  const settings = withSettings(text, first === -1 ? statements : statements.slice(0, first), allows);
  if (isFlaw(settings)) return settings;
  const statement = statements[first];
  if (statement === undefined) return { reason: statements.length === 0 ? "empty" : "settings-only" };
  const second = statements[first + 1];
  if (second !== undefined) return { reason: "several-statements", from: wordsOf(text, second)[0]?.from };
  const known = classify(wordsOf(text, statement));
  if (isFlaw(known)) return known;
  const { verb, kindOf, change, runsProgram } = known;
  if (allows === "reading" && kindOf === "changing") return { reason: "changes", ...change };
  if (allows === "reading" && runsProgram !== undefined) return { reason: "runs-program", verb, from: runsProgram };
  return { kind: "ok", statement: withoutComments(text, statement), verb, kindOf, settings };
}

/**
 * Whether a text is one statement that may be run, and what to send for it. The first of two walls: the second are settings that the
 * service obeys. Takes any text, and never throws.
 */
export function checkSql(text: string, allowed: Allowed): Verdict {
  const found = judge(text, allowed);
  if (!isFlaw(found)) return found;
  const { reason, from, verb, setting } = found;
  return { kind: "refused", reason, verb, setting, at: from === undefined ? undefined : positionOf(text, from) };
}
