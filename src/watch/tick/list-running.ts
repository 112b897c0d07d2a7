import type { MaxComputeErrorKind } from "../../maxcompute/index.ts";
import { MaxComputeError } from "../../maxcompute/index.ts";
import type { Observer } from "../observer.ts";

export type RunningListing = {
  /** Those that the listing does not prove to run: they have to be asked. */
  readonly absent: readonly string[];
  readonly pages: number;
  /** An empty marker was seen. */
  readonly isComplete: boolean;
  readonly failure?: MaxComputeError;
};

/** No right to list, or no such listing: then each is asked by itself. Anything else is silence. */
const refusals: ReadonlySet<MaxComputeErrorKind> = new Set(["denied", "unsupported", "invalid", "no-such-project", "refused"]);
export const isRefusal = ({ kind }: MaxComputeError): boolean => refusals.has(kind);

/** Reads the listing of running instances page by page, and keeps of it only who is missing. */
export async function listRunning(observer: Observer, vouch: readonly string[]): Promise<RunningListing> {
  const absent = new Set(vouch);
  let pages = 0;
  try {
    for await (const page of observer.running()) {
      pages += 1;
      for (const id of page) absent.delete(id);
    }
  } catch (error) {
    if (!(error instanceof MaxComputeError)) throw error;
    // Nothing is proven of those that are not on the pages read: asking thousands would not help a service that fails.
    return { absent: isRefusal(error) ? [...absent] : [], pages, isComplete: false, failure: error };
  }
  return { absent: [...absent], pages, isComplete: true };
}
