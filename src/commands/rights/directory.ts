import type { Caller } from "../request.ts";
import type { Asker } from "./rights.ts";

/** Who and what is in the workspace, as the platform says. Throws when it does not. */
export type Directory = {
  /** Somebody, and which of `groups` they are in. */
  askerOf(caller: Caller, groups: readonly string[]): Promise<Asker>;
  /** Ids of those who are in a user group; of one that is gone, nobody. */
  membersOf(group: string): Promise<readonly string[]>;
  /** Whether another workspace or organisation reads a channel, too; also said of one that cannot be looked at. */
  isShared(team: string, channel: string): Promise<boolean>;
};
