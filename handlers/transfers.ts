import { createTransferQueue } from "../src/aws/eventbridge-queue.ts";
import type { Secrets } from "../src/aws/secrets.ts";
import type { TransferQueue } from "../src/commands/request.ts";
import { awsCall, clock } from "./compose.ts";

/** Hands transfers on over the private bus. */
export const transfersOver = (bus: string, secrets: Secrets): TransferQueue =>
  createTransferQueue({ call: awsCall, bus, sealKey: () => secrets.value("seal-key"), now: clock.now });
