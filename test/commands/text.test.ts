import { describe, expect, it } from "vitest";
import { distance, nearest, normalise, withoutTokens, words } from "../../src/commands/text.ts";

describe("what a phone or Slack did to the text is undone:", () => {
  it.each([
    ["an em dash is the two hyphens that were typed", "list —running", "list --running"],
    ["so is an en dash", "list –running", "list --running"],
    ["two en dashes are two hyphens", "list ––running", "list --running"],
    ["non-breaking hyphens are hyphens", "use prod\u2011dw", "use prod-dw"],
    ["a lone non-breaking hyphen before a letter is a hyphen", "list \u2011p prod_dw", "list -p prod_dw"],
    ["curly quotes are quotes", "stop last --reason “wrong day”", 'stop last --reason "wrong day"'],
    ["curly apostrophes are apostrophes", "don’t", "don't"],
    ["non-breaking spaces are spaces", "status\u00a0last", "status last"],
    ["zero-width characters and direction marks are nothing", "sta\u200btus \u202elast", "status last"],
    ["a wrapped URL is its URL", "status <https://x.test/?i=1&amp;p=2|x.test>", "status https://x.test/?i=1&p=2"],
    ["an address is what was typed", "--owner ALIYUN$<mailto:ann@x.test|ann@x.test>", "--owner ALIYUN$ann@x.test"],
    ["a bare wrapped URL too", "<https://x.test/?i=1>", "https://x.test/?i=1"],
    ["escapes are characters", "&lt;b&gt; &amp;amp;", "<b> &amp;"],
    ["a labelled mention loses its label", "<@U1ABC|ann>", "<@U1ABC>"],
  ])("%s", (_what, typed, meant) => {
    expect(normalise(typed)).toBe(meant);
  });

  it("an en dash between words stays what it is", () => {
    expect(normalise("10 – 20")).toBe("10 – 20");
  });
});

describe("words", () => {
  const texts = (text: string) => words(text).map(({ text: word }) => word);

  it.each([
    ["a  b\tc\nd", ["a", "b", "c", "d"]],
    ['a "b c" d', ["a", "b c", "d"]],
    ["a 'b c' d", ["a", "b c", "d"]],
    ['--reason="wrong day" x', ["--reason=wrong day", "x"]],
    ['""', [""]],
    ["it's fine", ["it's", "fine"]],
    ['never "closed', ["never", '"closed']],
    ['a"b"c', ['a"b"c']],
    ["", []],
    ['"😀 x"', ["😀 x"]],
  ])("of %j are %j", (text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  it("of thousands of quotes take no noticeable time", () => {
    const before = performance.now();
    words(`" `.repeat(4_000));
    expect(performance.now() - before).toBeLessThan(100);
  });

  it("know whether they were quoted, so that a quoted --flag is text", () => {
    expect(words('"--csv"')).toEqual([{ text: "--csv", quoted: true }]);
  });
});

describe("a pasted Logview link", () => {
  it.each([
    ["http://l.test/logview/?i=1&token=S3CRET%3D%3D&x=1 --share", "http://l.test/logview/?i=1&token=&x=1 --share"],
    [
      "<http://l.test/?i=1&amp;token=S3CRET|http://l.test/?i=1&amp;token=S3CRET>",
      "<http://l.test/?i=1&amp;token=|http://l.test/?i=1&amp;token=>",
    ],
    ["http://l.test/#/?i=1&TOKEN=S3CRET", "http://l.test/#/?i=1&TOKEN="],
    [
      "http://r.test/?q=http%3A%2F%2Fl.test%2F%3Fi%3D1%26token%3DS3CRET%253D%26x",
      "http://r.test/?q=http%3A%2F%2Fl.test%2F%3Fi%3D1%26token%3D%26x",
    ],
    [
      "http://r.test/?q=http%253a%252f%252fl.test%253ftoken%253dS3CRET",
      "http://r.test/?q=http%253a%252f%252fl.test%253ftoken%253d",
    ],
    ['{"logview":"http://l.test/?i=1\\u0026token=S3CRET\\u0026x=1"}', '{"logview":"http://l.test/?i=1\\u0026token=\\u0026x=1"}'],
    ["nothing of the kind: token=x", "nothing of the kind: token=x"],
  ])("loses its token: %s", (typed, kept) => {
    expect(withoutTokens(typed)).toBe(kept);
  });
});

describe("what was probably meant", () => {
  it("counts edits", () => {
    expect([distance("staus", "status"), distance("abc", "abc"), distance("", "ab"), distance("abcdefgh", "a")]).toEqual([
      1, 0, 2, 4,
    ]);
  });

  it("is the nearest within two edits, and nothing further away or shorter than its edits", () => {
    expect(nearest("staus", ["stop", "status"])).toBe("status");
    expect(nearest("xyzzy", ["status", "stop"])).toBeUndefined();
    expect(nearest("q", ["ls"])).toBeUndefined();
  });
});
