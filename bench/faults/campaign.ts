// All boundaries of all kinds on one store, a death before and after each.

import { bundleChild } from "./bundle.ts";
import { createChance } from "./chance.ts";
import type { Moment, Plan } from "./gate.ts";
import type { Verdict } from "./judge.ts";
import { type Kind, kinds } from "./kinds.ts";
import { childOn, type Lane, openLane, type StoreName } from "./lanes.ts";
import { play } from "./trial.ts";

export type CampaignOptions = {
  readonly store: StoreName;
  readonly seed: number;
  /** How many deaths to try; all of them unless told. */
  readonly sample?: number;
  /** Names of the kinds to play; all of them unless told. */
  readonly kinds?: readonly string[];
  /** One death alone. */
  readonly only?: Plan;
  /** Trials at a time. */
  readonly lanes?: number;
  readonly progress: (line: string) => void;
  readonly childLog?: (line: string) => void;
};

export type Totals = {
  readonly boundaries: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly orphaned: number;
  readonly ambiguous: number;
};

type Death = { readonly kind: Kind; readonly label: string; readonly plan: Plan | undefined };

const nothing: Totals = { boundaries: 0, lost: 0, duplicated: 0, orphaned: 0, ambiguous: 0 };

const added = (a: Totals, b: Omit<Verdict, "why">): Totals => ({
  boundaries: a.boundaries,
  lost: a.lost + b.lost,
  duplicated: a.duplicated + b.duplicated,
  orphaned: a.orphaned + b.orphaned,
  ambiguous: a.ambiguous + b.ambiguous,
});

const nameOf = ({ kind, plan }: Death): string =>
  plan === undefined ? kind.name : `${kind.name}/${plan.boundary}/${plan.moment}`;
const moments: readonly Moment[] = ["before", "after"];

export async function runCampaign(options: CampaignOptions): Promise<Totals> {
  const { store, seed, sample, only, kinds: names, progress, lanes: laneCount = 2, childLog = () => {} } = options;
  const child = await bundleChild(childOn[store]);
  const lanes = await Promise.all(Array.from({ length: laneCount }, () => openLane(store, child.file, childLog)));
  let totals = nothing;

  async function attempt(death: Death, lane: Lane): Promise<readonly string[]> {
    const { verdict, labels, wasKilled } = await play(death.kind, death.plan, seed, lane);
    totals = added(totals, verdict);
    if (death.plan !== undefined && !wasKilled) progress(`${store} ${nameOf(death)} ${death.label}: was not reached`);
    if (verdict.lost + verdict.duplicated + verdict.orphaned > 0) {
      progress(`${store} ${nameOf(death)} ${death.label}: ${verdict.why.join("; ")}`);
      progress(`  alone: npm run faults -- --store ${store} --seed ${seed} --only ${nameOf(death)}`);
    }
    return labels;
  }

  /** Every lane takes the next one as soon as it is free. */
  async function all<T>(deaths: readonly Death[], take: (death: Death, lane: Lane) => Promise<T>): Promise<T[]> {
    const left = [...deaths.entries()];
    const results: T[] = [];
    await Promise.all(
      lanes.map(async (lane) => {
        for (let next = left.shift(); next !== undefined; next = left.shift()) results[next[0]] = await take(next[1], lane);
      }),
    );
    return results;
  }

  try {
    const chosen = kinds.filter(({ name }) => names === undefined || names.includes(name));
    const discovered = await all(
      chosen.map((kind) => ({ kind, label: "without a death", plan: undefined })),
      async ({ kind }, lane) => {
        const labels = await attempt({ kind, label: "without a death", plan: undefined }, lane);
        return labels.flatMap((label, boundary) => moments.map((moment) => ({ kind, label, plan: { boundary, moment } })));
      },
    );
    const found = discovered.flat();
    const possible =
      only === undefined ? found : found.filter(({ plan }) => plan.boundary === only.boundary && plan.moment === only.moment);
    const deaths = sample === undefined ? possible : createChance(seed, store).shuffled(possible).slice(0, sample);
    progress(`${store}: ${found.length / 2} boundaries, ${deaths.length} deaths`);
    let done = 0;
    await all(deaths, async (death, lane) => {
      await attempt(death, lane);
      done += 1;
      if (done % 50 === 0) progress(`${store}: ${done} of ${deaths.length}`);
    });
    return { ...totals, boundaries: deaths.length === found.length ? found.length / 2 : deaths.length };
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
    child.remove();
  }
}
