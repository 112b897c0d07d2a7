// The minute rule, and every 15 minutes the heartbeat -> whatever is due.
import type { Context } from "aws-lambda";
import { loadDeployment } from "../src/aws/deployment.ts";
import { createSchedule } from "../src/aws/schedule.ts";
import { takeMinute } from "../src/commands/watching/minute.ts";
import { tick } from "../src/watch/index.ts";
import { openEnginePlace, withEngine } from "./engine.ts";
import { tendOver } from "./submissions.ts";

const settings = loadDeployment("tick", process.env);
const place = openEnginePlace(settings);
const { events: client, log } = place;

/** What the rules give: which of them it was. When it was they do not have to say. */
type Call = { readonly call: "tick" | "heartbeat" };

export const handler = async ({ call }: Call, context: Context): Promise<void> =>
  withEngine(
    place,
    context,
    ({ table, clock }) =>
      createSchedule({ client, rule: settings.MINUTE_RULE, store: table, now: clock.now, isTrusted: call !== "heartbeat" }),
    async ({ ports, connections, deadline }) => {
      const { table, clock } = connections;
      if (!(await takeMinute(table, call, clock.now()))) return log.info("minute.taken", { call });
      const tended = tendOver(connections, settings.SLACK_TEAM_ID, ports.schedule, log);
      await tick(ports, clock.now, deadline);
      await tended;
    },
  );
