// All boundaries of all kinds on one store, a death before and after each: one death where the one after the first is the one before the next.

import { bundleChild } from "./bundle.ts";
import { createChance } from "./chance.ts";
import type { Met, Moment, Plan } from "./gate.ts";
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
/** The deaths that are different ones. */
const momentsAt = ({ follows }: Met): readonly Moment[] => (follows ? ["after"] : moments);

/** Lines of the policy beside those that let people act: the kinds of each play on servers and children of their own. */
const policyOf = ({ isProduction }: Kind): string => (isProduction === true ? "production *" : "");

export async function runCampaign(options: CampaignOptions): Promise<Totals> {
  const { store, seed, sample, only, kinds: names, progress, lanes: laneCount = 2, childLog = () => {} } = options;
  const child = await bundleChild(childOn[store]);
  const chosen = kinds.filter(({ name }) => names === undefined || names.includes(name));
  const openLanes = (policy: string) =>
    Promise.all(Array.from({ length: laneCount }, () => openLane(store, child.file, policy, childLog)));
  const lanes = new Map<string, readonly Lane[]>();
  for (const policy of new Set(chosen.map(policyOf))) lanes.set(policy, await openLanes(policy));
  let totals = nothing;

  async function attempt(death: Death, lane: Lane): Promise<readonly Met[]> {
    const { verdict, met, wasKilled } = await play(death.kind, death.plan, seed, lane);
    totals = added(totals, verdict);
    if (death.plan !== undefined && !wasKilled) progress(`${store} ${nameOf(death)} ${death.label}: was not reached`);
    if (verdict.lost + verdict.duplicated + verdict.orphaned > 0) {
      progress(`${store} ${nameOf(death)} ${death.label}: ${verdict.why.join("; ")}`);
      progress(`  alone: npm run faults -- --store ${store} --seed ${seed} --only ${nameOf(death)}`);
    }
    return met;
  }

  /** Every lane takes the next one as soon as it is free. */
  async function all<T>(deaths: readonly Death[], take: (death: Death, lane: Lane) => Promise<T>): Promise<T[]> {
    const results: T[] = [];
    for (const [policy, mine] of lanes) {
      const left = [...deaths.entries()].filter(([, { kind }]) => policyOf(kind) === policy);
      await Promise.all(
        mine.map(async (lane) => {
          for (let next = left.shift(); next !== undefined; next = left.shift()) results[next[0]] = await take(next[1], lane);
        }),
      );
    }
    return results;
  }

  try {
    const discovered = await all(
      chosen.map((kind) => ({ kind, label: "without a death", plan: undefined })),
      async ({ kind }, lane) => {
        const met = await attempt({ kind, label: "without a death", plan: undefined }, lane);
        const deaths = met.flatMap((each, boundary) =>
          (only === undefined ? momentsAt(each) : moments).map((moment) => ({
            kind,
            label: each.label,
            plan: { boundary, moment },
          })),
        );
        return { boundaries: met.length, deaths };
      },
    );
    const found = discovered.flatMap(({ deaths }) => deaths);
    const boundaries = discovered.reduce((sum, each) => sum + each.boundaries, 0);
    const possible =
      only === undefined ? found : found.filter(({ plan }) => plan.boundary === only.boundary && plan.moment === only.moment);
    const deaths = sample === undefined ? possible : createChance(seed, store).shuffled(possible).slice(0, sample);
    progress(`${store}: ${boundaries} boundaries, ${deaths.length} deaths`);
    let done = 0;
    await all(deaths, async (death, lane) => {
      await attempt(death, lane);
      done += 1;
      if (done % 50 === 0) progress(`${store}: ${done} of ${deaths.length}`);
    });
    return { ...totals, boundaries: deaths.length === found.length ? boundaries : deaths.length };
  } finally {
    await Promise.all([...lanes.values()].flat().map((lane) => lane.close()));
    child.remove();
  }
}
