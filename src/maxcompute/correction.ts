import type { FailedAttempt } from "./attempt.ts";
import type { Learnt } from "./connection.ts";

/** What to change before signing again. A request refused for its signature or its date was not executed, so this is safe for writes too. */
export type Correction = { readonly kind: "clock"; readonly offsetMs: number } | { readonly kind: "signature" };

/** A clock further off than this is not set right by a service's word: it could have us sign for any day it likes. */
const maxOffsetMs = 24 * 60 * 60 * 1000;

/** The signs that a service knows no signature v4 (protocol section 2.3), as the service words them. */
const needsV2 = ({ kind, code = "", message }: FailedAttempt["error"]): boolean => {
  const text = `${code} ${message}`.toLowerCase();
  const head = code.split(":", 1)[0]?.trim();
  if (kind === "server") return text.includes("need ak v3 support") || text.includes("accesskey acl denied");
  if (head === "InvalidParameter") return text.includes("odps-0410051");
  return (head === "AuthorizationRequired" || head === "Unauthorized") && text.includes("invalid or missing");
};

const serviceTime = ({ error, serverTime }: FailedAttempt): number | undefined => {
  const told = /now_date:([0-9TZ:.+-]+)/.exec(error.message)?.[1];
  const at = told === undefined ? Number.NaN : Date.parse(told);
  return Number.isNaN(at) ? serverTime : at;
};

/** What a refusal teaches about how to sign; undefined when signing again would not help. `now` is our own clock, uncorrected. */
export function correctionFor(failed: FailedAttempt, signedWith: Learnt["signature"], now: number): Correction | undefined {
  if (failed.error.kind === "clock-skew") {
    const at = serviceTime(failed);
    if (at === undefined || Math.abs(at - now) > maxOffsetMs) return undefined;
    return { kind: "clock", offsetMs: at - now };
  }
  return signedWith === "v4" && needsV2(failed.error) ? { kind: "signature" } : undefined;
}
