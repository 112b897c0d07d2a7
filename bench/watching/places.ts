import type { ShardRequest } from "../../src/watch/index.ts";

/** The simulated MaxCompute and Slack of a run. */
export type Places = {
  readonly endpoint: string;
  readonly project: string;
  readonly accessId: string;
  readonly accessKey: string;
  readonly slackUrl: string;
};

export type StorePlace =
  | { readonly kind: "sqlite"; readonly file: string }
  | { readonly kind: "dynamo"; readonly url: string; readonly table: string; readonly sealKey: string };

/** What one process does, once it is told to begin. */
export type Job =
  /** One tick. Where it `hands` out, the parts of a large group are other processes' to work on. */
  | { readonly kind: "tick"; readonly store: StorePlace; readonly hands: boolean; readonly isPaced: boolean }
  /** The part that the word to begin names. */
  | { readonly kind: "shard"; readonly store: StorePlace; readonly isPaced: boolean }
  /** The plain loop: each instance is asked, so many at a time. */
  | { readonly kind: "loop"; readonly atOnce: number };

/** What there is to do, where it is not the store that knows. */
export type Begin = { readonly shard?: ShardRequest; readonly ids?: readonly string[] };

export type Done = {
  readonly ms: number;
  /** Of processor time. */
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly reads: number;
  readonly writes: number;
  readonly published: number;
};

/** A part that the tick hands out, while it is at it. */
export type Handed = { readonly handed: ShardRequest };

/** What the servers were asked. */
export type Counts = {
  readonly pages: number;
  /** Of MaxCompute, other than pages. */
  readonly calls: number;
  readonly posts: number;
  readonly edits: number;
  readonly refusals: number;
};

export const place = { team: "T1", connection: "main" };
/** How many instances there are, how many of them (a whole fraction) have ended unnoticed, and over how many channels all are spread evenly. */
export type Size = { readonly watches: number; readonly ending: number; readonly channels: number };
