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
  const headers = Object.fromEntries(
    Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value ?? ""]),
  );
  return {
    method: event.requestContext?.http?.method ?? "POST",
    headers,
    body: event.isBase64Encoded ? Buffer.from(encoded, "base64").toString("utf8") : encoded,
  };
}

/** Slack's unsigned probe of a slash command's URL, recognised without parsing. It is answered 200 and means nothing else. */
export const isProbe = ({ method, body }: ReceivedRequest): boolean =>
  method === "GET" || /^ssl_check=1(&token=\w{0,64})?$/.test(body);

/** The event for Bolt's receiver: plain UTF-8 body, bare content type. */
export const forBolt = (event: LambdaFunctionURLEvent, { headers, body }: ReceivedRequest): LambdaFunctionURLEvent => ({
  ...event,
  headers: { ...headers, "content-type": (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "" },
  body,
  isBase64Encoded: false,
});
