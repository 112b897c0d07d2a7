import type { MaxComputeErrorKind } from "../../maxcompute/index.ts";
import { MaxComputeError } from "../../maxcompute/index.ts";
import type { Observer, Span } from "../observer.ts";
import type { Listing } from "../shard.ts";
import { hours } from "../time.ts";

export type RunningListing = {
  /** When it was begun, epoch ms. */
  readonly at: number;
  /** Those that the listing does not prove to run: they have to be asked. */
  readonly absent: readonly string[];
  readonly pages: number;
  /** An empty marker was seen; MaxCompute refused; or it is silent, and why. */
  readonly end:
    | { readonly kind: "complete" }
    | { readonly kind: "refused" }
    | { readonly kind: "silent"; readonly reason: string };
};

/** No right to list, or no such listing: then each is asked by itself. Anything else is silence. */
const refusals: ReadonlySet<MaxComputeErrorKind> = new Set(["denied", "unsupported", "invalid", "no-such-project", "refused"]);
export const isRefusal = ({ kind }: MaxComputeError): boolean => refusals.has(kind);
export const reasonOf = ({ code, kind }: MaxComputeError): string => code ?? kind;

type Read = Pick<RunningListing, "pages" | "end">;
/** When the listing begins, epoch ms, and how many pages the last one had. */
export type Outlook = { readonly at: number; readonly pages: number };

/** A project of more pages is listed in slices beside each other: page after page it would take longer than a tick has. */
const mostInARow = 100;
/** Where it is cut: most of what runs is young. */
const cuts = [hours(24), hours(6), hours(1)];

/** The spans to list, which are all of time together. */
export function slicesOf({ at, pages }: Outlook): readonly Span[] {
  if (pages <= mostInARow) return [{}];
  const bounds = cuts.map((age) => at - age);
  const [first, last] = [bounds.at(0) ?? at, bounds.at(-1) ?? at];
  const between = bounds.slice(1).map((to, index): Span => ({ from: bounds[index] ?? to, to }));
  return [{ to: first }, ...between, { from: last }];
}

/** Reads the listing of running instances page by page, giving each to `take`, and says how many there were and how it ended. */
export async function readRunning(observer: Observer, outlook: Outlook, take: (ids: readonly string[]) => void): Promise<Read> {
  const read = await Promise.all(slicesOf(outlook).map((span) => readSlice(observer, span, take)));
  const ended = (kind: Read["end"]["kind"]) => read.find(({ end }) => end.kind === kind)?.end;
  return {
    pages: read.reduce((sum, { pages }) => sum + pages, 0),
    end: ended("refused") ?? ended("silent") ?? { kind: "complete" },
  };
}

async function readSlice(observer: Observer, span: Span, take: (ids: readonly string[]) => void): Promise<Read> {
  let pages = 0;
  try {
    for await (const page of observer.running(span)) {
      pages += 1;
      take(page);
    }
  } catch (error) {
    if (!(error instanceof MaxComputeError)) throw error;
    return { pages, end: isRefusal(error) ? { kind: "refused" } : { kind: "silent", reason: reasonOf(error) } };
  }
  return { pages, end: { kind: "complete" } };
}

/** Reads the listing, and keeps of it only who is missing. */
export async function listRunning(observer: Observer, vouch: readonly string[], outlook: Outlook): Promise<RunningListing> {
  const absent = new Set(vouch);
  const read = await readRunning(observer, outlook, (ids) => {
    for (const id of ids) absent.delete(id);
  });
  // Nothing is proven of those that are not on the pages read: asking thousands would not help a service that fails.
  return { ...read, at: outlook.at, absent: read.end.kind === "silent" ? [] : [...absent] };
}

/** The same from a listing that another has read. */
export function vouchedBy(
  listing: Exclude<Listing, { readonly kind: "none" | "own" }>,
  vouch: readonly string[],
): RunningListing {
  const { kind, at } = listing;
  switch (kind) {
    case "read": {
      const running = new Set(listing.running);
      return { at, absent: vouch.filter((id) => !running.has(id)), pages: listing.pages, end: { kind: "complete" } };
    }
    case "refused":
      return { at, absent: vouch, pages: 0, end: { kind } };
    case "silent":
      return { at, absent: [], pages: 0, end: { kind, reason: listing.reason } };
    default:
      return kind satisfies never;
  }
}
