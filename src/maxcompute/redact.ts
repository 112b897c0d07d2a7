import type { AccessKey } from "./options.ts";
import type { Header } from "./sign.ts";

/** Shorter strings are no credential, and blanking them would garble every message. */
const minSecretLength = 6;

/** `text` with every one of `secrets` blanked: a service or a proxy may echo what it was sent. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= minSecretLength)
    .reduce((left, secret) => left.replaceAll(secret, "***"), text);
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
