// One call to Slack, patient with its rate limits but never for long: WebClient itself neither sleeps nor repeats.
import type { Clock } from "../bot.ts";
import type { Pace } from "./pace.ts";

/** Slack refused, in its own word. */
export class SlackRefusal extends Error {
  override readonly name = "SlackRefusal";
  readonly slackError: string;
  readonly retryAfterMs: number | undefined;

  constructor(slackError: string, retryAfterMs?: number) {
    super(`Slack answered ${slackError}`);
    this.slackError = slackError;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Longest wait for a rate limit; what asks for more fails. */
const longestWaitMs = 10_000;
const attempts = 3;

const blockErrors = new Set([
  "invalid_blocks",
  "invalid_blocks_format",
  "msg_blocks_too_long",
  "msg_too_long",
  "invalid_attachments",
]);

/** Slack's word for what went wrong; every refusal of the blocks is "invalid_blocks"; "unknown" when it said nothing. */
export function errorOf(error: unknown): string {
  const word = wordOf(error);
  return blockErrors.has(word) ? "invalid_blocks" : word;
}

function wordOf(error: unknown): string {
  if (error instanceof SlackRefusal) return error.slackError;
  if (typeof error !== "object" || error === null) return "unknown";
  if ("data" in error && typeof error.data === "object" && error.data !== null && "error" in error.data)
    return String(error.data.error);
  return "retryAfter" in error ? "ratelimited" : "unknown";
}

/** How long Slack wants a method left alone, in ms; undefined where it refused for anything else. */
export function retryAfterOf(error: unknown): number | undefined {
  if (error instanceof SlackRefusal) return error.retryAfterMs;
  return typeof error === "object" && error !== null && "retryAfter" in error ? Number(error.retryAfter) * 1_000 : undefined;
}

/** A call as Slack counts it: by method, and posts by channel. `tries`: how often it is made when Slack says it comes too fast. */
export type Call = { readonly method: string; readonly channel?: string; readonly tries?: number };

type Ports = { readonly fetch: typeof globalThis.fetch; readonly clock: Clock; readonly pace: Pace };

export function postOnce({ fetch, clock, pace }: Ports) {
  const wait = (ms: number) => (ms <= 0 ? undefined : new Promise<void>((resolve) => void clock.after(ms, resolve)));

  /** Waits for the turn that everybody shares. What would have to wait for too long is refused as Slack would refuse it. */
  async function turn({ method, channel, tries = attempts }: Call): Promise<void> {
    const held = await pace.heldFor(method);
    const ms = Math.max(held, channel === undefined ? 0 : await pace.postAfter(channel));
    if (ms > longestWaitMs || (ms > 0 && tries === 1)) throw new SlackRefusal("ratelimited", ms);
    await wait(ms);
  }

  /** Repeats a call that Slack refused for its rate; anything else is thrown as it is. */
  async function call<T>(about: Call, make: () => Promise<T>): Promise<T> {
    const { method, tries = attempts } = about;
    for (let attempt = 1; ; attempt += 1) {
      await turn(about);
      try {
        return await make();
      } catch (error) {
        const retryAfter = retryAfterOf(error);
        if (retryAfter === undefined) throw error;
        await pace.hold(method, retryAfter);
        if (retryAfter > longestWaitMs || attempt >= tries) throw error;
      }
    }
  }

  /** Posts to a response_url. Throws a SlackRefusal with Slack's word: used_url, expired_url, invalid_blocks, ... */
  async function responseUrl(url: string, body: unknown, tries = attempts): Promise<void> {
    await call({ method: "response_url", tries }, async () => {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json; charset=utf-8" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(longestWaitMs),
      });
      const said = (await answer.text()).slice(0, 1_000);
      const word = /"error"\s*:\s*"(\w+)"/.exec(said)?.[1] ?? (/^\w+$/.test(said) ? said : "http_error");
      const retryAfter = answer.headers.get("retry-after");
      if (answer.status === 429) throw new SlackRefusal("ratelimited", Number(retryAfter ?? "1") * 1_000);
      if (!answer.ok || (word !== "ok" && /"ok"\s*:\s*false/.test(said))) throw new SlackRefusal(word);
    });
  }

  return { call, responseUrl };
}
