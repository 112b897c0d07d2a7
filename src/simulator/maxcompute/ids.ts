import { createHash } from "node:crypto";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Eight lower-case alphanumerics that depend on `text` alone. */
export const suffixFor = (text: string): string => digest(text).readBigUInt64BE(0).toString(36).padStart(8, "0").slice(-8);

/**
 * An instance id as the service writes them (protocol section 15): UTC `yyyyMMddHHmmss`, milliseconds without
 * zero padding, `g` and lower-case alphanumerics. `at` is epoch milliseconds.
 */
export const instanceId = (at: number, suffix: string): string => {
  const [seconds = "", millis = "0"] = new Date(at)
    .toISOString()
    .replaceAll(/[-:TZ]/g, "")
    .split(".");
  return `${seconds}${Number(millis)}g${suffix}`;
};

/** The moment an id was made of, epoch milliseconds. NaN for a text that is no id. */
export const instanceTime = (id: string): number => {
  const [, day = "", hour = "", minute = "", second = "", millis = ""] = /^(\d{8})(\d\d)(\d\d)(\d\d)(\d{0,3})g/.exec(id) ?? [];
  const date = day.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
  return Date.parse(`${date}T${hour}:${minute}:${second}.${millis.padStart(3, "0")}Z`);
};

/** Text of `x-odps-request-id`: 24 upper-case hex digits. */
export const requestId = (seed: string, count: number): string =>
  digest(`${seed} request ${count}`).toString("hex").slice(0, 24).toUpperCase();

/** A tunnel session's id: UTC `yyyyMMddHHmmss` and lower-case hex digits that depend on `text` alone. */
export const sessionId = (at: number, text: string): string =>
  `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:T]/g, "")}${digest(text).toString("hex").slice(0, 24)}`;
