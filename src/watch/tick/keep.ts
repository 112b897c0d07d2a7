import type { Announcement } from "../announcement.ts";
import { eventIdOf, type PublicEvent } from "../events.ts";
import { type Evidence, evidenceOf } from "../evidence.ts";
import { jobOf, p90Of, type Run, streakOf } from "../history.ts";
import { newRecord, withFacts } from "../instance-record.ts";
import type { Seen, Usual } from "../observation.ts";
import { sightOf } from "../sight.ts";
import { groupIdOf, type Place } from "../watch.ts";
import type { Shift } from "./shift.ts";

/** A write that lost against another's is made again on what the other wrote. */
const mostTries = 5;

async function save(
  shift: Shift,
  place: Place,
  instanceId: string,
  evidence: Evidence | undefined,
  events: readonly PublicEvent[],
) {
  const { instances } = shift.ports;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const record = (await instances.get(place, instanceId)) ?? newRecord(place, instanceId);
    const next = withFacts(record, evidence, events);
    if (next === record || (await instances.save(next))) return;
  }
}

/** Keeps what an instance left behind and counts it among the runs of its job, before any watch says that it ended. */
export async function keepEnd(shift: Shift, place: Place, seen: Seen): Promise<Usual | undefined> {
  const { instance, failure, jobName } = seen;
  const { outcome, startTime, endTime, at } = sightOf(seen);
  const finished: PublicEvent = {
    type: "InstanceFinished",
    id: eventIdOf(place, instance.id, "finished"),
    at,
    team: place.team,
    connection: place.connection,
    project: place.project,
    instanceId: instance.id,
    outcome,
    ...(instance.owner === undefined ? {} : { owner: instance.owner }),
    ...(jobName === undefined ? {} : { jobName }),
    ...(startTime === undefined ? {} : { startTime }),
    ...(endTime === undefined ? {} : { endTime }),
    ...(failure?.code === undefined ? {} : { errorCode: failure.code }),
  };
  await save(shift, place, instance.id, evidenceOf(seen, at), [finished]);
  if (jobName === undefined) return undefined;
  const run: Run = {
    instanceId: instance.id,
    outcome,
    endedAt: endTime ?? at,
    ...(startTime === undefined ? {} : { durationMs: (endTime ?? at) - startTime }),
    ...(failure?.code === undefined ? {} : { code: failure.code }),
  };
  const job = jobOf(groupIdOf(place), jobName);
  const p90Ms = p90Of(await shift.ports.histories.get(job));
  const history = await shift.ports.histories.add(job, run);
  return { p90Ms, streak: streakOf(history, run) };
}

const progressed = (place: Place, instanceId: string, announcement: Announcement): PublicEvent[] => {
  const { kind } = announcement;
  if (kind !== "started" && kind !== "milestone") return [];
  const { team, connection, project } = place;
  const percent = kind === "milestone" ? { percent: announcement.percent } : {};
  const id = eventIdOf(place, instanceId, announcement.key);
  return [{ type: "InstanceProgressed", id, at: announcement.at, team, connection, project, instanceId, what: kind, ...percent }];
};

/** Progress that others may want to hear of. */
export async function keepProgress(
  shift: Shift,
  place: Place,
  instanceId: string,
  announcements: readonly Announcement[],
): Promise<void> {
  const events = announcements.flatMap((announcement) => progressed(place, instanceId, announcement));
  if (events.length > 0) await save(shift, place, instanceId, undefined, events);
}
