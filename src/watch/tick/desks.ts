import type { Announcement } from "../announcement.ts";
import type { Channel, ChannelState } from "../channel.ts";
import type { Channels } from "../ports.ts";
import { type Route, routeOf, withPost } from "../quiet.ts";

/** The channels of one tick: each read once, and what was posted counted in memory and written once. */
export type Desks = {
  route(channel: Channel, announcement: Announcement, now: number): Promise<Route>;
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
    async route(channel, announcement, now) {
      const id = `${channel.team}/${channel.channel}`;
      const { quiet, recent } = await stateOf(channel);
      const counted = posts.get(id) ?? recent;
      const route = routeOf(announcement, { quiet, recent: counted }, now);
      if (route.kind === "post" && announcement.to === "thread") posts.set(id, withPost(counted, now));
      return route;
    },
    async close() {
      for (const [id, recent] of posts) {
        const state = await states.get(id);
        // Somebody else's write in between wins: then a few posts are not counted, which folds a little later.
        if (state !== undefined) await channels.save({ ...state, recent: [...recent] });
      }
    },
  };
}
