// Slack's <!date^...> formats in the reader's own zone. https://docs.slack.dev/messaging/formatting-message-text/#date-formatting

const made = new Map<string, Intl.DateTimeFormat>();

/** Making one takes the browser a hundred times as long as using it, and a full channel needs thousands. */
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = made.get(key) ?? new Intl.DateTimeFormat(locale, options);
  made.set(key, known);
  return known;
}

const dayKey = (ms: number, timeZone: string) => formatter("en-CA", { timeZone, dateStyle: "short" }).format(ms);

const inZone = (ms: number, timeZone: string, options: Intl.DateTimeFormatOptions) =>
  formatter("en-US", { timeZone, ...options }).format(ms);

/** "Today", "Yesterday" or "Tomorrow" as seen from `now` in that zone, else undefined. Times are epoch milliseconds. */
export function nearDay(ms: number, now: number, timeZone: string): string | undefined {
  const key = dayKey(ms, timeZone);
  const dayMs = 86_400_000;
  if (key === dayKey(now, timeZone)) return "Today";
  if (key === dayKey(now - dayMs, timeZone)) return "Yesterday";
  return key === dayKey(now + dayMs, timeZone) ? "Tomorrow" : undefined;
}

export const clockTime = (ms: number, timeZone: string) => inZone(ms, timeZone, { hour: "numeric", minute: "2-digit" });

export const fullTime = (ms: number, timeZone: string) => inZone(ms, timeZone, { dateStyle: "full", timeStyle: "medium" });

export const longDay = (ms: number, timeZone: string) => inZone(ms, timeZone, { weekday: "long", month: "long", day: "numeric" });

const forms: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date_slash: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
  day_divider_pretty: { weekday: "long", month: "long", day: "numeric" },
};

function agoOf(ms: number, now: number): string {
  const minutes = Math.round((ms - now) / 60_000);
  const format = new Intl.RelativeTimeFormat("en-US", { numeric: "auto" });
  if (Math.abs(minutes) < 60) return format.format(minutes, "minute");
  return Math.abs(minutes) < 2880
    ? format.format(Math.round(minutes / 60), "hour")
    : format.format(Math.round(minutes / 1440), "day");
}

/** Fills `{date_short_pretty} {time}` and its kin; a placeholder Slack does not know stays as it is. */
export function formatDate(format: string, seconds: number, now: number, timeZone: string): string {
  const ms = seconds * 1000;
  return format.replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (name === "ago") return agoOf(ms, now);
    if (name === "date_num") return dayKey(ms, timeZone);
    const near = name.endsWith("_pretty") ? nearDay(ms, now, timeZone) : undefined;
    const form = forms[name] ?? forms[name.replace(/_pretty$/, "")];
    // Slack writes the day in lower case inside a sentence only; "Today at" is how a divider reads.
    return near ?? (form === undefined ? whole : inZone(ms, timeZone, form));
  });
}
