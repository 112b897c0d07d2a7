// Text that nobody thought of, judged by what must hold for any. The oracles here share no code with what they judge.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leadingSettings } from "../../src/maxcompute/submit/leading-settings.ts";
import { checkSql, explainRefusal, guardedHints, lex, normalised, splitStatements } from "../../src/sql/index.ts";

const checked = (sql: string) => checkSql(sql, { allows: "reading" });
const joined = (text: string, tokens: readonly { readonly from: number; readonly to: number }[]) =>
  tokens.map(({ from, to }) => text.slice(from, to)).join("");

const keywords = [
  ..."SELECT FROM WITH AS INSERT INTO OVERWRITE TABLE DROP CREATE DELETE UPDATE MERGE ALTER TRUNCATE SET EXPLAIN SHOW DESC".split(
    " ",
  ),
  ..."GRANT USING UNION ALL WHERE JOIN ON TABLES VIEW BEGIN END a b t x1 2024_sales".split(" "),
];
const pieces = [
  ...keywords,
  ...keywords.map((word) => word.toLowerCase()),
  ...["(", ")", ",", ".", ";", "；", "=", "*", "+", "-", "/", ":=", "@", "#", "{", "1", "1.", "1e+5", "10L"],
  ...["'", '"', "`", "\\", "\\'", "--", "/*", "*/", "/*+", "\n", "\r", " ", " ", " ", "\t", "\u00a0", "\u200b", "\ufeff", "\0"],
  ...["'a'", '"b"', "`c`", "'; DROP TABLE t'", "/* ; */", "-- x\n", "/*+ MAPJOIN(a) */", "名", "😀", "\ud83d", "ſ", "ＤＲＯＰ"],
  ...["SET odps.sql.timezone=UTC;", "SET odps.sql.read.only=false;", "WITH a AS (SELECT 1)", "FROM t", "INSERT INTO t"],
];
const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(""));
const spacedSoup = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(" "));

/** Statements that may be read, whatever is chosen: trees of queries with texts and names of any kind. */
const name = fc.constantFrom("a", "t", "p.t", "`select`", "`a b`", "名", "2024_sales");
const literal = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => `'${text.replace(/[\\']|[\p{Cc}\p{Cs}\p{Cn}\p{Cf}]/gu, "")}'`),
  fc.constantFrom("'; DROP TABLE t; --'", String.raw`'it\'s'`, '"a;b"', "'/*'", "'--'", "1", "1.5", "1e-3", "NULL"),
);
const { query } = fc.letrec<{ query: string; source: string; value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    literal,
    name,
    fc.tuple(name, tie("value")).map(([called, value]) => `f(${called}, ${value})`),
  ),
  source: fc.oneof(
    { depthSize: "small" },
    name,
    tie("query").map((inner) => `(${inner}) s`),
  ),
  query: fc.oneof(
    { depthSize: "small" },
    fc.tuple(tie("value"), tie("source")).map(([value, source]) => `SELECT ${value} FROM ${source}`),
    fc.tuple(tie("value"), tie("source")).map(([value, source]) => `FROM ${source} SELECT ${value}`),
    fc.tuple(tie("query"), tie("query")).map(([one, other]) => `(${one}) UNION ALL (${other})`),
    fc.tuple(name, tie("query")).map(([source, inner]) => `SELECT /*+ MAPJOIN(t) */ * FROM ${source} WHERE a IN (${inner})`),
  ),
}));
const readable = fc.oneof(
  query,
  fc.tuple(query, query).map(([one, other]) => `WITH c AS (${one}) SELECT * FROM c JOIN (${other}) d ON c.a = d.a`),
  query.map((inner) => `EXPLAIN ${inner}`),
  query.map((inner) => `SET odps.sql.timezone=UTC; ${inner};`),
);

