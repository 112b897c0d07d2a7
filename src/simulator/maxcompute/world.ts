import type { Clock } from "../clock.ts";
import { noPermission, noSuchInstance } from "./errors.ts";
import type { Plan } from "./plan.ts";
import type { InstanceRecord } from "./record.ts";
import { planOf } from "./scenarios/index.ts";
import type { Settings } from "./settings.ts";
import type { InstanceStore } from "./store.ts";
import { type InstanceState, stateAt } from "./timeline.ts";
import type { TunnelSessions } from "./tunnel/sessions.ts";

/** What the routes act on. */
export type World = {
  readonly project: string;
  readonly region: string;
  /** Who the one access key belongs to, as `x-odps-owner` writes it. */
  readonly caller: string;
  readonly accessKey: string;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly store: InstanceStore;
  /** Called with an instance's id whenever its record changed. */
  readonly listeners: Set<(id: string) => void>;
  readonly newInstanceId: () => string;
  readonly sessions: TunnelSessions;
};

export type Found = { readonly record: InstanceRecord; readonly plan: Plan; readonly state: InstanceState };

/** Writes a record and wakes whoever waits for the instance. */
export const remember = (world: World, record: InstanceRecord): void => {
  world.store.put(record);
  for (const listener of [...world.listeners]) listener(record.id);
};

const isForgotten = ({ endTime }: InstanceState, { settings, clock }: World): boolean =>
  endTime !== undefined && settings.retentionMs !== undefined && clock.now() - endTime > settings.retentionMs;

/** The instances of the project that are still remembered, in no order. */
export const knownInstances = (world: World): readonly Found[] =>
  world.store
    .all()
    .filter((record) => record.project === world.project)
    .map((record) => {
      const plan = planOf(record);
      return { record, plan, state: stateAt(plan, record, world.clock.now()) };
    })
    .filter(({ state }) => !isForgotten(state, world));

/** One instance as it is now. Throws NoSuchObject, or NoPermission for one that nobody may touch. */
export const findInstance = (world: World, id: string, action = "odps:Read"): Found => {
  const record = world.store.get(id);
  if (record === undefined || record.project !== world.project) throw noSuchInstance(id);
  const plan = planOf(record);
  if (plan.denied === true) throw noPermission(action, `projects/${record.project}/instances/${id}`);
  const state = stateAt(plan, record, world.clock.now());
  if (isForgotten(state, world)) throw noSuchInstance(id);
  return { record, plan, state };
};
