// Production rule 16 in numbers: whoever was promised an answer has it, or an apology, within sixty seconds of `requestedAt`.
// ARCHITECTURE.md, "Sixty seconds", adds them up.

/** One go of a worker at a request. */
export type Turn = {
  /** By this name somebody may say later that the worker has ended. */
  readonly worker?: string;
  /** Epoch ms at which nothing of it is on its way to people any more; unknown where nobody ends it from outside. */
  readonly endsAt?: number;
};

/** Workers of which it is known that they have ended. */
export type Ended = {
  /** All that moved on last before this, epoch ms. */
  readonly before: number;
  /** And this one. */
  readonly worker?: string | undefined;
};

/** A request older than this is refused: whoever asked has moved on (production rule 3). */
export const staleAfterMs = 60_000;
/** So long after a command it is looked whether it was answered. */
export const apologyAfterMs = 50_000;
/** Turns are over so much before that look: what it then finds on its way was cut off. */
const clearMs = 1_000;
/** However late a worker begins, it has this long; a look that has to wait for it still ends within the minute. */
const shortestTurnMs = 9_000;
/** The end of a turn is kept for the answer. */
const answerMs = 4_000;
/** After this a person hears what the bot is waiting for, */
const quietMs = 5_000;
/** and at once where so much has passed already. */
const silentAtMostMs = 55_000;

/** When the turn of a worker that begins at `now` ends. */
export const turnEndsAt = (requestedAt: number, now: number): number =>
  Math.max(requestedAt + apologyAfterMs - clearMs, now + shortestTurnMs);

/** When a worker stops waiting for others: after `waitsMs`, or in time to answer within its turn. */
export const waitingEndsAt = (now: number, waitsMs: number, { endsAt = Number.POSITIVE_INFINITY }: Turn): number =>
  Math.min(now + waitsMs, endsAt - answerMs);

/** A sender stops reading so long before its turn ends: what it has read by then is still to be uploaded. */
const uploadMs = 120_000;

/** When a sender stops reading what it sends. */
export const readingEndsAt = (now: number, waitsMs: number, { endsAt = Number.POSITIVE_INFINITY }: Turn): number =>
  Math.min(now + waitsMs, endsAt - uploadMs);

/** How long a person may be left without a word from now on. */
export const quietFor = (requestedAt: number, now: number): number =>
  Math.min(quietMs, Math.max(0, requestedAt + silentAtMostMs - now));

/** How long a look waits for the end of another's turn, instead of being asked for again later. */
export const patienceMs = 10_000;