/** A text with a few characters of it taken out, doubled, replaced or put elsewhere. */
const mutated = fc
  .tuple(readable, fc.array(fc.tuple(fc.nat(), fc.constantFrom("", ...pieces), fc.nat({ max: 4 })), { maxLength: 4 }))
  .map(([sql, edits]) =>
    edits.reduce((text, [place, piece, cut]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + piece + text.slice(at + cut);
    }, sql),
  );
const anyText = fc.oneof(soup, spacedSoup, mutated, fc.string({ unit: "binary", maxLength: 60 }));
const runs = { numRuns: 800 };

/** Texts as they are: where a quote or comment begins that is not in another, by one pattern and no state. */
const hidden = /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|`[^`]*`|--[^\n\r]*|\/\*[\s\S]*?\*\//g;
const bare = (sql: string) => sql.replace(hidden, " 0 ");
const changingWord = /^[\s(]*(?:insert|drop|create|delete|update|merge|alter|truncate|grant|revoke|load|unload|set|use|begin)\b/i;

describe("any text", () => {
  it("is taken apart and put together again without a loss", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = lex(text);
        expect(tokens.every(({ from, to }) => to > from)).toBe(true);
        expect(joined(text, tokens)).toBe(text);
        expect(joined(text, splitStatements(tokens).flat())).toBe(text);
      }),
      runs,
    );
  });

  it("is judged, and its refusal told, without an error", () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom("reading" as const, "changing" as const), (text, allows) => {
        const verdict = checkSql(text, { allows });
        if (verdict.kind === "refused") expect(explainRefusal(verdict).what).not.toBe("");
        expect(typeof normalised(text)).toBe("string");
      }),
      runs,
    );
  });

  it("that is taken as reading has no word that changes where a statement begins, and none of INSERT's own anywhere", () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyText, (text) => {
        const verdict = checked(text);
        if (verdict.kind !== "ok") return;
        accepted += 1;
        const [statement, ...more] = bare(verdict.statement).split(/[;；]/);
        expect(more).toEqual([]);
        expect(statement).not.toMatch(changingWord);
        expect(statement).not.toMatch(/(?<![\w$\u0080-\uffff])(?:insert|overwrite|into)(?![\w$\u0080-\uffff])/i);
        const parts = statement?.replace(/^\s*explain\b/i, "").split(/\bas\b\s*\(/i) ?? [];
        for (const part of parts) expect(part).not.toMatch(changingWord);
      }),
      runs,
    );
    expect(accepted).toBeGreaterThan(50);
  });

  it("that is taken is sent as what it was judged to be", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const verdict = checked(text);
        if (verdict.kind !== "ok") return;
        const { settings: _, ...known } = verdict;
        expect(checked(verdict.statement)).toEqual({ ...known, settings: {} });
        expect(lex(verdict.statement).some(({ kind }) => kind === "comment" || kind === "end")).toBe(false);
        // The client reads SET lines into the job's settings, over nothing of ours: there must be none to read.
        expect(leadingSettings(`${verdict.statement};`).size).toBe(0);
      }),
      runs,
    );
  });

  it("is in one line what its line is in one line", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        // A byte order mark is a blank at the beginning alone, where the line may bring it.
        const line = normalised(text.replaceAll("\ufeff", ""));
        expect(normalised(line)).toBe(line);
      }),
      runs,
    );
  });
});

describe("what may be read", () => {
  it("may be read, whatever is in its texts", () => {
    fc.assert(
      fc.property(readable, (sql) => {
        expect(checked(sql)).toMatchObject({ kind: "ok", kindOf: "reading" });
      }),
      { numRuns: 300 },
    );
  });

  const blanks = fc.constantFrom(" ", "\n", "\t\r\n", " /* ; DROP TABLE t */ ", " -- '\n", "\u3000", " /**/ ");
  const insertions = fc.array(fc.tuple(fc.nat(), blanks), { minLength: 1, maxLength: 6 });
  /** A text with blanks and comments behind some of its tokens, but not behind the last, which may be an open one. */
  const spaced = (sql: string, inserted: readonly (readonly [number, string])[]) => {
    const tokens = lex(sql);
    const behind = new Map(inserted.map(([place, blank]) => [place % Math.max(1, tokens.length - 1), blank]));
    return tokens
      .map(({ from, to }, index) => sql.slice(from, to) + (index + 1 < tokens.length ? (behind.get(index) ?? "") : ""))
      .join("");
  };

  it("is the same with comments and blanks between any two tokens", () => {
    fc.assert(
      fc.property(query, insertions, (sql, inserted) => {
        const { statement: _, ...known } = { statement: "", ...checked(sql) };
        const { statement: __, ...same } = { statement: "", ...checked(spaced(sql, inserted)) };
        expect(same).toEqual(known);
      }),
      { numRuns: 300 },
    );
  });

  it("is refused for the same reason with them, where it is not the blank that counts", () => {
    const countsBlanks = /glued|setting|wall/;
    fc.assert(
      fc.property(mutated, insertions, (sql, inserted) => {
        const verdict = checked(sql);
        if (verdict.kind === "ok" || countsBlanks.test(verdict.reason) || /\bset\b/i.test(sql)) return;
        const { reason, verb } = verdict;
        expect(checked(spaced(sql, inserted))).toMatchObject({ reason, verb });
      }),
      runs,
    );
  });

  it("is refused with a statement planted anywhere outside of its texts and comments", () => {
    const planted = fc.constantFrom(";DROP TABLE t", "；drop table t", ";INSERT INTO t SELECT 1;", "\n;\nGRANT x TO y -- ");
    fc.assert(
      fc.property(query, fc.nat(), planted, (sql, place, plant) => {
        const tokens = lex(sql);
        const at = tokens[place % tokens.length]?.to ?? sql.length;
        expect(checked(sql.slice(0, at) + plant + sql.slice(at)).kind).toBe("refused");
      }),
      { numRuns: 300 },
    );
  });

  it("stays what it is with a statement planted in a text of it", () => {
    const planted = fc.constantFrom(";DROP TABLE t", "; -- ", "/*", "*/", "；INSERT INTO t", "`", String.raw`\';DROP TABLE t;`);
    fc.assert(
      fc.property(query, planted, (sql, plant) => {
        const quoted = `SELECT '${plant}', "${plant.replace("'", '"')}" FROM (${sql}) s`;
        expect(checked(quoted)).toMatchObject({ kind: "ok", kindOf: "reading", statement: quoted });
      }),
      { numRuns: 300 },
    );
  });
});

