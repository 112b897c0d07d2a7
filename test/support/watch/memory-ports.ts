// The engine's stores in memory. What is stored is text, checked by its schema when it is read: nothing survives by reference.
import type { Channel } from "../../../src/watch/channel.ts";
import type { OpenInstance } from "../../../src/watch/discover.ts";
import type { Lease, Ports } from "../../../src/watch/index.ts";
import {
  ChannelState,
  Held,
  History,
  InstanceRecord,
  newChannelState,
  noMemory,
  Outage,
  rowOf,
  type Stop,
  type Subscription,
  Watch,
  type WatchRow,
  withRun,
} from "../../../src/watch/index.ts";
import type { Group } from "../../../src/watch/ports.ts";
import { groupIdOf } from "../../../src/watch/watch.ts";

type Stored = {
  group: Group;
  token: number;
  until: number;
  nextScanAt: number | undefined;
  wokenFor: number | undefined;
  wakes: number;
  wakesAtLease: number;
};
type Kept = Omit<Ports, "notifier" | "events" | "budget" | "observer">;

const pageSize = 500;

export function memoryStores() {
  const watches = new Map<string, string>();
  /** Small, beside each: a scan reads these. */
  const rows = new Map<string, WatchRow>();
  const closed = new Map<string, string>();
  const groups = new Map<string, Stored>();
  const records = new Map<string, string>();
  const histories = new Map<string, string>();
  const states = new Map<string, string>();
  const held = new Map<string, string>();
  const dropped = new Set<string>();
  const outages = new Map<string, string>();
  const cursors = new Map<string, number>();
  const open = new Map<string, Map<string, OpenInstance>>();
  const subscriptions: Subscription[] = [];
  const writes: string[] = [];
  let scheduleIsOn = false;

  const write = (what: string, map: Map<string, string>, id: string, value: unknown) => {
    writes.push(`${what} ${id}`);
    map.set(id, JSON.stringify(value));
    if (what === "watch") rows.set(id, rowOf(Watch.parse(value)));
  };
  const readWatch = (id: string) => {
    const text = watches.get(id);
    return text === undefined ? undefined : Watch.parse(JSON.parse(text));
  };
  const mayWrite = (watch: Watch, lease: Lease) => {
    const stored = readWatch(watch.id);
    return stored !== undefined && stored.version === watch.version && stored.fence <= lease.token;
  };
  const never = Number.POSITIVE_INFINITY;
  const inOrder = (found: Stored[]) => ({
    items: found.sort((a, b) => (a.nextScanAt ?? never) - (b.nextScanAt ?? never)).map(({ group }) => group.id),
  });
  const channelId = ({ team, channel }: Channel) => `${team}/${channel}`;
  const readHeld = () => [...held.values()].map((text) => Held.parse(JSON.parse(text)));
  const readState = (channel: Channel) => {
    const text = states.get(channelId(channel));
    return text === undefined ? newChannelState(channel) : ChannelState.parse(JSON.parse(text));
  };
  const openOf = (groupId: string) => {
    const known = open.get(groupId) ?? new Map<string, OpenInstance>();
    open.set(groupId, known);
    return known;
  };

  const ports: Kept = {
    watches: {
      async addIfAbsent(watch) {
        const old = watches.get(watch.id) ?? closed.get(watch.id);
        if (old !== undefined) return { added: false, watch: Watch.parse(JSON.parse(old)) };
        write("watch", watches, watch.id, watch);
        return { added: true, watch };
      },
      async inGroup(groupId, after = "") {
        const ids = [...watches.keys()].filter((id) => id.startsWith(`${groupId}/`) && id > after).sort();
        const items = ids.slice(0, pageSize).flatMap((id) => rows.get(id) ?? []);
        return { items, ...(ids.length > pageSize ? { next: ids[pageSize - 1] } : {}) };
      },
      get: async (id) => readWatch(id),
      async commit(watch, lease) {
        if (!mayWrite(watch, lease)) return undefined;
        const next = { ...watch, fence: lease.token, version: watch.version + 1 };
        write("watch", watches, watch.id, next);
        return Watch.parse(next);
      },
      async reopen(watch, lease) {
        const old = closed.get(watch.id);
        if (old !== undefined && Watch.parse(JSON.parse(old)).version === watch.version) {
          closed.delete(watch.id);
          watches.set(watch.id, old);
        }
        return ports.watches.commit(watch, lease);
      },
      async close(watch, lease) {
        if (!mayWrite(watch, lease)) return false;
        watches.delete(watch.id);
        write("close", closed, watch.id, watch);
        return true;
      },
    },
    groups: {
      due: async (now) =>
        inOrder([...groups.values()].filter(({ until, nextScanAt = never }) => nextScanAt <= now && until <= now)),
      soon: async (at) => inOrder([...groups.values()].filter(({ nextScanAt = never }) => nextScanAt <= at)),
      async lease(groupId, now, until) {
        const stored = groups.get(groupId);
        if (stored === undefined || stored.until > now || stored.nextScanAt === undefined || stored.nextScanAt > now)
          return undefined;
        const wokenFor = (stored.wokenFor ?? 0) <= now ? undefined : stored.wokenFor;
        const next = { ...stored, token: stored.token + 1, until, wokenFor, wakesAtLease: stored.wakes };
        groups.set(groupId, next);
        return { group: next.group, lease: { groupId, token: next.token, until } };
      },
      async release({ groupId, token }, { nextScanAt, memory }) {
        const stored = groups.get(groupId);
        if (stored === undefined || stored.token !== token) return false;
        const wanted = [stored.wakes > stored.wakesAtLease ? 0 : nextScanAt, stored.wokenFor].filter(
          (each) => each !== undefined,
        );
        const dueAt = wanted.length === 0 ? undefined : Math.min(...wanted);
        groups.set(groupId, { ...stored, until: 0, nextScanAt: dueAt, group: { ...stored.group, memory } });
        return true;
      },
      async wake(place, at) {
        const id = groupIdOf(place);
        const { team, connection, project } = place;
        const fresh = {
          group: { id, team, connection, project, memory: noMemory },
          token: 0,
          until: 0,
          nextScanAt: at,
          wokenFor: at,
          wakes: 0,
          wakesAtLease: 0,
        };
        const stored = groups.get(id);
        groups.set(
          id,
          stored === undefined
            ? fresh
            : {
                ...stored,
                wakes: stored.wakes + 1,
                nextScanAt: Math.min(stored.nextScanAt ?? at, at),
                wokenFor: Math.max(stored.wokenFor ?? at, at),
              },
        );
        return id;
      },
      parts: async (groupId) => [...groups.values()].flatMap(({ group }) => (group.id === groupId ? [group] : [])),
      anyAwake: async () => [...groups.values()].some(({ nextScanAt }) => nextScanAt !== undefined),
    },
    instances: {
      async get(place, instanceId) {
        const text = records.get(`${groupIdOf(place)}/${instanceId}`);
        return text === undefined ? undefined : InstanceRecord.parse(JSON.parse(text));
      },
      async save(record) {
        const id = `${groupIdOf(record)}/${record.instanceId}`;
        const text = records.get(id);
        const version = text === undefined ? 0 : InstanceRecord.parse(JSON.parse(text)).version;
        if (version !== record.version) return false;
        write("record", records, id, { ...record, version: version + 1 });
        return true;
      },
      async unpublished(groupId) {
        const all = [...records]
          .filter(([id]) => id.startsWith(`${groupId}/`))
          .map(([, text]) => InstanceRecord.parse(JSON.parse(text)));
        return all.filter(({ events }) => events.length > 0).slice(0, 50);
      },
    },
    subscriptions: {
      ofGroup: async (groupId) => subscriptions.filter((each) => groupIdOf(each) === groupId),
      async close(channel, reason, at) {
        for (const [index, each] of subscriptions.entries())
          if (channelId(each) === channelId(channel) && each.closed === undefined)
            subscriptions[index] = { ...each, closed: { reason, at, tried: false, lost: 0 } };
      },
      async keep(read, next) {
        const index = subscriptions.findIndex(
          ({ id, closed }) => id === read.id && closed !== undefined && JSON.stringify(closed) === JSON.stringify(read.closed),
        );
        if (index === -1) return false;
        subscriptions.splice(index, 1, ...(next === undefined ? [] : [next]));
        return true;
      },
    },
    discoveries: {
      cursor: async (groupId) => cursors.get(groupId),
      moveCursor: async ({ groupId }, cursor) => void cursors.set(groupId, cursor),
      open: async (groupId) => ({ items: [...openOf(groupId).values()] }),
      async upsert({ groupId }, instances) {
        for (const each of instances) openOf(groupId).set(each.id, each);
      },
      async remove({ groupId }, ids) {
        for (const id of ids) openOf(groupId).delete(id);
      },
    },
    histories: {
      async get(job) {
        const text = histories.get(job);
        return text === undefined ? { schema: 1, job, runs: [] } : History.parse(JSON.parse(text));
      },
      async add(job, run) {
        const next = withRun(await ports.histories.get(job), run);
        write("history", histories, job, next);
        return next;
      },
    },
    channels: {
      state: async (channel) => readState(channel),
      async save(state) {
        if (readState(state).version !== state.version) return undefined;
        const next = { ...state, version: state.version + 1 };
        write("channel", states, channelId(state), next);
        return next;
      },
      async hold(each) {
        if (!held.has(each.id) && !dropped.has(each.id)) write("held", held, each.id, each);
      },
      async due(channel, now, limit) {
        const due = readHeld().filter((each) => channelId(each) === channelId(channel) && each.until <= now);
        return due.sort((a, b) => a.announcement.at - b.announcement.at || (a.id < b.id ? -1 : 1)).slice(0, limit);
      },
      async takeBack(_, id) {
        held.delete(id);
      },
      async drop(_, ids) {
        for (const id of ids) {
          held.delete(id);
          dropped.add(id);
        }
      },
      async waiting(now) {
        const due = readHeld().filter(({ until }) => until <= now);
        const sending = [...states.values()]
          .map((text) => ChannelState.parse(JSON.parse(text)))
          .filter((state) => state.sending !== undefined);
        return [
          ...new Map([...due, ...sending].map(({ team, channel }) => [channelId({ team, channel }), { team, channel }])).values(),
        ];
      },
    },
    outages: {
      async get(id) {
        const text = outages.get(id);
        return text === undefined ? undefined : Outage.parse(JSON.parse(text));
      },
      async save(outage) {
        const stored = await ports.outages.get(outage.id);
        if ((stored?.version ?? 0) !== outage.version) return undefined;
        const next = { ...outage, version: outage.version + 1 };
        write("outage", outages, outage.id, next);
        return next;
      },
      async end(outage) {
        const stored = await ports.outages.get(outage.id);
        if (stored?.version !== outage.version) return false;
        outages.delete(outage.id);
        writes.push(`outage end ${outage.id}`);
        return true;
      },
    },
    schedule: {
      async enable() {
        scheduleIsOn = true;
      },
      async disable() {
        scheduleIsOn = false;
      },
    },
  };
  return {
    ports,
    /** One line a write of a watch, a record, a channel, an outage. */
    writes,
    subscriptions,
    readWatch,
    watchIds: () => [...watches.keys()],
    record: (id: string) => {
      const text = records.get(id);
      return text === undefined ? undefined : InstanceRecord.parse(JSON.parse(text));
    },
    openOf,
    group: (id: string) => groups.get(id),
    setQuiet: (channel: Channel, quiet: ChannelState["quiet"]) =>
      void states.set(channelId(channel), JSON.stringify({ ...readState(channel), quiet })),
    stopping(watchId: string, stop: Stop) {
      const watch = readWatch(watchId);
      if (watch !== undefined) write("watch", watches, watchId, { ...watch, stop });
    },
    isScheduled: () => scheduleIsOn,
  };
}

export type MemoryStores = ReturnType<typeof memoryStores>;
