// Times of day and moments as people type them, on the clocks of a zone: nobody's own zone is known here, so each answer names the one
// it took.
import { nextTimeOf } from "../watch/index.ts";
import type { Read } from "./arguments.ts";
import { UserError } from "./errors.ts";
import { minutes } from "./store.ts";

/** What was typed: a minute of any day, or of one day. `day` is midnight of it as if its clocks were those of UTC, epoch ms. */
export type Moment = { readonly minute: number; readonly day?: number };

const clockPattern = /^([01]?\d|2[0-3]):([0-5]\d)$/;
const datePattern = /^(\d{4}-\d{2}-\d{2})[T ](.+)$/i;

function minuteOf(typed: string): number | undefined {
  const [, hour, minute] = clockPattern.exec(typed) ?? [];
  return hour === undefined ? undefined : Number(hour) * 60 + Number(minute);
}

/** `07:00` as a minute of the day. */
export const clock: Read<number> = (word, name) => {
  const minute = minuteOf(word);
  if (minute === undefined) throw new UserError(`\`${name}\` wants a time of day such as 07:00, not \`${word.slice(0, 40)}\`.`);
  return minute;
};

/** `07:00`, or `2026-11-26T07:00`. */
export const moment: Read<Moment> = (word, name) => {
  const [, date, time = word] = datePattern.exec(word) ?? [];
  const minute = minuteOf(time);
  const day = date === undefined ? undefined : Date.parse(`${date}T00:00:00Z`);
  // A day that no month has would be taken for one of the next month.
  const isDay = day === undefined || (Number.isFinite(day) && new Date(day).toISOString().startsWith(date ?? ""));
  if (minute === undefined || !isDay)
    throw new UserError(`\`${name}\` wants a time such as 07:00 or 2026-11-26T07:00, not \`${word.slice(0, 40)}\`.`);
  return { minute, ...(day === undefined ? {} : { day }) };
};

/** `22:00-07:00`; `none` for no such hours. */
export const hoursOfDay: Read<{ readonly from: number; readonly to: number } | "none"> = (word, name) => {
  if (/^none$/i.test(word)) return "none";
  const [from, to] = word.split("-").map(minuteOf);
  if (from === undefined || to === undefined || from === to || word.split("-").length > 2)
    throw new UserError(`\`${name}\` wants hours such as 22:00-07:00, or none, not \`${word.slice(0, 40)}\`.`);
  return { from, to };
};

/** The name of a time zone, as it is spelt. */
export const zone: Read<string> = (word, name) => {
  try {
    // An offset has no name that would say which it is in summer.
    if (/^[A-Z][\w+\-/]{1,60}$/i.test(word)) return new Intl.DateTimeFormat("en", { timeZone: word }).resolvedOptions().timeZone;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new UserError(`\`${name}\` wants a time zone such as Asia/Shanghai or UTC, not \`${word.slice(0, 60)}\`.`);
};

/** When a zone's clocks show this next, or showed it on the day that was named; epoch ms. */
export const whenIs = ({ minute, day }: Moment, inZone: string, now: number): number =>
  day === undefined ? nextTimeOf(minute, inZone, now) : onClocks(day + minutes(minute), inZone);

/** When a zone's clocks show what those of UTC show at `shown`. Where they skip it, as much later. */
function onClocks(shown: number, inZone: string): number {
  const ahead = (at: number) => shownAt(at, inZone) - at;
  const near = shown - ahead(shown);
  return shown - ahead(near);
}

/** What a zone's clocks show, as if they were those of UTC. */
function shownAt(at: number, inZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" },
    hourCycle: "h23",
    timeZone: inZone,
  } as const).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
}

/** `26 Nov, 07:00 Asia/Shanghai`. */
export const inZoneWords = (at: number, inZone: string): string =>
  `${new Intl.DateTimeFormat("en-GB", {
    ...{ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
    hourCycle: "h23",
    timeZone: inZone,
  } as const).format(at)} ${inZone}`;

/** `07:00` of a minute of the day. */
export const clockWords = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");
