import type { Announcement } from "../announcement.ts";
import type { Channel, ChannelState } from "../channel.ts";
import type { Channels } from "../ports.ts";
import { type Route, routeOf, withPost } from "../quiet.ts";
import { isSilenced } from "../silence.ts";
import type { Watch } from "../watch.ts";

/** Fewer replies than these bring no fold nearer that a reader would miss: not worth a write for every channel in which one thing ended. */
const worthCounting = 3;

/** The channels of one tick: each read once, and what was posted counted in memory and written once. */
export type Desks = {
  /** "card-only" for what the channel is spared: the card says it. */
  route(watch: Watch, announcement: Announcement, now: number): Promise<Route | { readonly kind: "card-only" }>;
  /** Writes down how much was posted, so that the next tick counts on. */
  close(): Promise<void>;
};

export function openDesks(channels: Channels): Desks {
  const states = new Map<string, Promise<ChannelState>>();
  const posts = new Map<string, readonly number[]>();
  const stateOf = (channel: Channel): Promise<ChannelState> => {
    const id = `${channel.team}/${channel.channel}`;
    const known = states.get(id);
    if (known !== undefined) return known;
    const read = channels.state(channel);
    states.set(id, read);
    return read;
  };
  return {
    async route(watch, announcement, now) {
      const { team, instanceId, thread, seen, snoozedUntil } = watch;
      const channel = { team, channel: thread.channel };
      const id = `${channel.team}/${channel.channel}`;
      const { quiet, recent, mutes = [] } = await stateOf(channel);
      if (isSilenced(announcement, { instanceId, jobName: seen?.jobName, snoozedUntil }, mutes, now))
        return { kind: "card-only" };
      const counted = posts.get(id) ?? recent;
      const route = routeOf(announcement, { quiet, recent: counted }, now);
      if (route.kind === "post" && announcement.to === "thread") posts.set(id, withPost(counted, now));
      return route;
    },
    async close() {
      for (const [id, recent] of posts) {
        const state = recent.length < worthCounting ? undefined : await states.get(id);
        // Somebody else's write in between wins: then a few posts are not counted, which folds a little later.
        if (state !== undefined) await channels.save({ ...state, recent: [...recent] });
      }
    },
  };
}
