// The minute rule, and every 15 minutes the heartbeat -> whatever is due among the watches, and the cards of approvals that are over, and what was submitted.
import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";
import { loadDeployment } from "../src/aws/deployment.ts";
import { createEventBridgeQueue } from "../src/aws/eventbridge-queue.ts";
import { createSchedule } from "../src/aws/schedule.ts";
import { createShardQueue } from "../src/aws/shard-queue.ts";
import { closeApprovals } from "../src/commands/close-approvals.ts";
import { createSubmissions } from "../src/commands/running/submissions.ts";
import { takeMinute } from "../src/commands/watching/minute.ts";
import { tick } from "../src/watch/index.ts";
import { closingOver } from "./closing.ts";
import { openEnginePlace, withEngine } from "./engine.ts";
import { restingOnceTended, tendOver } from "./submissions.ts";

const settings = loadDeployment("tick", process.env);
const place = openEnginePlace(settings);
const { events: client, secrets, log } = place;

/** What the rules give: which of them it was. When it was they do not have to say. */
type Call = { readonly call: "tick" | "heartbeat" };

const busAt = (now: () => number) => ({ client, bus: settings.PRIVATE_BUS, sealKey: () => secrets.value("seal-key"), now });

export const handler = async ({ call }: Call, context: Context): Promise<void> =>
  withEngine(
    place,
    context,
    ({ table, clock, store }) =>
      restingOnceTended(
        createSchedule({ client, rule: settings.MINUTE_RULE, store: table, now: clock.now, isTrusted: call !== "heartbeat" }),
        createSubmissions(store, clock.now),
      ),
    async ({ ports, connections, deadline }) => {
      const { table, clock } = connections;
      if (!(await takeMinute(table, call, clock.now()))) return log.info("minute.taken", { call });
      // Side by side, so that neither waits for what Slack keeps the other waiting for. What is left open is tried again.
      const closing = closeApprovals(closingOver(connections, settings, secrets, log)).catch((error: unknown) =>
        log.error("approvals.not_closed", { error }),
      );
      const bus = busAt(clock.now);
      const tended = tendOver(connections, settings.SLACK_TEAM_ID, ports.schedule, createEventBridgeQueue(bus), log);
      try {
        await tick({ ...ports, shards: createShardQueue({ ...bus, newId: randomUUID, log }) }, clock.now, deadline);
      } finally {
        await Promise.all([closing, tended]);
      }
    },
  );
