import { createHmac } from "node:crypto";

export type Grant = { readonly project: string; readonly instance: string; readonly expiresAt: number };

const seal = (secret: string, text: string): string => createHmac("sha256", secret).update(text).digest("hex").slice(0, 32);

/**
 * A token that lets its bearer read one instance. Its third part is the expiry in epoch seconds, where PyODPS looks
 * for it (protocol section 2.4). `expiresAt` is epoch milliseconds.
 */
export const issueToken = (secret: string, { project, instance, expiresAt }: Grant): string => {
  const text = [project, instance, Math.floor(expiresAt / 1_000)].join(",");
  return Buffer.from(`${text},${seal(secret, text)}`).toString("base64");
};

/** What a token grants, or undefined when it was not issued with `secret`; whether it has expired is for the caller to see. */
export const readToken = (secret: string, token: string): Grant | undefined => {
  const [project = "", instance = "", expiry = "", signature] = Buffer.from(token, "base64").toString("utf8").split(",");
  if (signature !== seal(secret, [project, instance, expiry].join(","))) return undefined;
  return { project, instance, expiresAt: Number(expiry) * 1_000 };
};
