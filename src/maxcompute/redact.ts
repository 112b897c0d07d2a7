import type { AccessKey } from "./options.ts";
import type { Header } from "./sign.ts";

/** Shorter strings are no credential, and blanking them would garble every message. */
const minSecretLength = 6;

/** What is left of a secret in base64 wherever it begins: the characters that neither neighbour has a part in. */
function inBase64(secret: string): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
    const [from, to] = [Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6)];
    return (["base64", "base64url"] as const).map((encoding) => bytes.toString(encoding).slice(from, to));
  });
}

/** A secret, and what encoders on the way make of it; the longest first, since one may be a part of another. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const strict = encodeURIComponent(secret).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  const percent = [encodeURIComponent(secret), strict, encodeURIComponent(strict)];
  const forms = [
    secret,
    ...percent,
    ...percent.map((text) => text.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase())),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    ...inBase64(secret),
  ];
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** `text` with every one of `secrets` blanked, however it is encoded: a service or a proxy may echo what it was sent. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= minSecretLength)
    .flatMap(formsOf)
    .reduce((left, form) => left.replaceAll(form, "***"), text);
}

/** What must never be told of a request: the key, the token, the headers that carry them, and the signature by itself. */
export function secretsOf({ secret, stsToken }: AccessKey, credentials: readonly Header[] = []): readonly string[] {
  const sent = credentials.flatMap(([, value]) => [value, value.slice(value.lastIndexOf(":") + 1)]);
  return [...sent, secret, ...(stsToken === undefined ? [] : [stsToken])];
}

/**
 * The reason behind a failure, fit to be logged: name, code and message. The original stays behind, because the network layer's
 * errors carry sockets and pieces of the traffic.
 */
export function safeCause(error: unknown, secrets: readonly string[]): Error {
  if (!(error instanceof Error)) return new Error("unknown cause");
  const cause = new Error(redact(`${error.name}: ${error.message || errorCode(error) || "no details"}`, secrets));
  const code = errorCode(error);
  return code === undefined ? cause : Object.assign(cause, { code });
}

/** A Node or undici error's code, such as "ECONNREFUSED". */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
