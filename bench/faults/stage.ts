import type { Delivery } from "../../src/simulator/slack/index.ts";
import type { Chance } from "./chance.ts";

export type PlayOptions = {
  readonly isEvent: boolean;
  /** Decides what comes twice or late; the same in each trial of a kind, so that the boundaries are. */
  readonly chance: Chance;
  /** Decides about what follows from a death. */
  readonly deathChance: Chance;
};

/** A bot with a fresh store, on which one trial is played. */
export type Stage = {
  /** Lets a person act before the trial: everything comes once and in time, and nobody dies. */
  prepare(act: () => Promise<Delivery>): Promise<void>;
  /**
   * Lets a person act, and everything that follows come to its end: deliveries come twice, late and after a death as they do in life.
   * Says whether Slack got its acknowledgement in the end.
   */
  play(act: () => Promise<Delivery>, options: PlayOptions): Promise<boolean>;
  /** What the store holds of requests, transfers and announcements. */
  states(): Promise<readonly { readonly of: string; readonly state: string }[]>;
  close(): Promise<void>;
};
