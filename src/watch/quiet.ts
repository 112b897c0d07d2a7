// When a channel is left in peace. Failures and missed deadlines are never held.
import * as z from "zod/mini";
import { type Announcement, isUrgent } from "./announcement.ts";
import { minutes } from "./time.ts";

/** Every day from one minute of the day to another, which may be after midnight, on the clocks of a zone. */
export const QuietHours = z.object({ from: z.number(), to: z.number(), zone: z.string() });
export type QuietHours = z.infer<typeof QuietHours>;

/** Each zone's clock is made once: making one takes longer than everything else here. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Minutes since midnight on the clocks of a zone. Throws RangeError for an unknown zone. */
export function minuteOfDay(at: number, zone: string): number {
  const known = clocks.get(zone);
  const clock =
    known ?? new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
  if (known === undefined) clocks.set(zone, clock);
  const [hour = 0, minute = 0] = clock.format(at).split(":").map(Number);
  return hour * 60 + minute;
}

export function isQuiet({ from, to, zone }: QuietHours, at: number): boolean {
  const minute = minuteOfDay(at, zone);
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** When the clocks of a zone show this minute of the day next, epoch ms; found by walking, so that a changed clock does not matter. */
export function nextTimeOf(minute: number, zone: string, after: number): number {
  let at = Math.floor(after / minutes(1)) * minutes(1) + minutes(1);
  // Where a clock jumps over the minute, the next day has it: two days and an hour are always enough.
  for (let walked = 0; walked < 49 * 60; walked += 1, at += minutes(1)) if (minuteOfDay(at, zone) === minute) return at;
  return after + minutes(24 * 60);
}

/** More in a minute than so many are folded into one summary. */
const mostInAMinute = 5;
const window = minutes(1);

export type Desk = {
  readonly quiet?: QuietHours | undefined;
  /** When replies were posted in the last minute, epoch ms. */
  readonly recent: readonly number[];
};

export type Route = { readonly kind: "post" } | { readonly kind: "hold"; readonly why: "quiet" | "fold"; readonly until: number };

/** Whether a reply is posted now, or waits for a summary. */
export function routeOf(announcement: Announcement, { quiet, recent }: Desk, now: number): Route {
  if (announcement.to !== "thread" || isUrgent(announcement)) return { kind: "post" };
  if (quiet !== undefined && isQuiet(quiet, now))
    return { kind: "hold", why: "quiet", until: nextTimeOf(quiet.to, quiet.zone, now) };
  const inWindow = recent.filter((at) => now - at < window).length;
  return inWindow < mostInAMinute ? { kind: "post" } : { kind: "hold", why: "fold", until: now };
}

export const withPost = (recent: readonly number[], now: number): readonly number[] =>
  [...recent.filter((at) => now - at < window), now].slice(-mostInAMinute);
