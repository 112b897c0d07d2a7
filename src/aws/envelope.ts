// What travels on the bus or lies in the table: nobody on the way can read it, change it or make it up (production rule 2).
// AES-256-GCM; the request id and the time stand in the clear and are authenticated with the rest.
import type { KeyObject } from "node:crypto";
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from "node:crypto";

export type Envelope = {
  readonly v: 1;
  readonly id: string;
  /** When it was sealed, epoch ms. */
  readonly at: number;
  readonly iv: string;
  readonly sealed: string;
};

/** 32 bytes in base64: `openssl rand -base64 32` or `node -p 'crypto.randomBytes(32).toString("base64")'`. */
export type SealKey = string;

const keyObjects = new Map<SealKey, KeyObject>();

/** A key as OpenSSL takes it. Made once of each: a process knows one or, while it is rotated, two, and the making costs twice the sealing. */
function keyObject(key: SealKey): KeyObject {
  const known = keyObjects.get(key);
  if (known !== undefined) return known;
  const bytes = Buffer.from(key, "base64");
  if (bytes.length !== 32) throw new Error("a seal key must be 32 bytes in base64");
  const made = createSecretKey(bytes);
  keyObjects.set(key, made);
  return made;
}

const associated = (kind: string, { v, id, at }: Pick<Envelope, "v" | "id" | "at">): Buffer =>
  Buffer.from(JSON.stringify([v, kind, id, at]));

/** Seals a JSON value. `kind` is part of what is authenticated: an envelope of one kind does not open as another. */
export function seal(
  kind: string,
  id: string,
  at: number,
  content: unknown,
  key: SealKey,
  random: (size: number) => Buffer = randomBytes,
): Envelope {
  const iv = random(12);
  const cipher = createCipheriv("aes-256-gcm", keyObject(key), iv);
  cipher.setAAD(associated(kind, { v: 1, id, at }));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(content), "utf8"), cipher.final(), cipher.getAuthTag()]);
  return { v: 1, id, at, iv: iv.toString("base64"), sealed: sealed.toString("base64") };
}

const tagBytes = 16;

const isEnvelope = (value: unknown): value is Envelope => {
  if (typeof value !== "object" || value === null) return false;
  const { v, id, at, iv, sealed } = value as Partial<Record<keyof Envelope, unknown>>;
  return v === 1 && typeof id === "string" && typeof at === "number" && typeof iv === "string" && typeof sealed === "string";
};

/** What was sealed, or undefined for anything that no key opens: forged, changed, of another kind, or not an envelope at all. */
export function open(kind: string, value: unknown, keys: readonly SealKey[]): unknown {
  if (!isEnvelope(value)) return undefined;
  const sealed = Buffer.from(value.sealed, "base64");
  const iv = Buffer.from(value.iv, "base64");
  if (sealed.length < tagBytes || iv.length !== 12) return undefined;
  for (const key of keys) {
    const decipher = createDecipheriv("aes-256-gcm", keyObject(key), iv);
    decipher.setAAD(associated(kind, value));
    decipher.setAuthTag(sealed.subarray(-tagBytes));
    try {
      const text = Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]).toString("utf8");
      return JSON.parse(text);
    } catch {
      // Another key's, or nobody's: GCM says no more than that, on purpose.
    }
  }
  return undefined;
}
