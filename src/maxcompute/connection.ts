import { setTimeout as sleepFor } from "node:timers/promises";
import { Agent, type Dispatcher } from "undici";
import type { MaxComputeOptions } from "./options.ts";
import { type Settings, settingsFrom } from "./settings.ts";
import { createSigningKeys, type SigningKeys } from "./signing-keys.ts";

/** What a client has learnt from its service; shared by the client and its `withDeadline` variants. */
export type Learnt = {
  /** Service time minus ours, added to our clock for signing. */
  clockOffsetMs: number;
  signature: "v2" | "v4";
  /** Link hosts already asked for, by path; "" when the service has none. */
  readonly hosts: Map<string, string>;
};

/** Everything a call needs of the world. */
export type Connection = {
  readonly settings: Settings;
  readonly dispatcher: Dispatcher;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  readonly signingKeys: SigningKeys;
  readonly learnt: Learnt;
};

/** Checks the options and makes the connection's parts; opens nothing yet. */
export function connectionFrom(options: MaxComputeOptions): Connection {
  const settings = settingsFrom(options);
  return {
    settings,
    dispatcher: options.dispatcher ?? new Agent({ connectTimeout: settings.connectMs, allowH2: false }),
    now: options.now ?? Date.now,
    sleep: options.sleep ?? ((ms) => sleepFor(ms)),
    random: options.random ?? Math.random,
    signingKeys: createSigningKeys(),
    learnt: { clockOffsetMs: 0, signature: settings.region === undefined ? "v2" : "v4", hosts: new Map() },
  };
}
