// A Function URL event as Bolt's Lambda receiver can take it. The receiver decodes base64 as ASCII, compares content types by equality
// and parses before it checks the signature (Slack facts section 7): what reaches it has been put right and judged before.
import type { LambdaFunctionURLEvent } from "aws-lambda";

/** Slack's largest payloads are views of about 250 KB; nothing larger is read. */
export const largestBody = 1_000_000;

export type ReceivedRequest = {
  readonly method: string;
  /** Lower-cased names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The raw body as UTF-8 text. */
  readonly body: string;
};

/** The request in an event; "too large" is found by the length alone, before anything is decoded. */
export function readEvent(event: LambdaFunctionURLEvent): ReceivedRequest | "too large" {
  const encoded = event.body ?? "";
  const bytes = event.isBase64Encoded ? Math.floor((encoded.length * 3) / 4) : encoded.length;
  if (bytes > largestBody) return "too large";
  return {
    method: event.requestContext?.http?.method ?? "POST",
    headers: lowerCased(event.headers ?? {}),
    body: event.isBase64Encoded ? Buffer.from(encoded, "base64").toString("utf8") : encoded,
  };
}

/** A header that is there twice is both, as AWS joins them, so that neither can stand for the other. */
function lowerCased(headers: LambdaFunctionURLEvent["headers"]): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const [name, value = ""] of Object.entries(headers)) {
    const before = found.get(name.toLowerCase());
    found.set(name.toLowerCase(), before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(found);
}

const typeOf = (headers: ReceivedRequest["headers"]): string =>
  (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";

/** The two kinds of body that Slack sends. */
export const isOfKnownType = ({ headers }: ReceivedRequest): boolean =>
  ["application/json", "application/x-www-form-urlencoded"].includes(typeOf(headers));

/** Slack's unsigned probe of a slash command's URL, recognised without parsing. It is answered 200 and means nothing else. */
export const isProbe = ({ method, body }: ReceivedRequest): boolean =>
  method === "GET" || /^ssl_check=1(&token=\w{0,64})?$/.test(body);

/** The event for Bolt's receiver: plain UTF-8 body, bare content type. */
export const forBolt = (event: LambdaFunctionURLEvent, { headers, body }: ReceivedRequest): LambdaFunctionURLEvent => ({
  ...event,
  headers: { ...headers, "content-type": typeOf(headers) },
  body,
  isBase64Encoded: false,
});
