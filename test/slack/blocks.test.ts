import { describe, expect, it } from "vitest";
import { context, fields, header, plain, section } from "../../src/slack/blocks.ts";
import { mrkdwn, nothing, plainText } from "../../src/slack/mrkdwn.ts";

describe("blocks", () => {
  it("ask Slack to make no links of bare urls and names", () => {
    expect(section(mrkdwn`https://a.example`)[0]?.text).toMatchObject({ verbatim: true });
    expect(fields([["Owner", mrkdwn`#general`]])[0]?.fields?.[0]).toMatchObject({ verbatim: true });
    expect(context([mrkdwn`@ann`])[0]?.elements[0]).toMatchObject({ verbatim: true });
  });

  it("are none where Slack would refuse an empty one", () => {
    expect([...section(nothing), ...fields([]), ...context([nothing])]).toEqual([]);
  });

  it("hold at most what Slack takes", () => {
    const long = plainText("x".repeat(9_000), 9_000);
    expect(section(long)[0]?.text?.text).toHaveLength(3_000);
    expect(fields(Array.from({ length: 12 }, () => ["Name", long] as const))[0]?.fields).toHaveLength(10);
    expect(fields([["Name", long]])[0]?.fields?.[0]?.text).toHaveLength(2_000);
    expect(context(Array.from({ length: 12 }, () => mrkdwn`x`))[0]?.elements).toHaveLength(10);
    expect(header("x".repeat(200)).text.text).toHaveLength(150);
  });

  it("have labels on one line that are never empty", () => {
    expect(plain("a\nb", 30).text).toBe("a b");
    expect(plain("", 30).text).toBe("-");
  });
});
