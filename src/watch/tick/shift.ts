import type { Lease, Ports } from "../ports.ts";
import { seconds } from "../time.ts";
import type { Desks } from "./desks.ts";

/** One lease's worth of work: what all of it is done with. */
export type Shift = {
  readonly ports: Ports;
  readonly now: () => number;
  readonly lease: Lease;
  readonly desks: Desks;
  /** Epoch ms: nothing is begun that may not end by then. */
  readonly until: number;
};

/** A post, and the write that says it was made. */
const lastWords = seconds(3);

/** Asked before each post and each look: neither the lease nor the time may run out in the middle of it. */
export const mayGoOn = ({ now, until }: Pick<Shift, "now" | "until">): boolean => now() + lastWords <= until;
