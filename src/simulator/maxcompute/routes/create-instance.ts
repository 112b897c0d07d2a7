import type { Call } from "../call.ts";
import { emptyReply, type Reply } from "../reply.ts";
import { scenarioForSql } from "../scenarios/from-sql.ts";
import { scenarios } from "../scenarios/index.ts";
import { remember, type World } from "../world.ts";
import { type Job, readJob } from "./read-job.ts";
import type { Route } from "./route.ts";
import { hostOf } from "./service.ts";

/** 201 with an empty body says that the instance runs on by itself: PyODPS would parse any other body. */
const created = (call: Call, world: World, id: string): Reply =>
  emptyReply(201, { location: `http://${hostOf(call)}/api/projects/${encodeURIComponent(world.project)}/instances/${id}` });

const scenarioOf = ({ kind, sql }: Job): string =>
  kind === "SQLCost" ? "cost" : scenarioForSql(sql, (name) => scenarios.has(name));

// A scenario asked for by name keeps its own length; what the statement alone decides lasts as the settings say.
const keepsItsLength = (scenario: string): boolean =>
  scenarios.get(scenario)?.seeded === true && !["text", "no_result", "syntax"].includes(scenario);

/** `POST /projects/{p}/instances`. The same Guid twice is the same instance. */
export const createInstance: Route = (call, world) => {
  const job = readJob(call.body);
  const known = job.guid === undefined ? undefined : world.store.all().find(({ guid }) => guid === job.guid);
  if (known !== undefined) return created(call, world, known.id);
  const id = world.newInstanceId();
  const scenario = scenarioOf(job);
  remember(world, {
    id,
    project: world.project,
    scenario,
    owner: world.caller,
    quota: "default",
    jobName: job.jobName,
    priority: job.priority,
    sql: job.sql,
    taskName: job.taskName,
    ...(job.guid !== undefined && { guid: job.guid }),
    startedAt: world.clock.now(),
    ...(!keepsItsLength(scenario) && { durationMs: world.settings.sqlDurationMs }),
  });
  return created(call, world, id);
};
