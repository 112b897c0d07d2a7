import type { InstanceStatus, TaskStatus } from "../instance.ts";
import { MalformedBody } from "../malformed-body.ts";
import { smallLimits, walkXml } from "../xml.ts";
import { refuseForeignRoot } from "./root.ts";

const knownInstanceStatuses = ["Running", "Suspended", "Terminated"];

/** An instance status: known words in their usual spelling, others as sent, "Unknown" when there is none. */
export function normalizeInstanceStatus(text: string): InstanceStatus {
  const sent = text.trim();
  const lower = sent.toLowerCase();
  return knownInstanceStatuses.find((known) => known.toLowerCase() === lower) ?? (sent === "" ? "Unknown" : sent);
}

/** A task status in upper case, "UNKNOWN" when there is none (protocol section 5.1: the service's case varies). */
export function normalizeTaskStatus(text: string): TaskStatus {
  return text.trim().toUpperCase() || "UNKNOWN";
}

/** `<Instance><Status>Running</Status></Instance>` (protocol section 5). Throws MalformedBody when there is no status. */
export function decodeInstanceStatus(body: Uint8Array): InstanceStatus {
  let status: string | undefined;
  const close = (name: string, depth: number, text: string) => {
    if (depth === 2 && name === "Status") status = text;
  };
  walkXml(body, { open: refuseForeignRoot, close }, smallLimits);
  if (status === undefined || status.trim() === "") throw new MalformedBody("an instance without a status");
  return normalizeInstanceStatus(status);
}
