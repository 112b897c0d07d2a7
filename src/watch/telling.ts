// What is told next of a watch's outbox, and what an answer makes of it. Pure; tick/tell.ts posts.
import { isIdempotent } from "./announcement.ts";
import type { Told } from "./ports.ts";
import type { Entry, Watch } from "./watch.ts";

/** After so many lost answers it is taken for told: the card says the same. */
const mostLost = 2;

/**
 * The outbox as it is to be told. Where a reply may have been told already, the card says it first: an edit repeats without a trace,
 * so that what is known stands somewhere before a post is risked twice.
 */
export function withCardFirst(watch: Watch, now: number): Watch {
  const { outbox, thread, face, state } = watch;
  const isDoubtful = outbox.some(({ tried, announcement }) => tried && announcement.to === "thread");
  const hasEdit = outbox.some(({ announcement }) => announcement.kind === "card");
  if (!isDoubtful || hasEdit || thread.ts === undefined || face === undefined) return watch;
  const final = state === "done" ? { final: true } : {};
  const edit: Entry = { announcement: { kind: "card", key: "card", at: now, to: "card", face, ...final }, tried: false, lost: 0 };
  return { ...watch, outbox: [edit, ...outbox] };
}

/** Everything that cannot be repeated unnoticed is marked before it is told: whoever finds the mark knows that it may have been told. */
export const marked = (watch: Watch): Watch => ({
  ...watch,
  outbox: watch.outbox.map((entry) => (isIdempotent(entry.announcement) ? entry : { ...entry, tried: true })),
});

export const needsMark = ({ outbox }: Watch): boolean =>
  outbox.some(({ announcement, tried }) => !isIdempotent(announcement) && !tried);

export type Verdict =
  /** It is out of the outbox. */
  | { readonly kind: "done" }
  /** It stays, as this. */
  | { readonly kind: "keep"; readonly entry: Entry }
  /** The channel takes nothing any more. */
  | { readonly kind: "closed"; readonly reason: string };

export function verdictOf(entry: Entry, told: Told): Verdict {
  switch (told.kind) {
    case "told":
      return { kind: "done" };
    case "later":
      return { kind: "keep", entry };
    case "unknown":
      return entry.lost + 1 >= mostLost && !isIdempotent(entry.announcement)
        ? { kind: "done" }
        : { kind: "keep", entry: { ...entry, tried: !isIdempotent(entry.announcement), lost: entry.lost + 1 } };
    case "refused":
      // A person who takes no direct messages has not closed the channel.
      return entry.announcement.to === "owner" ? { kind: "done" } : { kind: "closed", reason: told.reason };
    default:
      return told satisfies never;
  }
}

/** The watch ends because its channel does, and its owner hears of it. */
export function closedBy(watch: Watch, reason: string, now: number): Watch {
  const kept = watch.outbox.filter(({ announcement }) => announcement.to === "owner");
  const gone: Entry = {
    announcement: { kind: "channel-gone", key: "channel-gone", at: now, to: "owner", reason },
    tried: false,
    lost: 0,
  };
  return { ...watch, state: "done", outbox: [...kept, gone] };
}
