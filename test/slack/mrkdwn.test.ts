import { describe, expect, it } from "vitest";
import {
  code,
  cutMrkdwn,
  date,
  isLinkable,
  linesWithin,
  link,
  mention,
  mrkdwn,
  plainText,
  shortId,
  term,
} from "../../src/slack/mrkdwn.ts";

describe("mrkdwn", () => {
  it("escapes strings and leaves finished mrkdwn alone", () => {
    expect(mrkdwn`*${code("t")}* of ${"<!channel> & co"}`.mrkdwn).toBe("*`t`* of &lt;!channel&gt; &amp; co");
  });

  it("puts a value on one line and clips it", () => {
    expect(mrkdwn`${"a\nb"}`.mrkdwn).toBe("a b");
    expect(mrkdwn`${"x".repeat(500)}`.mrkdwn).toHaveLength(120);
  });

  it("lets no value open a code span", () => {
    expect(mrkdwn`${"`x`"}`.mrkdwn).toBe("'x'");
  });
});

describe("code", () => {
  it.each([
    ["a name", "orders", "`orders`"],
    ["backticks, which it cannot hold", "a`b`", "`a'b'`"],
    ["a broadcast", "<!here>", "`&lt;!here&gt;`"],
    ["nothing, as a space", "", "` `"],
    ["two lines, on one", "a\nb", "`a b`"],
  ])("shows %s", (_, text, shown) => {
    expect(code(text).mrkdwn).toBe(shown);
  });

  it("counts its length after escaping", () => {
    expect(code("&".repeat(100), 20).mrkdwn).toBe("`&amp;&amp;&amp;…`");
  });
});

describe("plainText", () => {
  it("keeps line breaks and escapes the rest", () => {
    expect(plainText("a\n<b>", 100).mrkdwn).toBe("a\n&lt;b&gt;");
  });
});

describe("term", () => {
  it.each([
    ["Terminated", "Terminated"],
    ["*bold*", "`*bold*`"],
    ["", "` `"],
  ])("writes %o as %o", (text, written) => {
    expect(term(text).mrkdwn).toBe(written);
  });
});

describe("shortId", () => {
  it("is the end of an id, behind an ellipsis", () => {
    expect(shortId("20160519101349613gzbzufck2")).toBe("…zbzufck2");
  });
});

describe("mention", () => {
  it("mentions a person by their id", () => {
    expect(mention("U0ANN").mrkdwn).toBe("<@U0ANN>");
  });

  it.each(["!channel", "U1> <!here", "C1", "ann", ""])("never mentions by %o", (id) => {
    expect(mention(id).mrkdwn).not.toContain("<");
  });
});

describe("link", () => {
  it("escapes the url inside the link", () => {
    expect(link("https://a.example/?b=1&c=2", "Job insight").mrkdwn).toBe("<https://a.example/?b=1&amp;c=2|Job insight>");
  });

  it.each([
    ["another scheme", "javascript:alert(1)"],
    ["a label of its own", "https://a.example|https://b.example"],
    ["an end of its own", "https://a.example> <!channel"],
    ["a control character", "https://a.example/\u0007"],
    ["a space", "https://a.example/ x"],
    ["an invisible character", "https://a.example/\u200B"],
    ["no host", "https://"],
    ["a host that is none", "https://[x"],
    ["more length than fits", `https://a.example/${"x".repeat(2_000)}`],
  ])("shows a url with %s as text", (_, url) => {
    expect(isLinkable(url, 1_500)).toBe(false);
    expect(link(url, "Job insight").mrkdwn).toMatch(/^Job insight: `[^<>]*`$/);
  });
});

describe("date", () => {
  it("is in Slack's own form with a fallback", () => {
    expect(date(1_795_342_429_999, "{time}", "10:13 UTC").mrkdwn).toBe("<!date^1795342429^{time}|10:13 UTC>");
  });

  it.each([-1, Number.NaN, Number.MAX_SAFE_INTEGER])("is the fallback for %d, which Slack cannot show", (epochMs) => {
    expect(date(epochMs, "{time}", "unknown time").mrkdwn).toBe("unknown time");
  });
});

describe("linesWithin", () => {
  it("keeps whole lines and counts the others", () => {
    const lines = ["first line", "second line", "third line"].map((line) => mrkdwn`${line}`);
    expect(linesWithin(lines, 200).mrkdwn).toBe("first line\nsecond line\nthird line");
    expect(linesWithin(lines, 55).mrkdwn).toBe("first line\nsecond line\nand 1 more");
  });
});

describe("cutMrkdwn", () => {
  it.each([
    ["a text that fits", "abc", 3, "abc"],
    ["a text", "abcdef", 4, "abc…"],
    ["an entity, as a whole", "ab&amp;cd", 6, "ab…"],
    ["a link, as a whole", "ab <https://a.example|b>", 12, "ab …"],
    ["a surrogate pair, as a whole", "ab😀😀", 4, "ab…"],
    ["a code span, as a whole", "ab `code` x", 8, "ab …"],
  ])("cuts %s", (_, text, max, cut) => {
    expect(cutMrkdwn({ mrkdwn: text }, max)).toBe(cut);
  });
});
