// "ShardRequested" -> one part of a group that is too large for the tick.
import type { Context, EventBridgeEvent } from "aws-lambda";
import { loadDeployment } from "../src/aws/deployment.ts";
import { unpackShard } from "../src/aws/shard-queue.ts";
import { takeMinute } from "../src/commands/watching/minute.ts";
import type { Schedule } from "../src/watch/index.ts";
import { workOnShard } from "../src/watch/index.ts";
import { openEnginePlace, withEngine } from "./engine.ts";
import { openSealed } from "./open-request.ts";

const place = openEnginePlace(loadDeployment("shard", process.env));
const { log, secrets } = place;

/** What is older the next tick hands out again. */
const staleAfterMs = 60_000;

/** It starts and ends no watching, so the minute rule is not its to switch. */
const refuse = async () => Promise.reject(new Error("the minute rule is not switched from here"));
const notHere: Schedule = { enable: refuse, disable: refuse };

export const handler = async (event: EventBridgeEvent<"ShardRequested", unknown>, context: Context): Promise<void> => {
  const sealed = await openSealed("ShardRequested", event.detail, secrets);
  const shard = unpackShard(sealed?.content);
  if (sealed === undefined || shard === undefined) return log.error("envelope.unopened", { eventId: event.id });
  await withEngine(
    place,
    context,
    () => notHere,
    async ({ ports, connections, deadline }) => {
      const { table, clock } = connections;
      const { id, minute } = shard;
      if (clock.now() - sealed.at > staleAfterMs) return log.info("shard.stale", { shard: id });
      if (!(await takeMinute(table, `shard/${id}`, minute * 60_000))) return log.info("minute.taken", { shard: id });
      await workOnShard(ports, clock.now, deadline, shard);
    },
  );
};
