// PutEvents. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
import * as z from "zod";
import type { Place } from "../template/template.ts";
import { type BusEvent, isoSeconds } from "./event.ts";

const mostEntries = 10;
/** All entries of a call together. */
const mostBytes = 256 * 1024;

export const putEntry = z.object({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().default("default"),
  Resources: z.array(z.string()).default([]),
  /** Epoch seconds, as AWS JSON has times. */
  Time: z.number().optional(),
  TraceHeader: z.string().optional(),
});
export type PutEntry = z.infer<typeof putEntry>;
export const putEvents = z.object({ Entries: z.array(putEntry).min(1).max(mostEntries) });

/** A bus by the name or the ARN that an entry has. */
export const busOf = ({ EventBusName }: PutEntry): string => EventBusName.split("/").at(-1) ?? "";

/** An entry's size as EventBridge counts it. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const sizeOf = ({ Source = "", DetailType = "", Detail = "", Resources, Time }: PutEntry): number =>
  [Source, DetailType, Detail, ...Resources].reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : 14);

export const areTooLarge = (entries: readonly PutEntry[]): boolean =>
  entries.reduce((sum, entry) => sum + sizeOf(entry), 0) >= mostBytes;

export type EntryResult = { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

const isJsonObject = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    // Text that is no JSON is the answer here, not a fault.
    return false;
  }
};

/** Why an entry is refused on its own, while others of the call are taken; undefined when it is not. */
export function refusalOf(entry: PutEntry, buses: readonly string[]): EntryResult | undefined {
  const missing = (["Source", "DetailType", "Detail"] as const).find((field) => (entry[field] ?? "") === "");
  if (missing !== undefined) {
    return {
      ErrorCode: "InvalidArgument",
      ErrorMessage: `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`,
    };
  }
  if (!isJsonObject(entry.Detail ?? "")) return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
  if (entry.Source?.startsWith("aws.")) {
    return { ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "Not authorized for the source." };
  }
  if (buses.includes(busOf(entry))) return undefined;
  return { ErrorCode: "ResourceNotFoundException", ErrorMessage: `Event bus ${busOf(entry)} does not exist.` };
}

/** The event of an entry that was not refused. */
export const eventOf = (entry: PutEntry, id: string, place: Place, now: number): BusEvent => ({
  version: "0",
  id,
  "detail-type": entry.DetailType ?? "",
  source: entry.Source ?? "",
  account: place.account,
  time: isoSeconds(entry.Time === undefined ? now : entry.Time * 1000),
  region: place.region,
  resources: entry.Resources,
  detail: JSON.parse(entry.Detail ?? "{}") as unknown,
});
