// Which watches a listing answers, and which need a call of their own. A listing may only prove "still running".
import { lookEvery, nextPollAt } from "./cadence.ts";
import type { WatchRow } from "./row.ts";
import { minutes, seconds } from "./time.ts";

/** What a group of watches has learned of itself. */
export type ScanMemory = {
  /** Pages of the last listing; a guess before the first. */
  readonly pages: number;
  /** False where MaxCompute refused to list, at `listedAt`. */
  readonly mayList: boolean;
  /** Epoch ms; 0 for never. */
  readonly scannedAt: number;
  readonly listedAt: number;
  /** The instance at which the last scan ran out of time. */
  readonly resumeAt?: string | undefined;
  /** How many the last scan found. */
  readonly watches?: number | undefined;
};
export const noMemory: ScanMemory = { pages: 2, mayList: true, scannedAt: 0, listedAt: 0 };

/** From so many watches on, old ones are looked at once in ten minutes, and a listing vouches for them between. */
const crowd = 500;
/** No watch trusts listings alone for longer. */
const longestTrust = minutes(10);
/** Between two listings. Below a minute, for the minute rule fires anywhere in its minute. */
const betweenListings = seconds(45);

/** Rights change: after so long a refused listing is tried again. */
const refusalHolds = minutes(60);

/** Spreads looks evenly: the same watch has always the same place in its period. FNV-1a. */
function placeOf(id: string, periodMs: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % periodMs;
}

/** Whether its turn came since the last scan: told by the clock alone, for a look that finds nothing new leaves no trace. */
function isItsTurn(row: WatchRow, periodMs: number, since: number, now: number): boolean {
  if (periodMs < minutes(1)) return now - since >= periodMs || since === 0;
  const place = placeOf(row.id, periodMs);
  return Math.floor((now - place) / periodMs) > Math.floor((since - place) / periodMs);
}

/** Whether MaxCompute may be asked for a listing. */
const isAllowed = ({ mayList, listedAt }: ScanMemory, now: number): boolean => mayList || now - listedAt >= refusalHolds;

/** Whether a listing is worth its pages now, for so many that it would vouch for. The cheaper of the two: a page for many, or each when its turn comes. */
export const isWorthListing = (memory: ScanMemory, watches: number, now: number): boolean =>
  isAllowed(memory, now) && watches > memory.pages && now - memory.listedAt >= betweenListings;

export type ScanPlan = {
  /** Instances to ask for by themselves, oldest card first. */
  readonly ask: readonly string[];
  /** Instances a listing has to vouch for; empty when none is to be made. */
  readonly vouch: readonly string[];
  /** Watches that only have something left to tell. */
  readonly tell: readonly string[];
};

export function planScan(rows: readonly WatchRow[], memory: ScanMemory, now: number): ScanPlan {
  const isCrowded = rows.length > crowd && isAllowed(memory, now);
  const mustBeAsked = (row: WatchRow): boolean => {
    if (row.alone || row.state === "opening" || row.trouble !== undefined)
      return isItsTurn(row, lookEvery(row, now), memory.scannedAt, now);
    if (row.ruleAt !== undefined && row.ruleAt <= now) return true;
    const usual = lookEvery(row, now);
    return isItsTurn(row, isCrowded && usual >= minutes(1) ? longestTrust : usual, memory.scannedAt, now);
  };
  const open = rows.filter(({ state }) => state !== "done");
  const asked = open.filter(mustBeAsked).sort((a, b) => a.faceAt - b.faceAt);
  const ask = new Set(asked.map(({ instanceId }) => instanceId));
  const rest = new Set(
    open.filter(({ instanceId, alone }) => !alone && !ask.has(instanceId)).map(({ instanceId }) => instanceId),
  );
  const tell = rows.filter(({ state, hasOutbox, instanceId }) => state === "done" || (hasOutbox && !ask.has(instanceId)));
  return { ask: [...ask], vouch: isWorthListing(memory, rest.size, now) ? [...rest] : [], tell: tell.map(({ id }) => id) };
}

/** When the group is due again, epoch ms. */
export function nextScanAt(rows: readonly WatchRow[], now: number): number {
  let next = now + minutes(5);
  for (const row of rows) next = Math.min(next, row.hasOutbox || row.state === "done" ? now : nextPollAt(row, now));
  // Many are vouched for by a listing each minute; and nothing is gained by scanning without a pause.
  return Math.max(rows.length > noMemory.pages ? Math.min(next, now + minutes(1)) : next, now + seconds(5));
}
