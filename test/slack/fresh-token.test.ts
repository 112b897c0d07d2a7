import { describe, expect, it } from "vitest";
import { withFreshToken } from "../../src/slack/fresh-token.ts";

const call = (token: string) => ({
  method: "POST",
  headers: { Authorization: `Bearer ${token}`, "content-type": "x" },
  body: "a=1",
});

/** Slack, to which one token is right. */
function aSlack(right: string, newest: string) {
  const seen: (string | null)[] = [];
  let doubts = 0;
  const fetch = withFreshToken({
    fetch: async (_url, init) => {
      const sent = new Headers(init?.headers).get("authorization");
      seen.push(sent);
      return Response.json(sent === null || sent === `Bearer ${right}` ? { ok: true } : { ok: false, error: "invalid_auth" });
    },
    token: async () => newest,
    doubt: () => {
      doubts += 1;
    },
  });
  return { fetch, seen, doubts: () => doubts };
}

describe("a call to Slack", () => {
  it("whose token is right is made once", async () => {
    const { fetch, seen, doubts } = aSlack("new", "new");
    expect(await (await fetch("https://slack.com/api/x", call("new"))).json()).toEqual({ ok: true });
    expect([seen, doubts()]).toEqual([["Bearer new"], 0]);
  });

  it("whose token was changed is made again with the newest", async () => {
    const { fetch, seen, doubts } = aSlack("new", "new");
    expect(await (await fetch("https://slack.com/api/x", call("old"))).json()).toEqual({ ok: true });
    expect([seen, doubts()]).toEqual([["Bearer old", "Bearer new"], 1]);
  });

  it("whose token is the newest and wrong all the same is refused", async () => {
    const { fetch, seen } = aSlack("new", "old");
    expect(await (await fetch("https://slack.com/api/x", call("old"))).json()).toEqual({ ok: false, error: "invalid_auth" });
    expect(seen).toEqual(["Bearer old"]);
  });

  it("without a token, such as to a response_url, is left alone", async () => {
    const { fetch, seen } = aSlack("new", "new");
    await fetch("https://hooks.slack.com/commands/x", { method: "POST" });
    expect(seen).toEqual([null]);
  });
});
