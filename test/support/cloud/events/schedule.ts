// Schedule expressions of rules. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const minuteMs = 60_000;
const farthestMs = 366 * 86_400_000;

/** One cron field: `*`, `?`, numbers or names, lists, ranges, steps. */
function fieldMatches(field: string, value: number, names: readonly string[], base: number): boolean {
  const numberOf = (word: string) =>
    names.includes(word.toUpperCase()) ? names.indexOf(word.toUpperCase()) + base : Number(word);
  return field.split(",").some((part) => {
    const [range = "", step = "1"] = part.split("/");
    const [from = "", to] = range.split("-");
    if (range === "*" || range === "?") return value % Number(step) === 0;
    const first = numberOf(from);
    if (Number.isNaN(first)) throw new Error(`this cloud does not know the cron field ${field}`);
    const last = to === undefined ? (part.includes("/") ? Number.POSITIVE_INFINITY : first) : numberOf(to);
    return value >= first && value <= last && (value - first) % Number(step) === 0;
  });
}

function cronMatches(fields: readonly string[], at: number): boolean {
  const time = new Date(at);
  const [minute = "", hour = "", date = "", month = "", day = "", year = ""] = fields;
  return (
    fieldMatches(minute, time.getUTCMinutes(), [], 0) &&
    fieldMatches(hour, time.getUTCHours(), [], 0) &&
    fieldMatches(date, time.getUTCDate(), [], 0) &&
    fieldMatches(month, time.getUTCMonth() + 1, months, 1) &&
    fieldMatches(day, time.getUTCDay() + 1, days, 1) &&
    fieldMatches(year, time.getUTCFullYear(), [], 0)
  );
}

/** When the rule is due next after `now`, epoch milliseconds; undefined when not within a year. A rate counts from `since`. */
export function nextFiring(expression: string, since: number, now: number): number | undefined {
  const [, amount, unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (amount !== undefined) {
    const every = Number(amount) * (unitMs[unit] ?? 0);
    return since + (Math.floor((now - since) / every) + 1) * every;
  }
  const [, cron] = /^cron\((.+)\)$/.exec(expression) ?? [];
  const fields = cron?.trim().split(/\s+/) ?? [];
  if (fields.length !== 6) throw new Error(`this cloud does not know the schedule ${expression}`);
  for (let at = (Math.floor(now / minuteMs) + 1) * minuteMs; at < now + farthestMs; at += minuteMs) {
    if (cronMatches(fields, at)) return at;
  }
  return undefined;
}
