import { randomUUID } from "node:crypto";
import type { ClosingPorts } from "../src/commands/close-approvals.ts";
import { createIntents } from "../src/commands/intents.ts";
import type { Log } from "../src/log.ts";
import { createApprovalCards } from "../src/slack/approval-cards.ts";
import { createPace } from "../src/slack/pace.ts";
import { ownSession } from "../src/slack/session-name.ts";
import type { Connections } from "./compose.ts";

/** What approvals are closed with, over an invocation's own connections. */
export function closingOver(connections: Connections, teamId: string, log: Log): ClosingPorts {
  const { slack, fetch, clients, table, store, clock } = connections;
  return {
    intents: createIntents(store, clock.now, randomUUID),
    editCard: createApprovalCards({ client: slack, fetch, clock, pace: createPace(table, clock.now, teamId) }),
    maxcompute: (project) => clients(project, ownSession),
    now: clock.now,
    log,
  };
}
