// What the workbench needs of the simulated MaxCompute; main.ts fits the simulator to it.
import type { StreamSpoil } from "../../simulator/maxcompute/index.ts";

export type ScenarioSummary = { readonly name: string; readonly summary: string };

export type ScenarioInstance = { readonly id: string; readonly scenario: string; readonly status: string };

/** Free options of a scenario, for example { seconds: 30 } or { rows: 1000 }; the simulator refuses what it does not know by throwing. */
export type ScenarioOptions = Readonly<Record<string, string | number | boolean>>;

/** `tunnel` keeps a fault to requests that open a tunnel session, or to those that read one's records. */
export type MaxComputeFault = { readonly times?: number; readonly tunnel?: "session" | "read" } & (
  | /** Answers arrive `ms` late. */ { readonly kind: "slow"; readonly ms: number }
  | /** Answers this status, for example 500, with an internal error. */ { readonly kind: "http"; readonly status: number }
  | /** 429 with Retry-After. */ { readonly kind: "throttled"; readonly retryAfterSeconds: number }
  | /** A submission is refused with 409 and Retry-After, as if another one stood in its way. */ {
      readonly kind: "conflict";
      readonly retryAfterSeconds: number;
    }
  | /** The connection is cut before any answer. */ { readonly kind: "unreachable" }
  | /** Something is wrong with the records that the tunnel streams. */ { readonly kind: "stream"; readonly spoil: StreamSpoil }
);

export type Scenarios = {
  names(): readonly ScenarioSummary[];
  /** Starts an instance and answers its id; throws for an unknown scenario or option. */
  start(scenario: string, options: ScenarioOptions): string;
  /** Newest last. */
  instances(): readonly ScenarioInstance[];
  fault(fault: MaxComputeFault): void;
  clearFaults(): void;
};
