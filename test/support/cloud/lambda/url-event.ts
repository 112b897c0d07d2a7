// HTTP to and from a Function URL's payload format 2.0.
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
import type { IncomingMessage } from "node:http";
import type { Place } from "../template/template.ts";

/** Bodies of these types come as text; all others, a form and a body without a type among them, come as base64. */
const textTypes = /^(text\/.*|application\/(json|javascript|xml))$/;

export type UrlRequest = {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
};

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (value: number) => String(value).padStart(2, "0");

/** `12/Mar/2020:19:03:58 +0000` */
function logTime(at: number): string {
  const time = new Date(at);
  const day = `${two(time.getUTCDate())}/${months[time.getUTCMonth()]}/${time.getUTCFullYear()}`;
  return `${day}:${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())} +0000`;
}

/** The event that the function gets. Header names are lower case, as Node gives them too. */
export function urlEvent(request: UrlRequest, place: Place, urlId: string, requestId: string, now: number): object {
  const [path = "/", query = ""] = request.target.split(/\?(.*)/s);
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const isText = textTypes.test(type);
  const domainName = `${urlId}.lambda-url.${place.region}.on.aws`;
  const received = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
  const headers = { ...Object.fromEntries(received), host: domainName, "x-forwarded-proto": "https", "x-forwarded-port": "443" };
  const cookies = request.headers.cookie?.split(/;\s*/);
  const parameters: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(query)) {
    parameters[name] = name in parameters ? `${parameters[name]},${value}` : value;
  }
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: query,
    ...(cookies === undefined ? {} : { cookies }),
    headers: { ...headers, "x-forwarded-for": "127.0.0.1" },
    ...(query === "" ? {} : { queryStringParameters: parameters }),
    requestContext: {
      accountId: "anonymous",
      apiId: urlId,
      domainName,
      domainPrefix: urlId,
      http: {
        method: request.method,
        path,
        protocol: "HTTP/1.1",
        sourceIp: "127.0.0.1",
        userAgent: request.headers["user-agent"] ?? "",
      },
      requestId,
      routeKey: "$default",
      stage: "$default",
      time: logTime(now),
      timeEpoch: now,
    },
    ...(request.body.length === 0 ? {} : { body: request.body.toString(isText ? "utf8" : "base64") }),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

export type UrlAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
};

type Returned = {
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: readonly string[];
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
};

export const internalError: UrlAnswer = {
  status: 502,
  headers: { "content-type": "application/json" },
  body: Buffer.from("Internal Server Error"),
};

/** What the caller gets for what the function returned (JSON). Without a status code, the whole value is the body. */
export function urlAnswer(payload: string): UrlAnswer {
  const value = JSON.parse(payload) as Returned | string | number | null;
  if (typeof value !== "object" || value === null || value.statusCode === undefined) {
    const body = typeof value === "string" ? value : payload;
    return { status: 200, headers: { "content-type": "application/json" }, body: Buffer.from(body) };
  }
  const { statusCode, headers = {}, cookies, body = "", isBase64Encoded = false } = value;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599 || typeof body !== "string") return internalError;
  const named = Object.entries(headers).map(([name, text]) => [name.toLowerCase(), String(text)] as const);
  return {
    status,
    headers: {
      "content-type": "application/json",
      ...Object.fromEntries(named),
      ...(cookies === undefined ? {} : { "set-cookie": [...cookies] }),
    },
    body: Buffer.from(body, isBase64Encoded ? "base64" : "utf8"),
  };
}
