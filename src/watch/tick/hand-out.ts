// A group that is split: its project is listed once, and each part that is due handed to whoever works on it.
import { groupOf, mostInPart } from "../parts.ts";
import type { Group, Ports } from "../ports.ts";
import { isWorthListing } from "../scan.ts";
import type { Listing, ShardRequest } from "../shard.ts";
import { minutes, seconds } from "../time.ts";
import { readRunning } from "./list-running.ts";
import { createShares } from "./shares.ts";
import { mayGoOn } from "./shift.ts";

export type HandingOut = { readonly ports: Ports; readonly now: () => number; readonly until: number };

/** A project that takes longer to list is asked for instance by instance meanwhile: the parts have a minute, too. */
const listingMs = seconds(25);

/** Hands out those parts of one group whose ids are given; `work` gets what nobody else is there for. */
export async function handOut(
  time: HandingOut,
  ids: readonly string[],
  work: (request: ShardRequest) => Promise<void>,
): Promise<void> {
  const { ports, now } = time;
  const [first = ""] = ids;
  // Read again: it may have been split otherwise since it was found due.
  const due = (await ports.groups.parts(groupOf(first))).filter(({ id }) => ids.includes(id));
  if (due.length === 0 || !mayGoOn(time)) return;
  const minute = Math.floor(now() / minutes(1));
  const listingOf = await listed(time, due);
  const hand = ports.shards?.hand ?? work;
  // One after the other: they have their leases in one item, and would be in each other's way.
  for (const part of due) await hand({ id: part.id, minute, depth: 1, listing: listingOf(part) });
}

async function listed({ ports, now, until }: HandingOut, due: readonly Group[]): Promise<(part: Group) => Listing> {
  const [first] = due;
  const at = now();
  const watches = due.reduce((sum, { memory }) => sum + (memory.watches ?? mostInPart), 0);
  if (first === undefined || !due.some(({ memory }) => isWorthListing(memory, watches, at))) return () => ({ kind: "none" });
  const shares = createShares(due);
  const pages = Math.max(...due.map(({ memory }) => memory.pages));
  const read = await readRunning(ports.observer(first, Math.min(until, at + listingMs)), { at, pages }, shares.take);
  return (part) => shares.of(part, { ...read, at });
}
