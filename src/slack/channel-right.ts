// How much of what is watched a channel may read: asked before each post, remembered for ten minutes.
import type { Channel } from "../watch/index.ts";

export type ChannelRight =
  | "everything"
  /** But for the service's own words about a failure, which may quote data. */
  | "no errors"
  | "nothing";

export type ChannelRights = (channel: Channel, project: string) => Promise<ChannelRight>;

const rememberedMs = 10 * 60_000;
const mostRemembered = 1_000;

/** The same, not asked more often than every ten minutes for a channel and a project. */
export function rememberRights(ask: ChannelRights, now: () => number): ChannelRights {
  const known = new Map<string, { readonly right: ChannelRight; readonly until: number }>();
  return async (channel, project) => {
    const id = `${channel.team}/${channel.channel}/${project}`;
    const found = known.get(id);
    if (found !== undefined && found.until > now()) return found.right;
    const right = await ask(channel, project);
    if (known.size >= mostRemembered) known.clear();
    known.set(id, { right, until: now() + rememberedMs });
    return right;
  };
}
