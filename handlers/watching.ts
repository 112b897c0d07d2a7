import { randomUUID } from "node:crypto";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { Deployment } from "../src/aws/deployment.ts";
import { createLookQueue } from "../src/aws/look-queue.ts";
import { createEnabling } from "../src/aws/schedule.ts";
import type { Secrets } from "../src/aws/secrets.ts";
import { connection } from "../src/commands/watch-book.ts";
import { createWatchBook } from "../src/commands/watching/watch-book.ts";
import type { Log } from "../src/log.ts";
import type { Place } from "./compose.ts";

/** The minute rule rests when the tick finds nothing to do, and at no other time. */
const disable = async () => Promise.reject(new Error("the minute rule is not switched off from here"));

type Settings = Pick<Deployment, "PRIVATE_BUS" | "MINUTE_RULE">;

/** Starts and ends watches: the engine follows them in `tick` and `hot`. */
export function watchingOver(settings: Settings, secrets: Secrets, log: Log): NonNullable<Place["watching"]> {
  const { PRIVATE_BUS: bus, MINUTE_RULE: rule } = settings;
  // Everything that is asked of it may be asked twice.
  const client = new EventBridgeClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  });
  return ({ table, clock: { now } }, stores) =>
    createWatchBook({
      ...stores,
      schedule: { enable: createEnabling({ client, rule, store: table, now, isTrusted: true }), disable },
      lookNow: createLookQueue({ client, bus, sealKey: () => secrets.value("seal-key"), now, newId: randomUUID, log }),
      now,
      connectionOf: () => connection,
    });
}
