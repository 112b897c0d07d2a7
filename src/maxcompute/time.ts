const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const rfc1123 =
  /^(?:[a-z]{3},\s+)?(\d{1,2})\s+([a-z]{3})\s+(\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s+(?:GMT|UTC|Z|([+-])(\d{2})(\d{2})))?$/i;

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/**
 * An RFC 1123 time ("Sun, 22 Nov 2026 10:00:00 GMT", numeric offsets too; UTC without any) as epoch milliseconds; undefined when blank
 * or unreadable, as for an instance that still runs (protocol sections 5 and 15).
 */
export function parseTime(text: string | undefined): number | undefined {
  return text === undefined ? undefined : (parseUsualTime(text) ?? parseAnyTime(text));
}

/** The day of the last usual time, and when it began: the times of a listing are mostly of one day, and there are twenty thousand of them. */
let lastDay = "";
let lastDayBegan = 0;

const twoDigits = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? Number.NaN : tens * 10 + ones;
};

/** "Sun, 22 Nov 2026 10:00:00 GMT" to the letter, as the service writes it; undefined for any other way to write a time. */
function parseUsualTime(text: string): number | undefined {
  if (text.length !== 29 || !text.endsWith(" GMT") || text[19] !== ":" || text[22] !== ":") return undefined;
  const seconds = twoDigits(text, 17) * 3600 + twoDigits(text, 20) * 60 + twoDigits(text, 23);
  if (Number.isNaN(seconds) || twoDigits(text, 17) > 23 || twoDigits(text, 20) > 59) return undefined;
  const day = text.slice(0, 17);
  if (day !== lastDay) {
    const began = parseAnyTime(`${day}00:00:00 GMT`);
    if (began === undefined) return undefined;
    lastDay = day;
    lastDayBegan = began;
  }
  return lastDayBegan + seconds * 1000;
}

function parseAnyTime(text: string): number | undefined {
  const match = rfc1123.exec(text.trim());
  if (match === null) return undefined;
  // By index, and without a Date where none is needed.
  const day = Number(match[1]);
  const month = months.indexOf(String(match[2]).toLowerCase());
  const year = Number(match[3]);
  const hour = Number(match[4]);
  const minute = Number(match[5]);
  // Date.UTC would quietly turn 31 Feb into 3 March, and 25 o'clock into the day after.
  const isReal = month >= 0 && day >= 1 && (day <= 28 || day <= daysIn(year, month)) && hour <= 23 && minute <= 59;
  if (!isReal) return undefined;
  const at = Date.UTC(year, month, day, hour, minute, Number(match[6] ?? 0));
  if (match[7] === undefined) return at;
  const offsetMs = (Number(match[8]) * 60 + Number(match[9])) * 60_000;
  return match[7] === "-" ? at + offsetMs : at - offsetMs;
}

/** Epoch milliseconds as the Date header wants them: RFC 1123, GMT. */
export function formatHttpDate(at: number): string {
  return new Date(at).toUTCString();
}
