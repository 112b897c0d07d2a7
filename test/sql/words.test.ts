import { describe, expect, it } from "vitest";
import { lex } from "../../src/sql/index.ts";
import { wordsOf } from "../../src/sql/words.ts";

const textsOf = (sql: string) => wordsOf(sql, lex(sql)).map(({ text }) => text);

describe("a word", () => {
  it("is in capitals by its ASCII letters alone, so that no other letter makes a keyword", () => {
    expect(textsOf("select \u017felect \u0131nto \uff53elect stra\u00dfe")).toEqual([
      "SELECT",
      "\u017fELECT",
      "\u0131NTO",
      "\uff53ELECT",
      "STRA\u00dfE",
    ]);
  });

  it("is no keyword in quotes of any kind", () => {
    expect(textsOf("'select' \"select\" `select`")).toEqual(["", "", ""]);
  });

  it("has full-width punctuation as what it stands for", () => {
    expect(textsOf("f（a，b）")).toEqual(["F", "(", "A", ",", "B", ")"]);
  });
});
