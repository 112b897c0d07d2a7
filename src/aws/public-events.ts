// What happened to instances, for whoever has a rule on the public bus. docs/events.md tells them what to expect.
import { type EventBridgeClient, PutEventsCommand, type PutEventsResultEntry } from "@aws-sdk/client-eventbridge";
import type { Log } from "../log.ts";
import type { PublicEvent, PublicEvents } from "../watch/index.ts";
import { eventSource } from "./eventbridge-queue.ts";

/** Grows when a reader of the version before would misread an event; a new field alone is no new version. */
export const eventSchema = 1;

/** Each is its event's detail-type. */
export const publicEventTypes = ["InstanceFinished", "InstanceProgressed"] as const satisfies readonly PublicEvent["type"][];

/** As many entries as one PutEvents takes. */
const mostEntries = 10;

export type PublicEventsPorts = {
  readonly client: Pick<EventBridgeClient, "send">;
  readonly bus: string;
  readonly log: Pick<Log, "warn">;
};

export function createPublicEvents({ client, bus, log }: PublicEventsPorts): PublicEvents {
  const entryOf = ({ type, ...facts }: PublicEvent) => ({
    EventBusName: bus,
    Source: eventSource,
    DetailType: type,
    Detail: JSON.stringify({ schema: eventSchema, ...facts }),
  });
  const put = async (events: readonly PublicEvent[]): Promise<readonly PutEventsResultEntry[]> =>
    (await client.send(new PutEventsCommand({ Entries: events.map(entryOf) }))).Entries ?? [];
  return {
    async put(events) {
      if (events.length > mostEntries) throw new RangeError(`${mostEntries} events may be put at once, not ${events.length}`);
      if (events.length === 0) return [];
      const results = await put(events).catch((error: unknown): readonly PutEventsResultEntry[] => {
        // The bus may have taken them: they come again, and a reader drops by its id what it has.
        log.warn("events.unanswered", { count: events.length, error });
        return [];
      });
      // In the order of what was put; one may be refused inside a successful answer.
      const refused = events.flatMap(({ id }, index) => (results[index]?.EventId === undefined ? [id] : []));
      const codes = results.flatMap(({ ErrorCode }) => ErrorCode ?? []);
      if (codes.length > 0) log.warn("events.refused", { codes });
      return refused;
    },
  };
}
