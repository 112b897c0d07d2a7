import { randomUUID } from "node:crypto";
import { Agent, type Dispatcher } from "undici";
import { createIdentity, type Identity } from "./identity/identity.ts";
import type { MaxComputeOptions } from "./options.ts";
import { type Settings, settingsFrom } from "./settings.ts";
import { createSigningKeys, type SigningKeys } from "./signing-keys.ts";
import { realSleep, type Sleep } from "./sleep.ts";

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
  readonly sleep: Sleep;
  readonly random: () => number;
  readonly newId: () => string;
  readonly identity: Identity;
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
    sleep: options.sleep ?? realSleep,
    random: options.random ?? Math.random,
    newId: options.newId ?? randomUUID,
    identity: createIdentity(settings.credentials),
    signingKeys: createSigningKeys(),
    learnt: { clockOffsetMs: 0, signature: settings.region === undefined ? "v2" : "v4", hosts: new Map() },
  };
}
