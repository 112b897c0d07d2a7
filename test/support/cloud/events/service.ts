// EventBridge: buses take events, rules match them, schedules make them.
import type { Chance, Chaos } from "../chance.ts";
import type { Metrics } from "../metrics.ts";
import type { Place, Resource } from "../template/template.ts";
import type { Work } from "../work.ts";
import { createDelivery, type DeliverOptions } from "./deliver.ts";
import { type BusEvent, isoSeconds } from "./event.ts";
import { matchesPattern } from "./pattern.ts";
import { busOf, type EntryResult, eventOf, type PutEntry, refusalOf } from "./put-events.ts";
import { type Bus, type Rule, readBuses, readRules } from "./rules.ts";
import { nextFiring } from "./schedule.ts";

export type EventsOptions = Pick<DeliverOptions, "hand" | "deadLetter"> & {
  readonly resources: readonly Resource[];
  readonly place: Place;
  readonly work: Work;
  readonly chance: Chance;
  readonly chaos: Chaos;
  readonly metrics: Metrics;
};

export function createEvents(options: EventsOptions) {
  const { resources, place, work, chance, chaos } = options;
  const buses = readBuses(resources, place);
  const rules = readRules(resources, buses);
  const enabled = new Map(rules.map((rule) => [rule.logicalId, rule.isEnabled]));
  const deliver = createDelivery(options);
  const taken: { bus: string; event: BusEvent }[] = [];
  const startedAt = work.now();

  function publish(bus: string, event: BusEvent): void {
    taken.push({ bus, event });
    const matching = rules.filter(
      (rule) =>
        rule.bus === bus && enabled.get(rule.logicalId) && rule.pattern !== undefined && matchesPattern(rule.pattern, event),
    );
    deliver(matching, event);
  }

  function fire(rule: Rule): void {
    const common = { version: "0", id: chance.uuid(), account: place.account, region: place.region } as const;
    const time = isoSeconds(work.now());
    const event = { ...common, "detail-type": "Scheduled Event", source: "aws.events", time, resources: [rule.arn], detail: {} };
    if (enabled.get(rule.logicalId)) deliver([rule], event);
  }

  function schedule(rule: Rule): void {
    const next = nextFiring(rule.schedule ?? "", startedAt, work.now());
    if (next === undefined) return;
    work.after(next - work.now(), async () => {
      fire(rule);
      schedule(rule);
    });
  }
  for (const rule of rules.filter(({ schedule: expression }) => expression !== undefined)) schedule(rule);

  return {
    bus: (named: string): Bus | undefined => buses.find(({ name, logicalId, arn }) => [name, logicalId, arn].includes(named)),
    rules,
    /** What every bus took, in order. */
    events: (): readonly { readonly bus: string; readonly event: BusEvent }[] => [...taken],
    /** Takes entries whose callers may put them; gives each entry's result, in order. */
    put(entries: readonly PutEntry[], replayName?: string): readonly EntryResult[] {
      const accepted: { bus: string; event: BusEvent }[] = [];
      const results = entries.map((entry): EntryResult => {
        const refused = refusalOf(
          entry,
          buses.map(({ name }) => name),
        );
        if (refused !== undefined) return refused;
        const event = eventOf(entry, chance.uuid(), place, work.now());
        accepted.push({ bus: busOf(entry), event: replayName === undefined ? event : { ...event, "replay-name": replayName } });
        return { EventId: event.id };
      });
      for (const { bus, event } of chaos.disorder ? chance.shuffled(accepted) : accepted) publish(bus, event);
      return results;
    },
    setEnabled(rule: Rule, isEnabled: boolean): void {
      enabled.set(rule.logicalId, isEnabled);
    },
    isEnabled: (rule: Rule): boolean => enabled.get(rule.logicalId) ?? false,
  };
}

export type Events = ReturnType<typeof createEvents>;
