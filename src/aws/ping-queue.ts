// A ping goes the way of a command: over the private bus, by the same rule, to the same function.
import * as z from "zod/mini";
import { putSealed, type QueuePorts } from "./eventbridge-queue.ts";

/** What a PingRequested holds. */
export const Ping = z.object({ id: z.string() });

/** Sends a ping; what it resolves for is on the bus. Throws like the queue of commands. */
export const createPingQueue =
  (ports: QueuePorts) =>
  (id: string): Promise<void> =>
    putSealed(ports, "PingRequested", id, ports.now(), { id });
