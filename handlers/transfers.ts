import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { createTransferQueue } from "../src/aws/eventbridge-queue.ts";
import type { Secrets } from "../src/aws/secrets.ts";
import type { TransferQueue } from "../src/commands/request.ts";
import { clock } from "./compose.ts";

/** Hands transfers on over the private bus. */
export const transfersOver = (bus: string, secrets: Secrets): TransferQueue => {
  const client = new EventBridgeClient({ maxAttempts: 1, requestHandler: { connectionTimeout: 1_000 } });
  return createTransferQueue({ client, bus, sealKey: () => secrets.value("seal-key"), now: clock.now });
};
