import { parseTime } from "./time.ts";

/** A Retry-After header, in seconds or as an HTTP date, as milliseconds from `now`; undefined when absent or unreadable. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = (header ?? "").trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = parseTime(text);
  return at === undefined ? undefined : Math.max(0, at - now);
}
