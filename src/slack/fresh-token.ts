// A bot token that was changed while a function is warm (production rule 29).

/** Slack's words for a token that is not good any more (docs.slack.dev/reference/methods/auth.test, Errors). */
const noLongerGood = new Set(["invalid_auth", "token_revoked", "token_expired"]);

export type FreshTokenPorts = {
  readonly fetch: typeof globalThis.fetch;
  /** The newest token. */
  token(): Promise<string>;
  /** Called when Slack refused one. */
  doubt(): void;
};

/** A `fetch` that makes a call whose token Slack refused once more, with the newest one: a refused call did nothing. */
export function withFreshToken({ fetch, token, doubt }: FreshTokenPorts): typeof globalThis.fetch {
  return async (url, init) => {
    const answer = await fetch(url, init);
    const headers = new Headers(init?.headers);
    const sent = headers.get("authorization");
    if (sent === null || !(await isRefused(answer.clone()))) return answer;
    doubt();
    const newest = `Bearer ${await token()}`;
    if (newest === sent) return answer;
    headers.set("authorization", newest);
    return fetch(url, { ...init, headers: Object.fromEntries(headers) });
  };
}

async function isRefused(answer: Response): Promise<boolean> {
  const [, word = ""] = /^\s*\{\s*"ok"\s*:\s*false\s*,.*?"error"\s*:\s*"(\w+)"/s.exec(await answer.text()) ?? [];
  return noLongerGood.has(word);
}