describe("a wall", () => {
  it("stands whatever a person's own settings are called", () => {
    const spelled = fc
      .tuple(fc.constantFrom("odps.sql.read.only", "odps.sql.allow.fullscan", "odps.sql.metering.value.max"), fc.nat(), fc.nat())
      .map(([wall, capitals, blanks]) => {
        const cased = [...wall].map((letter, index) => ((capitals >> index) & 1 ? letter.toUpperCase() : letter)).join("");
        return `${" ".repeat(blanks % 3)}${cased}${"\t".repeat(blanks % 2)}`;
      });
    const own = fc.dictionary(fc.oneof(spelled, fc.string()), fc.oneof(fc.string(), fc.boolean(), fc.integer()));
    fc.assert(
      fc.property(own, (settings) => {
        const hints = guardedHints({ readOnly: true, meteringCap: 7 }, settings);
        const folded = Object.entries(hints).map(([key, value]) => [key.trim().toLowerCase(), value]);
        expect(folded.filter(([key]) => key === "odps.sql.read.only")).toEqual([["odps.sql.read.only", "true"]]);
        expect(folded.filter(([key]) => key === "odps.sql.allow.fullscan")).toEqual([["odps.sql.allow.fullscan", "false"]]);
        expect(folded.filter(([key]) => key === "odps.sql.metering.value.max")).toEqual([["odps.sql.metering.value.max", "7"]]);
        expect(Object.values(hints).every((value) => typeof value === "string")).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
