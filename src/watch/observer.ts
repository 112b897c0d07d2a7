import type { InstanceSummary } from "../maxcompute/index.ts";
import type { Observation, Seen as Observed } from "./observation.ts";
import type { FinishedFacts } from "./subscription.ts";

/** What is known already and need not be asked again. */
export type Known = {
  readonly isXflow?: boolean | undefined;
  readonly jobName?: string | undefined;
  readonly endedSubs: ReadonlySet<string>;
};

/** How the engine sees the instances of one project. */
export type Observer = {
  /** Never throws for what MaxCompute answers or does not. */
  look(instanceId: string, known: Known): Promise<Observation>;
  /** Pages of the ids of all running instances, whoever owns them. Its normal end means: the listing was complete. Throws MaxComputeError. */
  running(): AsyncIterable<readonly string[]>;
  /** Pages of the instances, in any state, that began in [from, to). Complete and throwing as above. */
  began(from: number, to: number): AsyncIterable<readonly InstanceSummary[]>;
  /** Facts that a look does not have, asked only when wanted; absent when MaxCompute does not tell. */
  extras(
    instanceId: string,
    seen: Observed,
    wanted: { cost: boolean; priority: boolean },
  ): Promise<Pick<FinishedFacts, "cost" | "priority">>;
};
