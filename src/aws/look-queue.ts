// The first look at a new watch is asked for over the private bus: whoever started it does not wait for the next minute.
import * as z from "zod/mini";
import type { Log } from "../log.ts";
import type { Place } from "../watch/index.ts";
import { putSealed, type QueuePorts } from "./eventbridge-queue.ts";

/** What a LookRequested holds. */
export const Look = z.object({ team: z.string(), connection: z.string(), project: z.string() });

export type LookQueuePorts = QueuePorts & { newId(): string; readonly log: Pick<Log, "warn"> };

/** Asks for a look at what is new in a place. Never throws: without it the next tick looks, within a minute. */
export const createLookQueue =
  (ports: LookQueuePorts) =>
  async ({ team, connection, project }: Place): Promise<void> => {
    try {
      await putSealed(ports, "LookRequested", ports.newId(), ports.now(), { team, connection, project });
    } catch (error) {
      ports.log.warn("look.not_asked_for", { error });
    }
  };
