// One structured line an event. A log never gets a secret: what looks like one is cut by name and by shape, on top of the rule
// that nobody passes one in.

export type LogFields = Readonly<Record<string, unknown>>;
export type LogLevel = "debug" | "info" | "warn" | "error";
export type Log = Readonly<Record<LogLevel, (event: string, fields?: LogFields) => void>>;

const order: readonly LogLevel[] = ["debug", "info", "warn", "error"];
const secretNames = /(token|secret|password|authorization|signature|access_?key|response_?url|logview|cookie)/i;
const secretShapes = [
  /xox[a-z]-[\w-]+/g, // Slack tokens
  /xapp-[\w-]+/g,
  /https:\/\/hooks\.slack\.com\/\S+/g, // response_urls
  /https:\/\/files\.slack\.com\/upload\/\S+/g, // upload URLs
  // Logview bearer tokens, also of a link in another one and of one in JSON
  /((?:[?&;#]|\\u0026|%(?:25)*(?:3f|26|23))token(?:=|\\u003d|%(?:25)*3d))(?:(?!%(?:25)*(?:26|23)|\\u0026)[^&\s"])+/gi,
];

/** The text with everything that looks like a secret replaced by `***`. */
export function redact(text: string): string {
  return secretShapes.reduce(
    (clean, shape) => clean.replace(shape, (_match, kept) => `${typeof kept === "string" ? kept : ""}***`),
    text,
  );
}

/** Characters of an error that are worth keeping. */
const longestText = 8_000;

const describeError = (error: Error): LogFields => ({
  name: error.name,
  message: redact(error.message).slice(0, longestText),
  stack: redact(error.stack ?? "").slice(0, longestText),
  ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
});

const deepest = 4;

const safe = (name: string, value: unknown, depth = 0): unknown => {
  if (secretNames.test(name)) return "***";
  if (typeof value === "string") return redact(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Error) return describeError(value);
  if (depth === deepest) return "…";
  if (Array.isArray(value)) return value.map((item) => safe("", item, depth + 1));
  return safeFields(value, depth + 1);
};

const safeFields = (fields: object, depth: number): LogFields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, safe(name, value, depth)]));

/** A log that writes one JSON line an event with `time` (epoch ms), `level` and `event`; lines below `level` are dropped. */
export function createLog(write: (line: string) => void, now: () => number, level: LogLevel = "info"): Log {
  const line =
    (at: LogLevel) =>
    (event: string, fields: LogFields = {}) => {
      if (order.indexOf(at) < order.indexOf(level)) return;
      write(`${JSON.stringify({ time: now(), level: at, event, ...safeFields(fields, 0) })}\n`);
    };
  return { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
}

export const silentLog: Log = createLog(
  () => undefined,
  () => 0,
);
