// What the picture shows: a Monday morning in #prod-alerts.
import { join } from "node:path";
import { startMaxComputeSimulator } from "../../src/simulator/maxcompute/index.ts";
import type { ALocalRun, SeenMessage } from "../../test/support/local-run.ts";
import { pass } from "./held-clock.ts";

const channel = "prod-alerts";

/** Lets the simulated MaxCompute begin its work in this folder, and gives its instances by scenario. */
export async function begun(home: string): Promise<Readonly<Record<string, string>>> {
  const { instances, close } = await startMaxComputeSimulator({ stateFile: join(home, "maxcompute.db") });
  await close();
  return instances;
}

/** Plays it to the end, and gives the timestamp of the message whose thread is worth reading. */
export async function play({ type, post }: ALocalRun, instances: Readonly<Record<string, string>>): Promise<string> {
  const say = (user: string, text: string, thread_ts?: string) =>
    post("/sim/slack/message", { user, channel, text, ...(thread_ts === undefined ? {} : { thread_ts }) });
  const isShared = ({ visible_to }: SeenMessage) => visible_to === undefined;

  pass(8 * 60 + 12);
  await say("vic", "The orders import did not arrive. Does anybody know why?");
  pass(41);
  const failure = await type("bob", channel, `status ${instances.failed} --share`, isShared);
  pass(64);
  await say("bob", "The table was renamed on Friday. I am changing the query.", failure.ts);
  pass(35);
  await say("vic", "Thank you! Can it run before ten?", failure.ts);
  pass(22);
  await say("bob", "Yes. I stop the old report first, they share a quota.", failure.ts);
  pass(29);
  await type("bob", channel, `status ${instances.running} --share`, isShared);
  pass(17);
  await type("bob", channel, `stop last --reason "it reads the old table"`);
  return failure.ts;
}
