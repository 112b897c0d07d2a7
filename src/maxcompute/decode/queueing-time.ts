const form = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?\s*(?:Z|UTC|GMT|([+-]\d{2}):?(\d{2}))?$/i;

/**
 * A queue's time as epoch milliseconds (protocol section 9): `2026-11-22 10:11:12`, with ` +0800` or `.123456+0800` too; UTC when no zone
 * is told. Undefined when blank or unreadable.
 */
export function parseQueueingTime(text: string | undefined): number | undefined {
  const match = form.exec(text?.trim() ?? "");
  if (match === null) return undefined;
  const [, date, time, fraction = "", hours, minutes] = match;
  const at = Date.parse(`${date}T${time}Z`);
  // Date.parse takes 31 February for 3 March.
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(`${date}T${time}`)) return undefined;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, "0"));
  const offsetMs = hours === undefined ? 0 : Number(`${hours[0]}1`) * (Math.abs(Number(hours)) * 60 + Number(minutes)) * 60_000;
  return at + milliseconds - offsetMs;
}
