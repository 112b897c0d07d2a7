import type { Clock } from "../clock.ts";
import { noPermission, noSuchInstance } from "./errors.ts";
import { pathText } from "./flow.ts";
import type { FlowMember } from "./flow-members.ts";
import type { Memory } from "./memory.ts";
import type { Plan } from "./plan.ts";
import type { InstanceRecord } from "./record.ts";
import { membersOf, planOf } from "./scenarios/index.ts";
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
  readonly memory: Memory;
  readonly sessions: TunnelSessions;
};

/** `below` is there for an instance that an XFlow started: the record of the XFlow, and its own place in it. */
export type Found = {
  readonly record: InstanceRecord;
  readonly plan: Plan;
  readonly state: InstanceState;
  readonly below?: { readonly root: InstanceRecord; readonly member: FlowMember };
};

/** Writes a record and wakes whoever waits for the instance. */
export const remember = (world: World, record: InstanceRecord): void => {
  world.store.put(record);
  for (const listener of [...world.listeners]) listener(record.id);
};

const isForgotten = ({ endTime }: InstanceState, { settings, clock }: World): boolean =>
  endTime !== undefined && settings.retentionMs !== undefined && clock.now() - endTime > settings.retentionMs;

const foundRoot = (record: InstanceRecord, { clock }: World): Found => {
  const plan = planOf(record);
  return { record, plan, state: stateAt(plan, record, clock.now()) };
};

/** What an XFlow has started below it so far: a node has no instance before its turn comes. */
export const foundBelow = (root: InstanceRecord, { clock }: World): readonly Found[] => {
  const now = clock.now();
  return membersOf(root)
    .filter(({ record }) => record.startedAt <= now)
    .map((member) => {
      const { record, plan } = member;
      return { record, plan, state: stateAt(plan, record, now), below: { root, member } };
    });
};

/** The instances of the project that are still remembered, in no order. */
export const knownInstances = (world: World): readonly Found[] =>
  world.store
    .all()
    .filter((record) => record.project === world.project)
    .flatMap((record) => [foundRoot(record, world), ...foundBelow(record, world)])
    .filter(({ state }) => !isForgotten(state, world));

const findBelow = (world: World, id: string): Found | undefined => {
  for (const root of world.store.all()) {
    const isOurs = membersOf(root).some(({ record }) => record.id === id);
    if (isOurs) return foundBelow(root, world).find(({ record }) => record.id === id);
  }
  return undefined;
};

/** One instance as it is now. Throws NoSuchObject, or NoPermission for one that nobody may touch. */
export const findInstance = (world: World, id: string, action = "odps:Read"): Found => {
  const record = world.store.get(id);
  const found = record === undefined ? findBelow(world, id) : foundRoot(record, world);
  if (found === undefined || found.record.project !== world.project) throw noSuchInstance(id);
  if (found.plan.denied === true) throw noPermission(action, `projects/${found.record.project}/instances/${id}`);
  if (isForgotten(found.state, world)) throw noSuchInstance(id);
  return found;
};

/** Notes when an accepted stop takes effect, epoch milliseconds; a second stop before that changes nothing. */
export const stopAt = (world: World, { record, below }: Found, at: number): void => {
  if (below === undefined) {
    if (record.stopAt === undefined) remember(world, { ...record, stopAt: at });
    return;
  }
  const { root, member } = below;
  const path = pathText(member.path);
  if (root.nodeStops?.[path] === undefined) remember(world, { ...root, nodeStops: { ...root.nodeStops, [path]: at } });
};
