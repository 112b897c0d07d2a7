// Everything in this cloud that is left to chance comes from one seed, so that a failure can be repeated.

export type Chance = {
  /** 0 up to 1. */
  readonly next: () => number;
  readonly happens: (probability: number) => boolean;
  readonly uuid: () => string;
  readonly shuffled: <T>(items: readonly T[]) => readonly T[];
};

/** What the cloud does to deliveries; everything is off unless named. */
export type Chaos = {
  /** Probability that an event, a timer or a queue's message is delivered twice. */
  readonly twice?: number;
  /** Probability that a delivery comes late, and by how much at most. */
  readonly late?: number;
  readonly lateMs?: number;
  /** Entries of one PutEvents and targets of one event are served in any order. */
  readonly disorder?: boolean;
};

/** mulberry32: small and good enough to order deliveries. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const hex = (digits: number) => Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join("");
  return {
    next,
    happens: (probability) => probability > 0 && next() < probability,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    shuffled: (items) =>
      items
        .map((item) => ({ item, place: next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ item }) => item),
  };
}

/** When each copy of a delivery comes, in milliseconds from now: one copy at once, unless chaos decides otherwise. */
export function deliveryDelays(chance: Chance, { twice = 0, late = 0, lateMs = 5_000 }: Chaos): readonly number[] {
  const delay = () => (chance.happens(late) ? Math.ceil(chance.next() * lateMs) : 0);
  return chance.happens(twice) ? [delay(), delay()] : [delay()];
}
