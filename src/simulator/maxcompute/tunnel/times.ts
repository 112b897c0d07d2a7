const dayMs = 86_400_000;

/** Epoch milliseconds of `2026-11-20 08:15:00[.123...]` or of a bare date, in UTC; what is finer than a second is dropped. */
const wholeSecondMs = (text: string): number => {
  const [date = "", time = "00:00:00"] = text.split(" ");
  const at = Date.parse(`${date}T${time.slice(0, 8)}Z`);
  if (Number.isNaN(at)) throw new Error(`${JSON.stringify(text)} is not a time`);
  return at;
};

const nanosOf = (text: string): number => Number((text.split(".")[1] ?? "").padEnd(9, "0").slice(0, 9));

export const dateDays = (text: string): number => wholeSecondMs(text) / dayMs;

export const datetimeMs = (text: string): number => wholeSecondMs(text) + Math.trunc(nanosOf(text) / 1e6);

/** Whole seconds and what is left in nanoseconds, which are never negative: half a second before 1970 is -1 s and 5e8 ns. */
export type Instant = { readonly seconds: number; readonly nanos: number };

export const timestamp = (text: string): Instant => ({ seconds: wholeSecondMs(text) / 1_000, nanos: nanosOf(text) });

/** `-1 02:03:04.5` is minus one day, two hours and so on: the sign is that of the whole. */
export const dayTimeInterval = (text: string): Instant => {
  const [, sign = "", days = "", hours = "", minutes = "", seconds = ""] =
    /^(-?)(\d+) (\d\d):(\d\d):(\d\d)(?:\.\d+)?$/.exec(text) ?? [];
  if (seconds === "") throw new Error(`${JSON.stringify(text)} is not an interval`);
  const whole = Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  const nanos = nanosOf(text);
  if (sign === "") return { seconds: whole, nanos };
  return nanos === 0 ? { seconds: 0 - whole, nanos } : { seconds: -whole - 1, nanos: 1e9 - nanos };
};

/** Months of `2-6`, or of `-2-6`. */
export const yearMonthInterval = (text: string): number => {
  const [, sign = "", years = "", months = ""] = /^(-?)(\d+)-(\d\d?)$/.exec(text) ?? [];
  if (months === "") throw new Error(`${JSON.stringify(text)} is not an interval`);
  const total = Number(years) * 12 + Number(months);
  return sign === "" ? total : -total;
};
