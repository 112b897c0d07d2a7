import { createHmac } from "node:crypto";

/** One query parameter, decoded; an empty value is sent and signed as the bare name. */
export type QueryParameter = readonly [name: string, value: string];
export type Header = readonly [name: string, value: string];

/** What of a request is signed: `path` is decoded and relative to the endpoint ("/projects/p/instances/i"). */
export type SignableRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: readonly QueryParameter[];
  readonly headers: readonly Header[];
};

export type V4Scope = {
  readonly region: string;
  /** UTC, "yyyyMMdd". */
  readonly date: string;
  readonly prefix: string;
};

const bareHeaders = ["content-md5", "content-type", "date"];

const signedHeaderLines = ({ headers, query }: SignableRequest): string[] => {
  const signed = new Map(bareHeaders.map((name) => [name, ""]));
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (signed.has(lower) || lower.startsWith("x-odps-")) signed.set(lower, value);
  }
  for (const [name, value] of query) {
    if (name.startsWith("x-odps-")) signed.set(name, value);
  }
  const sorted = [...signed].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([name, value]) => (name.startsWith("x-odps-") ? `${name}:${value}` : value));
};

const canonicalResource = ({ path, query }: SignableRequest): string => {
  const sorted = [...query].sort(([a], [b]) => (a < b ? -1 : 1));
  const parameters = sorted.map(([name, value]) => (value === "" ? name : `${name}=${value}`));
  return parameters.length === 0 ? path : `${path}?${parameters.join("&")}`;
};

/**
 * The text both signatures are made of (protocol section 2.1). Query values are signed as they read once decoded,
 * as the Java and Go clients and the service do it.
 */
export function canonicalString(request: SignableRequest): string {
  return [request.method.toUpperCase(), ...signedHeaderLines(request), canonicalResource(request)].join("\n");
}

const hmac = (algorithm: "sha1" | "sha256", key: string | Uint8Array, text: string) =>
  createHmac(algorithm, key).update(text, "utf8").digest();

/** The key of signature v4: five steps from the secret to the day, the region and the service (protocol section 2.3). */
export function deriveSigningKey(secret: string, { date, region, prefix }: V4Scope): Uint8Array {
  const steps = [date, region, "odps", `${prefix}_request`];
  return steps.reduce<Uint8Array>((key, step) => hmac("sha256", key, step), Buffer.from(`${prefix}${secret}`, "utf8"));
}

/** The Authorization header of signature v2 (protocol section 2.2). */
export function authorizeV2(canonical: string, accessId: string, secret: string): string {
  return `ODPS ${accessId}:${hmac("sha1", secret, canonical).toString("base64")}`;
}

/** The Authorization header of signature v4; `signingKey` comes from `deriveSigningKey`. The last step is SHA-1, not SHA-256. */
export function authorizeV4(
  canonical: string,
  accessId: string,
  signingKey: Uint8Array,
  { date, region, prefix }: V4Scope,
): string {
  const signature = hmac("sha1", signingKey, canonical).toString("base64");
  return `ODPS ${accessId}/${date}/${region}/odps/${prefix}_request:${signature}`;
}
