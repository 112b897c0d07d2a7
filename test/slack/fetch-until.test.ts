import { describe, expect, it } from "vitest";
import { fetchUntil } from "../../src/slack/fetch-until.ts";

/** A fetch that ends only when it is told to; `sent` counts how often it was called. */
function hangingFetch() {
  let sent = 0;
  const fetch: typeof globalThis.fetch = (_url, init) => {
    sent += 1;
    return new Promise((_, reject) => {
      init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
    });
  };
  return { fetch, sent: () => sent };
}

describe("a post in a turn", () => {
  it("is cut off where the turn ends", async () => {
    const { fetch } = hangingFetch();
    const bounded = fetchUntil(fetch, 1_020.25, () => 1_000);
    await expect(bounded("https://slack.test")).rejects.toMatchObject({ name: "TimeoutError" });
  });

  it("still ends earlier when its caller wants it to", async () => {
    const { fetch } = hangingFetch();
    const bounded = fetchUntil(fetch, 60_000, () => 0);
    const caller = new AbortController();
    const post = bounded("https://slack.test", { signal: caller.signal });
    caller.abort(new Error("enough"));
    await expect(post).rejects.toThrow("enough");
  });

  it("is not begun after it", async () => {
    const { fetch, sent } = hangingFetch();
    await expect(fetchUntil(fetch, 1_000, () => 1_000)("https://slack.test")).rejects.toThrow("over");
    expect(sent()).toBe(0);
  });
});
