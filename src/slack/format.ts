// Numbers and times in words that fit a phone.

const thinSpace = "\u202F";

/** Milliseconds as the two largest units: `45 s`, `3 m 12 s`, `2 h 14 m`, `3 d 4 h`. */
export const duration = (ms: number): string => {
  if (!Number.isFinite(ms)) return "unknown";
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return `${days} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${minutes % 60} m`;
  if (minutes > 0) return `${minutes} m ${seconds % 60} s`;
  return `${seconds} s`;
};

/** How long something has run at `until`, or "unknown" when its start is not known. Both epoch milliseconds. */
export const elapsed = (start: number | undefined, until: number): string =>
  start === undefined ? "unknown" : duration(until - start);

/** A count in groups of three, with thin spaces that do not break the line: 1 204. */
export const count = (value: number): string =>
  Number.isFinite(value) ? String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, thinSpace) : "unknown";

/** "1 row", "3 rows". */
export const plural = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? "" : "s"}`;

/** "1st", "2nd", "3rd", "11th". */
export const ordinal = (value: number): string => {
  if (!Number.isFinite(value)) return "unknown";
  const whole = Math.max(0, Math.round(value));
  const isTeen = whole % 100 >= 11 && whole % 100 <= 13;
  const ending = isTeen ? "th" : (["th", "st", "nd", "rd"][whole % 10] ?? "th");
  return `${count(whole)}${ending}`;
};

/** A size in binary units, three digits at most: `999 B`, `1.5 KiB`, `38 GiB`. */
export const bytes = (value: number): string => scaled(value, 1024, ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]);

/** Core-seconds as people are billed for them: `1.2 core·s`, `3.4 core·min`, `41 core·h`. */
export const coreTime = (seconds: number): string => scaled(seconds, 60, ["core·s", "core·min", "core·h"]);

/** Gigabyte-time of megabyte-seconds: `2 GB·s`, `1.5 GB·h`. */
export const memoryTime = (megabyteSeconds: number): string => scaled(megabyteSeconds / 1024, 60, ["GB·s", "GB·min", "GB·h"]);

const scaled = (value: number, step: number, units: readonly string[]): string => {
  if (!Number.isFinite(value)) return "unknown";
  let left = Math.max(0, value);
  let unit = 0;
  while (left >= step && unit < units.length - 1) {
    left /= step;
    unit += 1;
  }
  const digits = left >= 100 || Number.isInteger(left) ? 0 : left >= 10 ? 1 : 2;
  const number = left >= 1_000 ? count(left) : String(Number(left.toFixed(digits)));
  return `${number} ${units[unit]}`;
};

/** 0..100 rounded down, so that only what is finished says 100. */
export const percent = (value: number): string => `${wholePercent(value)}%`;

/** Ten blocks and the number: ▓▓▓▓▓▓░░░░ 63%. */
export const progressBar = (value: number): string => {
  const filled = Math.floor(wholePercent(value) / 10);
  return `${"▓".repeat(filled)}${"░".repeat(10 - filled)} ${percent(value)}`;
};

const wholePercent = (value: number): number => (Number.isFinite(value) ? Math.floor(Math.min(100, Math.max(0, value))) : 0);

/** Day and time of an epoch millisecond, with the zone's name: `22 Nov, 10:13 UTC`. An unknown zone is UTC. */
export const clockTime = (epochMs: number, timeZone = "UTC"): string => {
  if (Number.isNaN(new Date(epochMs).getTime())) return "unknown time";
  try {
    return formatted(epochMs, timeZone);
  } catch (error) {
    if (error instanceof RangeError) return formatted(epochMs, "UTC");
    throw error;
  }
};

const formatted = (epochMs: number, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
    timeZoneName: "short",
  }).format(epochMs);
