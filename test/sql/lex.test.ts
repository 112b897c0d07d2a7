import { describe, expect, it } from "vitest";
import { lex, splitStatements } from "../../src/sql/index.ts";

/** Each token as its kind and text; blanks left out. */
const told = (text: string): readonly string[] =>
  lex(text)
    .filter(({ kind }) => kind !== "space")
    .map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`);

describe("a token", () => {
  it.each([
    ["a word", "SELECT", ["word SELECT"]],
    ["a word of another script", "名称", ["word 名称"]],
    ["a word beyond the basic plane", "𠀀b", ["word 𠀀b"]],
    ["a word that begins with a digit", "2024_sales", ["word 2024_sales"]],
    ["a word with a dollar", "a$b", ["word a$b"]],
    ["a number", "12", ["number 12"]],
    ["a number with a point", "1.25 1. .5", ["number 1.25", "number 1.", "symbol .", "number 5"]],
    ["a number with an exponent", "1.5e-3 1e+5", ["number 1.5e-3", "number 1e+5"]],
    ["a number with a type", "1.5BD 10L", ["number 1.5BD", "word 10L"]],
    ["a number with letters behind its point", "1.INSERT", ["glued 1.INSERT"]],
    ["a number with letters behind its exponent", "1e+5INSERT", ["glued 1e+5INSERT"]],
    ["a decimal with letters behind its type", "1.5BDINSERT", ["glued 1.5BDINSERT"]],
    ["a number with half an exponent", "1.5e", ["glued 1.5e"]],
    ["a text in quotes", "'a;b'", ["string 'a;b'"]],
    ["a text in double quotes", '"a;b"', ['string "a;b"']],
    ["a text with an escaped quote", String.raw`'it\'s;'`, [String.raw`string 'it\'s;'`]],
    ["a text that ends in an escaped backslash", String.raw`'a\\';`, [String.raw`string 'a\\'`, "end ;"]],
    ["a text with a doubled quote, which is two texts", "'a''b'", ["string 'a'", "string 'b'"]],
    ["a text over lines", "'a\nb'", ["string 'a\nb'"]],
    ["a text that is never closed", "'a", ["open-string 'a"]],
    ["a text whose last quote is escaped", String.raw`'a\'`, [String.raw`open-string 'a\'`]],
    ["a text that ends in a backslash", "'a\\", ["open-string 'a\\"]],
    ["a name in backquotes", "`a b`", ["name `a b`"]],
    ["a name with a doubled backquote", "`a``b`", ["name `a``b`"]],
    ["a name that a backslash does not keep open", "`a\\`b", ["name `a\\`", "word b"]],
    ["a name that is never closed", "`a``", ["open-name `a``"]],
    ["a comment to the end of the line", "--a;'\nb", ["comment --a;'", "word b"]],
    ["a comment that a carriage return ends", "--a\rb", ["comment --a", "word b"]],
    ["a comment at the end", "a--", ["word a", "comment --"]],
    ["a comment between signs", "1--1", ["number 1", "comment --1"]],
    ["a block comment", "a/*;'\n*/b", ["word a", "comment /*;'\n*/", "word b"]],
    ["a block comment that looks nested", "/* a /* b */ c */", ["comment /* a /* b */", "word c", "symbol *", "symbol /"]],
    ["a block comment of one star", "/*/ a */", ["comment /*/ a */"]],
    ["a block comment that is never closed", "/* a *", ["open-comment /* a *"]],
    ["a comment opener in a line comment", "-- /*\na", ["comment -- /*", "word a"]],
    ["a line comment in a block comment", "/* -- */a", ["comment /* -- */", "word a"]],
    ["comments in a text", "'/*' '--'", ["string '/*'", "string '--'"]],
    ["a hint", "/*+ MAPJOIN(a) */", ["hint /*+ MAPJOIN(a) */"]],
    ["a hint without anything", "/*+*/", ["hint /*+*/"]],
    ["a plus behind a blank, which is no hint", "/* + a */", ["comment /* + a */"]],
    ["an assignment", "@a := 1", ["symbol @", "word a", "symbol :=", "number 1"]],
    ["a semicolon", ";", ["end ;"]],
    ["a full-width semicolon", "；", ["end ；"]],
    ["full-width punctuation", "（a，b）", ["symbol （", "word a", "symbol ，", "word b", "symbol ）"]],
    ["a backslash outside a text", "\\", ["strange \\"]],
    ["a typographic quote", "‘a’", ["strange ‘", "word a", "strange ’"]],
    ["an emoji", "😀", ["strange 😀"]],
    ["half a pair", "\ud83d", ["strange \ud83d"]],
    ["NUL", "a\0b", ["word a", "strange \0", "word b"]],
    ["a zero-width space", "SEL\u200bECT", ["word SEL", "strange \u200b", "word ECT"]],
    ["a filler that is a letter to Unicode", "a\u3164b", ["word a", "strange \u3164", "word b"]],
    ["a byte order mark at the beginning", "\ufeffa", ["word a"]],
    ["a byte order mark elsewhere", "a\ufeff", ["word a", "strange \ufeff"]],
    ["a no-break space and an ideographic one", "a\u00a0b\u3000c", ["word a", "word b", "word c"]],
    ["nothing", "", []],
  ])("is %s", (_, text, tokens) => {
    expect(told(text)).toEqual(tokens);
  });

  it("has offsets in the text", () => {
    expect(lex("a  'b'")).toEqual([
      { kind: "word", from: 0, to: 1 },
      { kind: "space", from: 1, to: 3 },
      { kind: "string", from: 3, to: 6 },
    ]);
  });
});

describe("statements", () => {
  const split = (text: string) =>
    splitStatements(lex(text)).map((tokens) => tokens.map(({ from, to }) => text.slice(from, to)).join(""));

  it.each([
    ["a;b", ["a;", "b"]],
    ["a; ", ["a;", " "]],
    ["a;;b;", ["a;", ";", "b;"]],
    ["';' \";\" `;` -- ;\n/*;*/ /*+;*/", ["';' \";\" `;` -- ;\n/*;*/ /*+;*/"]],
    ["'a\\';b';c", ["'a\\';b';", "c"]],
    ["a；b", ["a；", "b"]],
    ["", []],
  ])("of %j end at semicolons outside texts, names and comments", (text, statements) => {
    expect(split(text)).toEqual(statements);
  });
});
