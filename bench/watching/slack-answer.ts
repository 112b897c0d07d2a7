// As much of Slack as cards and replies need, with its limits or without.
import type { Counts } from "./places.ts";

export type SlackAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly reply: unknown;
  readonly counted: Extract<keyof Counts, "posts" | "edits" | "refusals">;
};

/** `chat.update` fifty times in any minute; `chat.postMessage` once a second in a channel, of which ten may come at once. */
const editsInMinute = 50;
const burst = 10;

/** Answers a call as Slack would at `now` (epoch ms). */
export function slackAnswer(isLimited: boolean): (method: string, channel: string, now: number) => SlackAnswer {
  let edits: number[] = [];
  let posts = 0;
  const buckets = new Map<string, { readonly tokens: number; readonly at: number }>();
  const refused: SlackAnswer = {
    status: 429,
    headers: { "Retry-After": "1" },
    reply: { ok: false, error: "ratelimited" },
    counted: "refusals",
  };
  const told = (counted: SlackAnswer["counted"], channel: string): SlackAnswer => {
    posts += 1;
    return { status: 200, headers: {}, reply: { ok: true, channel, ts: `1.${String(posts).padStart(6, "0")}` }, counted };
  };
  return (method, channel, now) => {
    if (method === "chat.update") {
      edits = edits.filter((at) => at > now - 60_000);
      if (isLimited && edits.length >= editsInMinute) return refused;
      edits.push(now);
      return told("edits", channel);
    }
    const bucket = buckets.get(channel) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + (now - bucket.at) / 1_000);
    if (isLimited && tokens < 1) return refused;
    buckets.set(channel, { tokens: tokens - 1, at: now });
    return told("posts", channel);
  };
}
