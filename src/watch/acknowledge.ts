// Somebody takes care of a failure, mostly after its watch is over: the card says who.
import { showOn } from "./outbox.ts";
import type { Watch } from "./watch.ts";

export const hasFailed = ({ seen, state }: Watch): boolean => state === "done" && seen?.outcome === "failed";

export const showsItsAck = ({ acked, face, thread }: Watch): boolean =>
  acked === undefined || thread.ts === undefined || face === undefined || face.acked?.at === acked.at;

/** With an edit of the card in the outbox, if the card does not say it yet. */
export function withAckShown(watch: Watch, now: number): Watch {
  const { acked, face } = watch;
  if (showsItsAck(watch) || face === undefined || acked === undefined) return watch;
  return showOn(watch, { ...face, acked }, now, true).watch;
}
