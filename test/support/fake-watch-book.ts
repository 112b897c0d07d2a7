// Watches in memory: what the commands ask of them is kept and given back, and nothing is ever looked at.
import type { ChannelOf, Mute, WatchBook } from "../../src/commands/watch-book.ts";
import type { QuietHours, Subscription, Watch } from "../../src/watch/index.ts";

export type FakeWatchBook = WatchBook & {
  /** Changes a watch as the engine would. */
  become(watchId: string, change: Partial<Watch>): void;
  readonly quiet: ReadonlyMap<string, QuietHours | undefined>;
  readonly acknowledged: ReadonlyMap<string, { readonly by: string; readonly at: number }>;
  readonly snoozed: ReadonlyMap<string, number>;
};

const keyOf = ({ team, channel }: ChannelOf): string => `${team}/${channel}`;

export function fakeWatchBook(): FakeWatchBook {
  const watches = new Map<string, Watch>();
  const subscriptions = new Map<string, Subscription>();
  const mutes = new Map<string, readonly Mute[]>();
  const quiet = new Map<string, QuietHours | undefined>();
  const projects = new Map<string, string | undefined>();
  const acknowledged = new Map<string, { readonly by: string; readonly at: number }>();
  const snoozed = new Map<string, number>();
  const inChannel = (where: ChannelOf) =>
    [...watches.values()].filter(({ team, thread }) => keyOf({ team, channel: thread.channel }) === keyOf(where));
  const find: WatchBook["find"] = async (place) =>
    inChannel(place).find(({ project, instanceId }) => project === place.project && instanceId === place.instanceId);
  const subscriptionKey = ({ id, team, project }: Pick<Subscription, "id" | "team" | "project">) => `${team}/${project}/${id}`;
  return {
    quiet,
    acknowledged,
    snoozed,
    become(watchId, change) {
      const watch = watches.get(watchId);
      if (watch !== undefined) watches.set(watchId, { ...watch, ...change });
    },
    async add(watch) {
      const there = watches.get(watch.id);
      if (there !== undefined && there.state !== "done" && there.only === undefined) return { added: false, watch: there };
      watches.set(watch.id, watch);
      return { added: true, watch };
    },
    find,
    ofInstance: async ({ team, project, instanceId }) =>
      [...watches.values()].filter(
        (watch) => watch.team === team && watch.project === project && watch.instanceId === instanceId && watch.state !== "done",
      ),
    ofChannel: async (where) => inChannel(where),
    end: async (watchId) => watches.delete(watchId),
    subscribe: async (subscription) => void subscriptions.set(subscriptionKey(subscription), subscription),
    subscriptionsOf: async (where) => [...subscriptions.values()].filter((each) => keyOf(each) === keyOf(where)),
    unsubscribe: async (subscription) => subscriptions.delete(subscriptionKey(subscription)),
    setQuiet: async (where, hours) => void quiet.set(keyOf(where), hours),
    async mute(where, mute) {
      const others = (mutes.get(keyOf(where)) ?? []).filter(({ id }) => id !== mute.id);
      mutes.set(keyOf(where), [...others, mute]);
    },
    mutesOf: async (where) => mutes.get(keyOf(where)) ?? [],
    async unmute(where, muteId) {
      const before = mutes.get(keyOf(where)) ?? [];
      mutes.set(
        keyOf(where),
        before.filter(({ id }) => id !== muteId),
      );
      return before.some(({ id }) => id === muteId);
    },
    async acknowledge(place, by, at) {
      const watch = await find(place);
      if (watch?.seen?.outcome !== "failed") return false;
      acknowledged.set(watch.id, { by, at });
      return true;
    },
    async snooze(place, until) {
      const watch = await find(place);
      if (watch === undefined || watch.state === "done") return false;
      snoozed.set(watch.id, until);
      return true;
    },
    async stopping(place, stop) {
      const watch = await find(place);
      if (watch === undefined || watch.state === "done" || watch.only !== undefined) return false;
      watches.set(watch.id, { ...watch, stop });
      return true;
    },
    projectOf: async (where) => projects.get(keyOf(where)),
    setProject: async (where, project) => void projects.set(keyOf(where), project),
  };
}
