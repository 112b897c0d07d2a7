import type { Call } from "../call.ts";
import { jsonReply, type Reply } from "../reply.ts";
import type { Found, World } from "../world.ts";
import { namedTask } from "./progress.ts";

const silentMs = 30_000;

/** `?instancequota` (protocol section 7.6): what the task holds of its quota; nothing when asked again within 30 s. */
export const quota = (call: Call, found: Found, world: World): Reply => {
  const task = namedTask(call, found, "instancequota");
  const { quotaAskedAt } = world.memory;
  const key = `${found.record.id} ${task.name}`;
  const now = world.clock.now();
  if (now - (quotaAskedAt.get(key) ?? Number.NEGATIVE_INFINITY) < silentMs) return jsonReply({});
  quotaAskedAt.set(key, now);
  const running = task.stages.reduce((sum, stage) => sum + stage.runningWorkers, 0);
  const wanted = task.stages.reduce((sum, stage) => sum + stage.totalWorkers - stage.terminatedWorkers, 0);
  return jsonReply({
    quotaName: found.record.quota,
    cpuUsed: running * 100,
    cpuWanted: wanted * 100,
    cpuMax: 50_000,
    memUsed: running * 1_024,
    memWanted: wanted * 1_024,
    memMax: 1_048_576,
  });
};
