// Who may do what, over an invocation's own connections.
import type { RightsDesk } from "../src/commands/rights/desk.ts";
import { createRightsDesk } from "../src/commands/rights/desk.ts";
import type { Policy } from "../src/commands/rights/policy.ts";
import type { PolicyBook } from "../src/commands/rights/policy-book.ts";
import { createPolicyBook } from "../src/commands/rights/policy-book.ts";
import { createDirectory, createDirectoryMemory } from "../src/slack/directory.ts";
import type { Connections } from "./compose.ts";

/** What Slack said of people and channels outlives an invocation, for eight minutes. */
const remember = createDirectoryMemory(Date.now);

export function rightsOver(
  { slack, store, clock }: Pick<Connections, "slack" | "store" | "clock">,
  teamId: string,
  fixed: Policy,
): { readonly policyBook: PolicyBook; readonly rights: RightsDesk } {
  const policyBook = createPolicyBook({ store, now: clock.now, fixed });
  return { policyBook, rights: createRightsDesk(policyBook, createDirectory({ client: slack, teamId, remember, clock })) };
}
