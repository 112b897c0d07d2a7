// What one statement does, by its words. Whatever is not known for certain is refused.
import { behindWith, exported, hiddenChange, parentheses, program, scriptFlaw, splitHint } from "./query.ts";
import type { Flaw } from "./refusal.ts";
import { classOf, explainOptions, modifiers, objects, ofSecurity, shown } from "./verbs.ts";
import { isNaming, isSymbolWord, isWord, type Word } from "./words.ts";

export type Kind = "reading" | "changing";

export type Known = {
  readonly verb: string;
  readonly kindOf: Kind;
  /** What makes it a change: the word, which need not be the statement's own verb, and its offset. */
  readonly change?: { readonly verb: string; readonly from: number } | undefined;
  /** The offset where rows go through a program. */
  readonly runsProgram?: number | undefined;
};

const changing = (verb: string, from: number): Known => ({ verb, kindOf: "changing", change: { verb, from } });

/** A verb as it is told: nothing that somebody could have made up at length. */
const verbOf = (word: Word | undefined): string | undefined =>
  word?.kind === "word" && /^[A-Z_]{1,20}$/.test(word.text) ? word.text : undefined;

const unknown = (word: Word | undefined): Flaw => ({ reason: "unknown-statement", verb: verbOf(word), from: word?.from });

function classifyQuery(words: readonly Word[], at: number): Known | Flaw {
  const start = isWord(words[at], "WITH") ? behindWith(words, at) : at;
  const first = start === undefined ? undefined : words.slice(start).find((word) => !isSymbolWord(word, "("));
  if (first === undefined) return unknown(words[at]);
  const writes = hiddenChange(words);
  const selects = words.some((word) => isWord(word, "SELECT"));
  const begins = isWord(first, "SELECT", "FROM") || (isSymbolWord(words[at], "(") && isWord(first, "WITH"));
  // A statement behind WITH is known by its own verb, if it is one that changes rows.
  if (!begins && classOf(first.text) !== "change") return unknown(first);
  if (writes === undefined) return begins && selects ? { verb: "SELECT", kindOf: "reading" } : unknown(first);
  return changing(isWord(writes, "OVERWRITE", "INTO") ? "INSERT" : writes.text, writes.from);
}

function classifyLookup(words: readonly Word[], at: number): Known | Flaw {
  const verb = words[at];
  const about = words[at + 1];
  const isShow = isWord(verb, "SHOW");
  const writes = words.find((word) => isWord(word, "INSERT", "OVERWRITE", "INTO"));
  const isOfSecurity = about?.kind === "word" && ofSecurity.has(about.text) && (isShow || isNaming(words[at + 2]));
  if (isOfSecurity) return { reason: "security", verb: verbOf(verb), from: about.from };
  if (writes !== undefined) return unknown(writes);
  const isKnown = isShow ? about?.kind === "word" && shown.has(about.text) : isNaming(about);
  return isKnown && verb !== undefined ? { verb: verb.text, kindOf: "reading" } : unknown(verb);
}

function classifyChange(words: readonly Word[], at: number): Known | Flaw {
  const verb = words[at];
  if (verb === undefined) return unknown(verb);
  const known = changing(verb.text, verb.from);
  if (classOf(verb.text) === "change") return isNaming(words[at + 1]) ? known : unknown(verb);
  const object = words.slice(at + 1).find((word) => !(word.kind === "word" && modifiers.has(word.text)));
  return object?.kind === "word" && objects.has(object.text)
    ? known
    : { reason: "security", verb: verbOf(verb), from: verb.from };
}

function classifyAt(words: readonly Word[], at: number): Known | Flaw {
  const verb = words[at];
  if (isSymbolWord(verb, "(")) return classifyQuery(words, at);
  const verbClass = verb?.kind === "word" ? classOf(verb.text) : undefined;
  switch (verbClass) {
    case undefined:
      return unknown(verb);
    case "query":
      return classifyQuery(words, at);
    case "lookup":
      return classifyLookup(words, at);
    case "explain": {
      let told = at + 1;
      for (let word = words[told]; word?.kind === "word" && explainOptions.has(word.text); word = words[told]) told += 1;
      if (isWord(words[told], "EXPLAIN")) return unknown(words[told]);
      const inner = classifyAt(words, told);
      return "reason" in inner ? inner : { ...inner, verb: "EXPLAIN" };
    }
    case "change":
    case "object-change":
      return classifyChange(words, at);
    default:
      return { reason: verbClass, verb: verbOf(verb), from: verb?.from };
  }
}

/** The verb of a statement, and whether it reads or changes. `EXPLAIN` is what it explains, though it only tells. */
export function classify(words: readonly Word[]): Known | Flaw {
  const flaw = scriptFlaw(words) ?? splitHint(words);
  if (flaw !== undefined) return flaw;
  const pairs = parentheses(words);
  if (pairs === undefined) return { reason: "unbalanced", from: words[0]?.from };
  const owner = words.find((word) => isWord(word, "CHANGEOWNER"));
  if (owner !== undefined) return { reason: "security", verb: "CHANGEOWNER", from: owner.from };
  const folder = exported(words);
  if (folder !== undefined) return { reason: "takes-data-out", from: folder.from };
  const known = classifyAt(words, 0);
  return "reason" in known ? known : { ...known, runsProgram: program(words)?.from };
}
