// How much work the worst texts make, counted and not timed.
import { describe, expect, it } from "vitest";
import { classify } from "../../src/sql/classify.ts";
import { checkSql, lex, maxSqlLength } from "../../src/sql/index.ts";
import { type Word, wordsOf } from "../../src/sql/words.ts";

const worst = (piece: string, length = maxSqlLength): string => piece.repeat(Math.floor(length / piece.length));

const pieces = [
  ..."'\"`-/*+;(.1eaé@\\ \n\0",
  ...[
    "/*",
    "/* ",
    "--",
    "--\n",
    "''",
    "``",
    "'\\",
    "1.",
    "1e",
    "1.e",
    "1e+",
    "1.1",
    "9e9.",
    "/*+",
    "*/",
    ":=",
    "😀",
    "\ud83d",
    "é1",
  ],
  ...["'a' ", "a ", "1 ", "a;", "/**/", "(", ")", "/*+a*/", "/*+'*/"],
];

describe("reading a text", () => {
  /** A text that counts how often a character of it is looked at. */
  const counted = (text: string) => {
    let reads = 0;
    const codePointAt = (at: number) => {
      reads += 1;
      return text.codePointAt(at);
    };
    return { length: text.length, codePointAt, readsPerCharacter: () => reads / text.length };
  };

  it.each(pieces)("of %j again and again looks at each character a few times", (piece) => {
    const text = counted(worst(piece));
    lex(text);
    expect(text.readsPerCharacter()).toBeLessThan(10);
  });

  it("of a million characters needs no deeper stack", () => {
    expect(lex(`'${"a".repeat(1_000_000)}`)).toHaveLength(1);
    expect(lex(`/*${"*".repeat(1_000_000)}`)).toHaveLength(1);
  });
});

describe("judging a statement", () => {
  /** The words of a text, and how often one of them was looked at. */
  const counted = (text: string) => {
    const all = wordsOf(text, lex(text));
    let reads = 0;
    const words = new Proxy(all, {
      get: (target, property) => {
        reads += 1;
        return Reflect.get(target, property) as unknown;
      },
    }) as readonly Word[];
    return { words, readsPerWord: () => reads / all.length };
  };

  it.each([
    ...[
      "SELECT ",
      "(",
      "()",
      "WITH ",
      "FROM ",
      "EXPLAIN ",
      "SHOW ",
      "DROP ",
      "INSERT ",
      "USING ",
      "DIRECTORY ",
      "LOGICAL ",
      "OR ",
    ],
    ...["a,", "a AS (SELECT 1),", "(SELECT 1) UNION ", "@"],
  ])("of %j again and again looks at each word a few times", (piece) => {
    for (const beginning of ["", "WITH ", "SELECT ", "EXPLAIN ", "CREATE "]) {
      const { words, readsPerWord } = counted(beginning + worst(piece, 8_192));
      classify(words);
      // An index is asked for whether it is there, too, and what is cut off is asked for once more.
      expect(readsPerWord()).toBeLessThan(40);
    }
  });

  it.each(pieces)("that is as long as one may be takes %j for what it is", (piece) => {
    for (const beginning of ["SELECT ", "SET a="]) {
      expect(["ok", "refused"]).toContain(checkSql(beginning + worst(piece).slice(beginning.length), { allows: "reading" }).kind);
    }
  });
});
