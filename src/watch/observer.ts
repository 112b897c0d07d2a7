import type { InstanceSummary } from "../maxcompute/index.ts";
import type { Observation, Seen as Observed } from "./observation.ts";
import type { FinishedFacts } from "./subscription.ts";

/** What is known already and need not be asked again. */
export type Known = {
  readonly isXflow?: boolean | undefined;
  readonly jobName?: string | undefined;
  readonly endedSubs: ReadonlySet<string>;
};

/** When instances began: from this moment on, and before that one, epoch ms; without a bound where one is absent. */
export type Span = { readonly from?: number; readonly to?: number };

/** How the engine sees the instances of one project. */
export type Observer = {
  /** Never throws for what MaxCompute answers or does not. */
  look(instanceId: string, known: Known): Promise<Observation>;
  /** Pages of the ids of all running instances that began in a span, whoever owns them. Its normal end means: the listing was complete. Throws MaxComputeError. */
  running(began: Span): AsyncIterable<readonly string[]>;
  /** Pages of the instances, in any state, that began in [from, to). Complete and throwing as above. */
  began(from: number, to: number): AsyncIterable<readonly InstanceSummary[]>;
  /** Facts that a look does not have, asked only when wanted; absent when MaxCompute does not tell. */
  extras(
    instanceId: string,
    seen: Observed,
    wanted: { cost: boolean; priority: boolean },
  ): Promise<Pick<FinishedFacts, "cost" | "priority">>;
};
