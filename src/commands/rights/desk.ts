// Puts together what is known of a request's person and place with the policy in force.
import { UserError } from "../errors.ts";
import type { Caller } from "../request.ts";
import type { Role } from "../roles.ts";
import type { Directory } from "./directory.ts";
import type { Policy, Where } from "./policy.ts";
import { groupsIn, roleOfPerson } from "./policy.ts";
import type { PolicyBook } from "./policy-book.ts";
import type { Rights } from "./rights.ts";
import { createRights } from "./rights.ts";

export type Place = { readonly channel: string; readonly direct: boolean };

/** Answers who may do what. Whatever it cannot find out it throws: nobody has a right that was not looked up. */
export type RightsDesk = {
  of(caller: Caller, place: Place): Promise<Rights>;
  policy(team: string): Promise<Policy>;
  /** What somebody would have by another policy, wherever they are. */
  roleBy(policy: Policy, caller: Caller, project: string): Promise<Role | undefined>;
  /** Some of those who are in a user group, twenty at most. */
  membersOf(group: string): Promise<readonly string[]>;
  /** How much a channel may read of a project: what rule 28 asks before each announcement. */
  ofChannel(team: string, channel: string): Promise<{ readonly policy: Policy; readonly where: Where }>;
};

/** Each is asked for by a call of its own. */
const mostMembers = 20;

export function createRightsDesk(book: Pick<PolicyBook, "read">, directory: Directory): RightsDesk {
  const policyOf = async (team: string) => (await book.read(team)).map(({ line }) => line);
  const whereIs = async (team: string, { channel, direct }: Place): Promise<Where> =>
    direct ? { kind: "direct" } : { kind: "channel", id: channel, isShared: await directory.isShared(team, channel) };
  return {
    async of(caller, place) {
      const policy = await policyOf(caller.team);
      const [asker, where] = await Promise.all([directory.askerOf(caller, groupsIn(policy)), whereIs(caller.team, place)]).catch(
        (cause: unknown) => {
          throw unknown(cause);
        },
      );
      return createRights(policy, asker, where);
    },
    policy: policyOf,
    async roleBy(policy, caller, project) {
      const asker = await directory.askerOf(caller, groupsIn(policy)).catch((cause: unknown) => {
        throw unknown(cause);
      });
      return asker.kind === "member" ? roleOfPerson(policy, asker, project) : undefined;
    },
    async membersOf(group) {
      const members = await directory.membersOf(group).catch((cause: unknown) => {
        throw unknown(cause);
      });
      return members.slice(0, mostMembers);
    },
    async ofChannel(team, channel) {
      const [policy, where] = await Promise.all([policyOf(team), whereIs(team, { channel, direct: false })]);
      return { policy, where };
    },
  };
}

/** Nobody acts on a guess about who they are. */
const unknown = (cause: unknown): UserError =>
  new UserError(
    "Slack does not tell me who you are or where this is, so I do nothing.",
    { tone: "trouble", next: "Try again in a minute. If it lasts, `doctor` says which permission of mine is missing." },
    { cause },
  );
