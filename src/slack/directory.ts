// Who and what is in the workspace, as Slack says: users.info, usergroups.users.list and conversations.info, each remembered for eight
// minutes (Slack facts section 3). What Slack does not say, or not in time, is thrown, not guessed.
import type { WebClient } from "@slack/web-api";
import type { Clock } from "../bot.ts";
import { inTime } from "../commands/in-time.ts";
import type { Caller } from "../commands/request.ts";
import type { Directory } from "../commands/rights/directory.ts";
import type { Asker, Refused } from "../commands/rights/rights.ts";
import { errorOf } from "./outlet.ts";

type Member = { readonly kind: "member" } | { readonly kind: "refused"; readonly why: Refused };

/** What was asked before, kept for eight minutes: shared by all invocations of a process. */
export type DirectoryMemory = <T>(key: string, ask: () => Promise<T>) => Promise<T>;

const rememberedMs = 8 * 60_000;
const mostRemembered = 5_000;

export function createDirectoryMemory(now: () => number): DirectoryMemory {
  const known = new Map<string, { readonly answer: Promise<unknown>; readonly until: number }>();
  return <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const found = known.get(key);
    if (found !== undefined && found.until > now()) return found.answer as Promise<T>;
    if (known.size >= mostRemembered) known.clear();
    const answer = ask();
    known.set(key, { answer, until: now() + rememberedMs });
    // What failed is asked again by whoever comes next.
    answer.catch(() => known.delete(key));
    return answer;
  };
}

type Ports = {
  readonly client: WebClient;
  /** The workspace that the bot serves. */
  readonly teamId: string;
  readonly remember: DirectoryMemory;
  readonly clock: Pick<Clock, "after">;
};

/** A command waits no longer for Slack to say who and where; what Slack says later serves the next one. */
const waitsMs = 2_000;

/** Conversations that the bot cannot see: who reads them nobody tells it. */
const unseen: ReadonlySet<string> = new Set(["channel_not_found", "not_in_channel", "missing_scope"]);

export function createDirectory({ client, teamId, remember: kept, clock }: Ports): Directory {
  const remember = async <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const answer = await inTime(kept(key, ask), waitsMs, clock);
    if (answer === undefined) throw new Error(`Slack did not say in time about ${key}`);
    return answer;
  };
  const memberOf = (user: string): Promise<Member> =>
    remember(`user/${user}`, async () => {
      const { user: found } = await client.users.info({ user });
      if (found === undefined) throw new Error("Slack did not say who that is");
      const refused = (why: Refused): Member => ({ kind: "refused", why });
      if (found.team_id !== undefined && found.team_id !== teamId && found.enterprise_user?.teams?.includes(teamId) !== true)
        return refused("outsider");
      if (found.is_stranger === true) return refused("outsider");
      if (found.deleted === true) return refused("gone");
      if (found.is_bot === true || found.is_workflow_bot === true || user === "USLACKBOT") return refused("bot");
      if (found.is_restricted === true || found.is_ultra_restricted === true) return refused("guest");
      return { kind: "member" };
    });

  /** Members of a user group; of one that is gone, nobody. */
  const usersOf = (group: string): Promise<ReadonlySet<string>> =>
    remember(`group/${group}`, async () => {
      try {
        const { users = [] } = await client.usergroups.users.list({ usergroup: group });
        return new Set(users);
      } catch (error) {
        if (errorOf(error) === "no_such_subteam") return new Set();
        throw error;
      }
    });

  return {
    async askerOf({ team, user }: Caller, groups): Promise<Asker> {
      if (team !== teamId) return { kind: "refused", why: "outsider" };
      const [member, isIn] = await Promise.all([
        memberOf(user),
        Promise.all(groups.map(async (group) => (await usersOf(group)).has(user))),
      ]);
      if (member.kind === "refused") return member;
      return { kind: "member", id: user, groups: groups.filter((_, index) => isIn[index] === true) };
    },
    membersOf: async (group) => [...(await usersOf(group))],
    isShared: (_team, channel) =>
      remember(`channel/${channel}`, async () => {
        try {
          const { channel: found } = await client.conversations.info({ channel });
          if (found === undefined) throw new Error("Slack did not say what that channel is");
          // Of other workspaces of one's own organisation, too: who is in them this workspace does not decide.
          const { is_shared, is_org_shared, is_ext_shared, is_pending_ext_shared } = found;
          return [is_shared, is_org_shared, is_ext_shared, is_pending_ext_shared].includes(true);
        } catch (error) {
          if (unseen.has(errorOf(error))) return true;
          throw error;
        }
      }),
  };
}
