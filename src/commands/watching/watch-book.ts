// The watches as people handle them, over the stores that the engine works on.
import type { ChannelState, Place, Ports, Watch } from "../../watch/index.ts";
import { addWatch, groupIdOf, hasFailed, leaseMs, watchIdOf, withAckShown } from "../../watch/index.ts";
import type { ChannelOf, Mute, WatchBook, WatchPlace } from "../watch-book.ts";
import type { ChannelProject } from "./channel-project.ts";
import type { ChannelWatches } from "./channel-watches.ts";
import type { ChannelShelf } from "./channels.ts";
import type { SubscriptionShelf } from "./subscriptions.ts";
import type { Found, WatchShelf } from "./watches.ts";

export type WatchBookPorts = Pick<Ports, "groups" | "schedule"> & {
  readonly watches: WatchShelf;
  readonly subscriptions: SubscriptionShelf;
  readonly channels: ChannelShelf;
  readonly channelWatches: ChannelWatches;
  readonly channelProject: ChannelProject;
  readonly now: () => number;
  /** Of a project: which connection it is reached over. */
  readonly connectionOf: (project: string) => string;
  /** Has a group looked at without waiting for the next minute. It is due already: if this fails it is only later. */
  readonly lookNow: (place: Place) => Promise<void>;
};

/** The watch of a subscription, as one that somebody asked for: all is told, on a card. Undefined for one that has its card. */
function takenOver({ watch: silent, isClosed }: Found, wanted: Watch): Watch | undefined {
  if (silent.only === undefined) return undefined;
  const version = silent.version + 1;
  // Over, and nothing of it was told: as if it had not been there.
  if (isClosed) return silent.thread.ts === undefined ? { ...wanted, fence: silent.fence, version } : undefined;
  if (silent.state === "done") return undefined;
  const { only: _, ...rest } = silent;
  const { options, startedBy, startedAt, face, faceAt, outbox, stop } = wanted;
  const asked: Watch = { ...rest, options, startedBy, startedAt, version, ...(stop === undefined ? {} : { stop }) };
  const isOpened =
    silent.told.includes("card:opened") || silent.outbox.some(({ announcement }) => announcement.key === "card:opened");
  return isOpened || face === undefined ? asked : { ...asked, face, faceAt, outbox: [...outbox, ...silent.outbox] };
}

const withMutes = ({ mutes: _, ...state }: ChannelState, mutes: readonly Mute[]): ChannelState =>
  mutes.length === 0 ? state : { ...state, mutes: [...mutes] };

const withQuiet = ({ quiet: _, ...state }: ChannelState, quiet: ChannelState["quiet"]): ChannelState =>
  quiet === undefined ? state : { ...state, quiet };

export function createWatchBook(ports: WatchBookPorts): WatchBook {
  const { watches, groups, schedule, subscriptions, channels, channelWatches, channelProject, now, connectionOf, lookNow } =
    ports;
  const idOf = ({ team, channel, project, instanceId }: WatchPlace): string =>
    watchIdOf({ team, connection: connectionOf(project), project, instanceId, channel });
  const openMutes = async (channel: ChannelOf): Promise<readonly Mute[]> =>
    ((await channels.state(channel)).mutes ?? []).filter(({ until }) => now() < until);
  /** Does what a group is to look at, which is kept awake from before: whoever dies in between leaves nothing that nobody looks at. */
  const inSight = async (place: Place, work: () => Promise<boolean>): Promise<boolean> => {
    await groups.wake(place, now() + leaseMs);
    const isDone = await work();
    if (!isDone) return false;
    await groups.wake(place, now());
    await schedule.enable();
    await lookNow(place);
    return true;
  };

  return {
    async add(watch) {
      // Before the watch, so that none is there that its channel does not find.
      await channelWatches.put(watch);
      const result = await addWatch({ watches, groups, schedule }, watch, now());
      const isMine = !result.added && (await watches.revise(watch.id, (found) => takenOver(found, watch)));
      await lookNow(watch);
      if (!isMine) return result;
      return { added: true, watch: (await watches.find(watch.id))?.watch ?? watch };
    },
    find: async (place) => (await watches.find(idOf(place)))?.watch,
    async ofInstance({ team, project, instanceId }) {
      const place = { team, connection: connectionOf(project), project };
      const before = watchIdOf({ ...place, instanceId, channel: "" });
      // Those of one instance stand together, in the order of their ids.
      const { items } = await watches.inGroup(groupIdOf(place), before);
      const ids = items.map(({ id }) => id).filter((id) => id.startsWith(before));
      const found = await Promise.all(ids.map((id) => watches.find(id)));
      return found.flatMap((each) => (each === undefined || each.isClosed || each.watch.only !== undefined ? [] : [each.watch]));
    },
    async ofChannel(channel) {
      const found = await Promise.all((await channelWatches.of(channel)).map((id) => watches.find(id)));
      return found.flatMap((each) => (each === undefined || each.isClosed || each.watch.only !== undefined ? [] : [each.watch]));
    },
    end: (watchId) => watches.remove(watchId),
    async subscribe(subscription) {
      await inSight(subscription, async () => {
        await subscriptions.put(subscription);
        return true;
      });
    },
    subscriptionsOf: (channel) => subscriptions.ofChannel(channel),
    unsubscribe: (subscription) => subscriptions.remove(subscription, subscription.id),
    setQuiet: (channel, quiet) => channels.revise(channel, (state) => withQuiet(state, quiet)),
    async mute(channel, mute) {
      await channels.revise(channel, (state) => {
        const others = (state.mutes ?? []).filter(({ id, until }) => id !== mute.id && now() < until);
        return withMutes(state, [...others, mute]);
      });
    },
    mutesOf: openMutes,
    async unmute(channel, muteId) {
      if (!(await openMutes(channel)).some(({ id }) => id === muteId)) return false;
      await channels.revise(channel, (state) =>
        withMutes(
          state,
          (state.mutes ?? []).filter(({ id }) => id !== muteId),
        ),
      );
      return true;
    },
    async acknowledge(place, by, at) {
      const ack = ({ watch, isClosed }: Found): Watch | undefined => {
        if (!hasFailed(watch)) return undefined;
        const acked: Watch = { ...watch, acked: { by, at } };
        // While its end is being told the outbox is the teller's; it will find out before it closes the watch.
        return isClosed ? { ...withAckShown(acked, now()), version: watch.version + 1 } : acked;
      };
      const connected = { ...place, connection: connectionOf(place.project) };
      return inSight(connected, () => watches.revise(idOf(place), ack));
    },
    snooze: (place, until) =>
      watches.revise(idOf(place), ({ watch, isClosed }) =>
        isClosed || watch.state === "done" ? undefined : { ...watch, snoozedUntil: until },
      ),
    async stopping(place, stop) {
      const mark = ({ watch, isClosed }: Found): Watch | undefined =>
        isClosed || watch.state === "done" || watch.only !== undefined ? undefined : { ...watch, stop };
      const connected = { ...place, connection: connectionOf(place.project) };
      return inSight(connected, () => watches.revise(idOf(place), mark));
    },
    projectOf: (channel) => channelProject.of(channel),
    setProject: (channel, project, by) => channelProject.set(channel, project, by),
  };
}
