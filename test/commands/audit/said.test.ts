import { describe, expect, it } from "vitest";
import { harmless } from "../../../src/commands/audit/said.ts";

describe("what is kept of a command", () => {
  it.each([
    ["a Logview link's token", "why http://logview.test/?p=x&i=1&token=c2VjcmV0", "why http://logview.test/?p=x&i=1&token="],
    [
      "such a link inside another",
      "why https://x.test/?u=logview%3Ftoken%3Dc2VjcmV0",
      "why https://x.test/?u=logview%3Ftoken%3D",
    ],
    ["a Slack token", "run xoxb-123-abc", "run ***"],
    ["a response_url", "see https://hooks.slack.com/commands/T1/2/abc now", "see *** now"],
    ["the id of an access key", "key LTAI5tAbCdEfGh12345", "key ***"],
    ["a password in SQL", "run SELECT 1 WHERE password = 'hunter 2' AND x = 1", "run SELECT 1 WHERE password = *** AND x = 1"],
    ["a key in JSON", 'set {"api_key": "abc", "n": 1}', 'set {"api_key": ***, "n": 1}'],
    ["a secret behind a flag", "run --client-secret abc --limit 3", "run --client-secret *** --limit 3"],
    ["a password with a quote in it", 'run password="a\\"b secretrest" x', "run password=*** x"],
    ["a short word for one", "run pwd=hunter2", "run pwd=***"],
    ["a token that is told", 'stop last --reason "token: abcdefgh"', 'stop last --reason "token: ***'],
    ["a bearer's token", "run Authorization: Bearer eyJhbGciOi.abc-def", "run Authorization: Bearer ***"],
    ["several lines", "run SELECT 1\n  FROM t", "run SELECT 1 FROM t"],
  ])("has no %s", (_, typed, kept) => {
    expect(harmless(typed)).toBe(kept);
  });

  it("keeps ordinary words, also those about secrets", () => {
    const typed = 'stop last --reason "the secret table is wrong" -p prod_dw';
    expect(harmless(typed)).toBe(typed);
  });

  it("is cut behind the secrets, not within one", () => {
    const kept = harmless(`${"x".repeat(285)} password=${"s3cret".repeat(20)}`);
    expect(kept).toHaveLength(298);
    expect(kept).not.toContain("s3");
    expect(harmless("x".repeat(500))).toHaveLength(300);
  });
});
