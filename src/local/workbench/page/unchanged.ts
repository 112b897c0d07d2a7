// What is read again is mostly what it was. Kept as the same objects, it need not be drawn again. Pure.
import type { Message } from "./shapes.ts";

/** `before` when `after` says the same. */
export const sameOr = <Thing>(before: Thing, after: Thing): Thing =>
  JSON.stringify(before) === JSON.stringify(after) ? before : after;

/** `after`, with the very objects of `before` for messages that have not changed. */
export function keepUnchanged(before: readonly Message[], after: readonly Message[]): readonly Message[] {
  const known = new Map(before.map((message) => [message.ts, message]));
  return after.map((message) => sameOr(known.get(message.ts) ?? message, message));
}
