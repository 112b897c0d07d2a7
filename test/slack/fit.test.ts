import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clip, clipStart, takeWithin } from "../../src/slack/fit.ts";
import { escapeMrkdwn } from "../../src/slack/mrkdwn.ts";
import { hostileText } from "../support/arbitraries.ts";

describe("clip", () => {
  it.each([
    ["leaves a text that fits", "abcde", 5, "abcde"],
    ["marks what it cut", "abcdef", 5, "abcd…"],
    ["never splits a surrogate pair", "abc😀d", 5, "abc…"],
    ["keeps a family together or leaves it out", "a👩‍👩‍👧‍👦bcdefgh", 6, "a…"],
    ["keeps a letter and its accents together", "abe\u0301\u0301\u0301x", 5, "ab…"],
    ["cuts inside a letter with more accents than fit", `Z${"\u0301".repeat(9)}`, 4, "Z\u0301\u0301…"],
    ["has nothing but the ellipsis when nothing fits", "😀😀", 2, "…"],
  ])("%s", (_, text, max, clipped) => {
    expect(clip(text, max)).toBe(clipped);
  });

  it("counts a text as long as it is when escaped", () => {
    const escapedLength = (text: string) => escapeMrkdwn(text).length;
    expect(clip("a<b", 6, escapedLength)).toBe("a<b");
    expect(clip("a<b>", 6, escapedLength)).toBe("a<…");
  });

  it("is never longer than asked and always well-formed", () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 200 }), (text, max) => {
        const clipped = clip(text.toWellFormed(), max);
        expect(clipped.length).toBeLessThanOrEqual(max);
        expect(clipped.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe("clipStart", () => {
  it("keeps the end, which tells ids apart", () => {
    expect(clipStart("20160519101349613gzbzufck2", 8)).toBe("…zbzufck2");
  });

  it("leaves a short text whole", () => {
    expect(clipStart("zbzufck2", 8)).toBe("zbzufck2");
  });

  it("never splits a surrogate pair", () => {
    expect(clipStart("a😀😀", 2)).toBe("…😀😀");
  });
});

describe("takeWithin", () => {
  it("takes whole items from the start and counts the rest", () => {
    expect(takeWithin(["aa", "bb", "cc"], 5, (item) => item.length)).toEqual({ taken: ["aa", "bb"], rest: 1 });
  });

  it("does not go past one that is too long", () => {
    expect(takeWithin(["a", "long", "b"], 3, (item) => item.length)).toEqual({ taken: ["a"], rest: 2 });
  });
});
