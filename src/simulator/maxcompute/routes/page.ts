import { invalidArgument } from "../errors.ts";

/** Where a listing goes on: after this entry, newest first. */
export type Position = { readonly startedAt: number; readonly id: string };
export type Page<T> = { readonly entries: readonly T[]; readonly marker: string };

const beginning = "begin";

/** Base64url: PyODPS decodes a marker twice when it signs, so it must have nothing to decode (protocol section 2.1). */
const markerFor = ({ startedAt, id }: Position): string => Buffer.from(`${startedAt} ${id}`).toString("base64url");

const positionOf = (marker: string): Position | undefined => {
  if (marker === beginning) return undefined;
  const parsed = /^(-?\d+(?:\.\d+)?) (\S+)$/.exec(Buffer.from(marker, "base64url").toString("utf8"));
  if (parsed === null) throw invalidArgument("the marker is not one of this listing");
  const [, startedAt = "", id = ""] = parsed;
  return { startedAt: Number(startedAt), id };
};

/** Newest first; instances of the same moment by id, so that the order is total. */
const isAfter = (a: Position, b: Position): boolean => a.startedAt < b.startedAt || (a.startedAt === b.startedAt && a.id > b.id);
const newestFirst = (a: Position, b: Position): number => (isAfter(a, b) ? 1 : -1);

type Wanted = { readonly marker: string; readonly maxItems: number; readonly emptyFirst: boolean };

/**
 * One page after `marker` (empty: from the start). The answered marker is empty on the last page. Pages hang on entries, not
 * on counts, so instances that start meanwhile neither repeat nor skip any. `emptyFirst` answers an empty page first, with a marker.
 */
export const pageOf = <T>(
  all: readonly T[],
  place: (entry: T) => Position,
  { marker, maxItems, emptyFirst }: Wanted,
): Page<T> => {
  if (marker === "" && emptyFirst) return { entries: [], marker: beginning };
  const from = marker === "" ? undefined : positionOf(marker);
  const rest = all
    .filter((entry) => from === undefined || isAfter(place(entry), from))
    .sort((a, b) => newestFirst(place(a), place(b)));
  const entries = rest.slice(0, maxItems);
  const last = entries.at(-1);
  return { entries, marker: last !== undefined && rest.length > entries.length ? markerFor(place(last)) : "" };
};
