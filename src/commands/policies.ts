import type { Policy } from "./roles.ts";

/**
 * Who may do what in a workspace for now: everybody in it may look, and nobody may act unless they are named as operators. People of
 * other workspaces, who meet the bot in shared channels, may do nothing.
 */
export const namedOperators = (teamId: string, operators: readonly string[]): Policy => ({
  roleOf: ({ team, user }) => (team !== teamId ? undefined : operators.includes(user) ? "operator" : "viewer"),
});
