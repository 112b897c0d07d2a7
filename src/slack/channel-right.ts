// How much of what is watched a channel may read: asked before each post, remembered for two minutes.
import type { RightsDesk } from "../commands/rights/desk.ts";
import { roleOfPlace } from "../commands/rights/policy.ts";
import { allows } from "../commands/roles.ts";
import type { Channel } from "../watch/index.ts";

export type ChannelRight =
  | "everything"
  /** But for the service's own words about a failure, which may quote data. */
  | "no errors"
  | "nothing";

/** Who reads it: everybody in a channel, or this one person. */
export type Readers = Channel & { readonly person?: string };

export type ChannelRights = (readers: Readers, project: string) => Promise<ChannelRight>;

/** With the eight minutes for which what Slack says is believed, what a channel is told is judged by nothing older than ten (production rule 28). */
const rememberedMs = 2 * 60_000;
const mostRemembered = 1_000;

/** The same, not asked more often than every two minutes for a channel and a project. */
export function rememberRights(ask: ChannelRights, now: () => number): ChannelRights {
  const known = new Map<string, { readonly right: ChannelRight; readonly until: number }>();
  return async (readers, project) => {
    const id = `${readers.team}/${readers.channel}/${readers.person ?? ""}/${project}`;
    const found = known.get(id);
    if (found !== undefined && found.until > now()) return found.right;
    const right = await ask(readers, project);
    if (known.size >= mostRemembered) known.clear();
    known.set(id, { right, until: now() + rememberedMs });
    return right;
  };
}

/**
 * As the policy says: a channel in which nobody may look at a project hears nothing of it, and one that another organisation reads
 * hears no words that may quote data. Where one person reads alone, it is their own right that counts.
 */
export const channelRights =
  (desk: Pick<RightsDesk, "of" | "ofChannel">): ChannelRights =>
  async ({ team, channel, person }, project) => {
    if (person !== undefined) {
      const rights = await desk.of({ team, user: person }, { channel, direct: true });
      return rights.may("read", project) ? "everything" : "nothing";
    }
    const { policy, where } = await desk.ofChannel(team, channel);
    if (!allows(roleOfPlace(policy, where, project), "read")) return "nothing";
    return where.kind === "channel" && where.isShared ? "no errors" : "everything";
  };
