import type { Call } from "../call.ts";
import { conflict, Refusal } from "../errors.ts";
import { childAt } from "../read-xml.ts";
import { emptyReply, type Reply } from "../reply.ts";
import { scenarioForSql } from "../scenarios/from-sql.ts";
import { scenarios } from "../scenarios/index.ts";
import { parseException } from "../scenarios/syntax-error.ts";
import { findInstance, remember, type World } from "../world.ts";
import { createXflow } from "./create-xflow.ts";
import { type Job, readBody, readJob } from "./read-job.ts";
import type { Route } from "./route.ts";
import { hostOf } from "./service.ts";
import { results } from "./tasks.ts";

/** 201 with an empty body says that the instance runs on by itself: PyODPS would parse any other body. */
const created = (call: Call, world: World, id: string): Reply => emptyReply(201, { location: locationOf(call, world, id) });

const locationOf = (call: Call, { project }: World, id: string): string =>
  `http://${hostOf(call)}/api/projects/${encodeURIComponent(project)}/instances/${id}`;

/** 200 with the results says that the instance is over, and that there is nothing to wait for (protocol section 11). */
const finished = (call: Call, world: World, id: string): Reply => {
  const reply = results(call, findInstance(world, id));
  return { ...reply, headers: { ...reply.headers, location: locationOf(call, world, id) } };
};

const scenarioOf = ({ kind, sql }: Job): string =>
  kind === "SQLCost" ? "cost" : scenarioForSql(sql, (name) => scenarios.has(name) && scenarios.get(name)?.flow === undefined);

// A scenario asked for by name keeps its own length; what the statement alone decides lasts as the settings say.
const keepsItsLength = (scenario: string): boolean =>
  !["select", "missing_table", "cost", "text", "no_result", "syntax"].includes(scenario);

// `select /* sync */ 1` is answered at once, whatever the caller asked for.
const marker = /\/\*\s*sync\s*\*\//i;

const isSync = (call: Call, { kind, sql }: Job, scenario: string): boolean =>
  !keepsItsLength(scenario) && (marker.test(sql) || (kind === "SQL" && call.query.has("tryWait")));

/** The id that a Guid already has. Throws a Refusal when the settings say that the second submission is a conflict. */
const knownBy = (guid: string | undefined, world: World): string | undefined => {
  const known = guid === undefined ? undefined : world.store.all().find((record) => record.guid === guid);
  if (known === undefined) return undefined;
  if (world.settings.sameGuid === "conflict")
    throw conflict(`an instance with the Guid ${guid} was submitted before: ${known.id}`, 1);
  return known.id;
};

const createSql = (call: Call, job: Job, world: World): string => {
  const id = world.newInstanceId();
  const scenario = scenarioOf(job);
  if (world.settings.syntaxErrorsAt === "submission" && scenario === "syntax")
    throw new Refusal(400, "ODPS-0130161", parseException(job.sql));
  const sync = isSync(call, job, scenario);
  remember(world, {
    id,
    project: world.project,
    scenario,
    owner: world.caller,
    quota: job.quota ?? "default",
    jobName: job.jobName,
    priority: job.priority,
    sql: job.sql,
    taskName: job.taskName,
    ...(job.guid !== undefined && { guid: job.guid }),
    ...(job.settings !== undefined && { settings: job.settings }),
    ...(sync && { isSync: true }),
    startedAt: world.clock.now(),
    // An estimate runs nothing, so it is as quick as it is.
    ...(!keepsItsLength(scenario) && scenario !== "cost" && { durationMs: world.settings.sqlDurationMs }),
  });
  return id;
};

/** `POST /projects/{p}/instances`. The same Guid twice is the same instance, or a conflict. */
export const createInstance: Route = (call, world) => {
  const root = readBody(call.body);
  const xflow = root.name === "Instance" ? childAt(root, "XflowInstance") : undefined;
  if (xflow !== undefined)
    return created(
      call,
      world,
      createXflow(xflow, world, (guid) => knownBy(guid, world)),
    );
  const job = readJob(root);
  const id = knownBy(job.guid, world) ?? createSql(call, job, world);
  return world.store.get(id)?.isSync === true ? finished(call, world, id) : created(call, world, id);
};
