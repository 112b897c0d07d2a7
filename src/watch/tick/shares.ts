// A listing of a project, dealt out to the parts of its group.
import { holds, mostInPart, rangeOf } from "../parts.ts";
import type { Group } from "../ports.ts";
import type { Listing } from "../shard.ts";
import type { RunningListing } from "./list-running.ts";

/** More than runs beside the watched ones in most projects; what one event has room for. */
const mostHanded = 2 * mostInPart;

export type Shares = {
  take(ids: readonly string[]): void;
  /** What of the listing concerns a part. */
  of(part: Group, read: Pick<RunningListing, "at" | "pages" | "end">): Listing;
};

export function createShares(parts: readonly Group[]): Shares {
  const bins = parts.map(({ id }) => ({ id, range: rangeOf(id), running: [] as string[], isFull: false }));
  return {
    take(ids) {
      for (const id of ids) {
        const bin = bins.find(({ range }) => holds(range, id));
        if (bin === undefined || bin.isFull) continue;
        if (bin.running.length >= mostHanded) Object.assign(bin, { isFull: true, running: [] });
        else bin.running.push(id);
      }
    },
    of({ id }, { at, pages, end }) {
      const bin = bins.find((each) => each.id === id);
      if (end.kind === "refused") return { kind: "refused", at };
      if (end.kind === "silent") return { kind: "silent", at, reason: end.reason };
      return bin === undefined || bin.isFull ? { kind: "own" } : { kind: "read", at, pages, running: bin.running };
    },
  };
}
