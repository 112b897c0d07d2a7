// Slack counts per method and workspace. Tiers are held as "so many calls in any 60 seconds"; chat.postMessage as a bucket per
// channel that holds ten posts and gains one a second (Slack: one a second, short bursts tolerated), and 300 a minute in all.
import type { Clock } from "../clock.ts";

export type Tier = "tier1" | "tier2" | "tier3" | "tier4" | "message" | "special";

const windowMs = 60_000;
const perMinute: { readonly [tier in Exclude<Tier, "message">]: number } = {
  tier1: 1,
  tier2: 20,
  tier3: 50,
  tier4: 100,
  special: 300,
};
const burst = 10;

export type RateLimits = {
  /** Seconds to wait before this call may be made, whole and at least one; 0 when it may, and then it is counted. */
  wait(method: string, tier: Tier, channel: string): number;
  clear(): void;
};

export function createRateLimits(clock: Clock): RateLimits {
  const calls = new Map<string, number[]>();
  const buckets = new Map<string, { tokens: number; at: number }>();

  const waitInWindow = (key: string, most: number, now: number): number => {
    const recent = (calls.get(key) ?? []).filter((at) => at > now - windowMs);
    calls.set(key, recent);
    const oldest = recent[recent.length - most];
    return oldest === undefined ? 0 : Math.max(1, Math.ceil((oldest + windowMs - now) / 1000));
  };
  const filled = (channel: string, now: number) => {
    const bucket = buckets.get(channel) ?? { tokens: burst, at: now };
    return { tokens: Math.min(burst, bucket.tokens + (now - bucket.at) / 1000), at: now };
  };

  return {
    wait(method, tier, channel) {
      const now = clock.now();
      const bucket = filled(channel, now);
      if (tier === "message" && bucket.tokens < 1) return 1;
      const seconds = waitInWindow(method, perMinute[tier === "message" ? "special" : tier], now);
      if (seconds > 0) return seconds;
      calls.get(method)?.push(now);
      if (tier === "message") buckets.set(channel, { tokens: bucket.tokens - 1, at: now });
      return 0;
    },
    clear() {
      calls.clear();
      buckets.clear();
    },
  };
}
