// Whatever somebody types behind `run`: one answer, and nothing submitted.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../../src/commands/parse.ts";
import { commands } from "../../../src/commands/registry.ts";
import { readPolicy } from "../../../src/commands/rights/policy-text.ts";
import { aBot } from "../../support/a-bot.ts";
import { hostileText } from "../../support/arbitraries.ts";
import { fakeMaxCompute } from "../../support/fake-maxcompute.ts";

const policy = readPolicy("allow U0ANN admin; allow channels admin").policy;
const pieces = fc.constantFrom(
  "SELECT 1",
  "SELECT * FROM t",
  "INSERT INTO t SELECT 1",
  "DROP TABLE t",
  ";",
  "--",
  "-- yes",
  "—",
  "/* x */",
  "--limit",
  "--limit=5",
  "limit=5",
  "-p",
  "demo_project",
  "--max-cost 9",
  "--confirm",
  "confirmed=true",
  "SET odps.sql.read.only=false;",
  "'",
  '"',
  "`",
  "\n",
  "intent-0",
);
const typed = fc.oneof(
  fc.array(fc.oneof(pieces, hostileText), { maxLength: 8 }).map((parts) => parts.join(" ")),
  hostileText,
);
const verb = fc.constantFrom("run", "sql", "RUN", "run --limit 3", "sql -p demo_project");

describe("whatever is typed behind run", () => {
  it("has one answer and submits nothing", async () => {
    const fake = fakeMaxCompute([]);
    const { type } = aBot(fake, { policy });
    await fc.assert(
      fc.asyncProperty(verb, typed, async (what, text) => {
        const answers = (await type("U0ANN", `${what} ${text}`.slice(0, 8_000))).filter(({ stage }) => stage === "final");
        expect(answers).toHaveLength(1);
        expect(JSON.stringify(answers)).not.toContain("Something broke");
        expect(fake.submitted).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("is taken as it is, whatever Slack does to it on the way", () => {
    const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    const plain = fc.string({ unit: "grapheme", minLength: 1, maxLength: 80 }).map((text) => `SELECT ${text}`.trim());
    fc.assert(
      fc.property(plain, (sql) => {
        expect(parse(`run --limit 3 ${escaped(sql)}`, commands).values).toMatchObject({ sql, limit: 3 });
      }),
      { numRuns: 300 },
    );
  });
});
