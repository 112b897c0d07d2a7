const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const rfc1123 =
  /^(?:[a-z]{3},\s+)?(\d{1,2})\s+([a-z]{3})\s+(\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s+(?:GMT|UTC|Z|([+-])(\d{2})(\d{2})))?$/i;

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/**
 * An RFC 1123 time ("Sun, 22 Nov 2026 10:00:00 GMT", numeric offsets too; UTC without any) as epoch milliseconds; undefined when blank
 * or unreadable, as for an instance that still runs (protocol sections 5 and 15).
 */
export function parseTime(text: string | undefined): number | undefined {
  const match = text === undefined ? null : rfc1123.exec(text.trim());
  if (match === null) return undefined;
  // By index, and without a Date where none is needed: a listing has twenty thousand of these.
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
