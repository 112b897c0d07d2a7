import { randomUUID } from "node:crypto";
import type { Deployment } from "../src/aws/deployment.ts";
import type { Secrets } from "../src/aws/secrets.ts";
import { createAudit } from "../src/commands/audit/audit-book.ts";
import type { ClosingPorts } from "../src/commands/close-approvals.ts";
import { createIntents } from "../src/commands/intents.ts";
import type { Log } from "../src/log.ts";
import { createApprovalCards } from "../src/slack/approval-cards.ts";
import { createPace } from "../src/slack/pace.ts";
import { ownSession } from "../src/slack/session-name.ts";
import { type Connections, trailOver } from "./compose.ts";

/** What approvals are closed with, over an invocation's own connections. */
export function closingOver(
  connections: Connections,
  settings: Pick<Deployment, "SLACK_TEAM_ID" | "AUDIT_TABLE" | "AUDIT_DAYS">,
  secrets: Secrets,
  log: Log,
): ClosingPorts {
  const { slack, fetch, clients, table, store, clock } = connections;
  const team = settings.SLACK_TEAM_ID;
  const { now } = clock;
  return {
    intents: createIntents(store, now, randomUUID),
    audit: createAudit({
      trail: trailOver(connections, settings, secrets),
      team,
      store,
      now,
      newId: randomUUID,
      pause: (ms) => new Promise((resolve) => void clock.after(ms, resolve)),
      log,
    }),
    editCard: createApprovalCards({ client: slack, fetch, clock, pace: createPace(table, now, team) }),
    maxcompute: (project) => clients(project, ownSession),
    now,
    log,
  };
}
