import { type Api, createApi } from "../api.ts";
import { MaxComputeError } from "../errors.ts";
import { repeatCreate } from "../retry.ts";
import { calledOff } from "../sleep.ts";
import { type SqlOptions, sqlDocument } from "../submit/sql-document.ts";
import { type SubmittedInstance, submittedFrom } from "../submit/submitted.ts";
import { type XflowOptions, xflowDocument } from "../submit/xflow-document.ts";
import { badEnding, culpritOf, hasSucceeded, taskFailure } from "../waiting/ending.ts";
import type { WaitOptions } from "../waiting/options.ts";
import { paceOf } from "../waiting/options.ts";
import { waitForSuccess } from "./wait-for-success.ts";

/** How long a submission that conflicts with another one is tried, in ms (protocol section 8.4). */
const submitMs = 180_000;

/**
 * `POST /projects/{p}/instances` (protocol section 11). Never sent twice once it may have been executed: only when there never was a
 * connection, or when the service answered 409, which it is asked again after as it says.
 */
export function submit(api: Api, document: string): Promise<SubmittedInstance> {
  const { connection, deadline, project } = api;
  const within = createApi(connection, Math.min(deadline, connection.now() + submitMs));
  const request = {
    method: "POST",
    path: ["projects", project, "instances"],
    body: { contentType: "application/xml", text: document },
    repeat: repeatCreate,
    ifLost: "the instance may have been created all the same, so look for it before you submit it again",
  } as const;
  return within.ask(request, (response) => submittedFrom(response, project));
}

/** Submits SQL and does not wait for it, though a statement that is quick may come back with its results. Throws "invalid" for a mistake. */
export function runSql(api: Api, sql: string, options: SqlOptions = {}): Promise<SubmittedInstance> {
  return submit(api, sqlDocument("SQL", sql, options, api.connection.newId()));
}

/** Submits an XFlow of `options.project` (protocol section 12) and does not wait for it. */
export function runXflow(api: Api, name: string, options: XflowOptions = {}): Promise<SubmittedInstance> {
  return submit(api, xflowDocument(name, options, api.project));
}

/** The end of an instance that came with its results, from nothing but them; undefined when they do not tell. */
const judgeResults = ({ id, results }: SubmittedInstance): "success" | MaxComputeError | undefined => {
  if (results === undefined) return undefined;
  const tasks = [...results.values()].flatMap(({ taskName: name, status }) => (status === undefined ? [] : [{ name, status }]));
  if (tasks.length !== results.size) return undefined;
  if (hasSucceeded(tasks)) return "success";
  const culprit = culpritOf(tasks);
  const text = culprit?.status === "FAILED" ? results.get(culprit.name)?.text : undefined;
  return culprit === undefined || text === undefined ? badEnding(id, culprit) : taskFailure(id, culprit.name, text);
};

/** The rest of a call that submits and waits. Throws as `waitForSuccess` does. */
export async function followToSuccess(api: Api, submitted: SubmittedInstance, options: WaitOptions): Promise<SubmittedInstance> {
  const end = judgeResults(submitted);
  if (end instanceof MaxComputeError) throw end;
  if (end === "success") return submitted;
  const ended = await waitForSuccess(api, submitted.id, options, true);
  return { ...submitted, ...ended };
}

/** Refuses a wait that cannot be made before anything is submitted. */
export function checkWait(options: WaitOptions): void {
  paceOf(options);
  // While the submission is under way a signal is not looked at: only its answer names the instance, and without that nobody could stop it.
  if (options.signal?.aborted) throw calledOff(undefined, options.signal.reason);
}

/**
 * Submits SQL and waits until it has succeeded; throws as `waitForSuccess` does. `timeout` and `signal` are for the wait: the instance
 * they leave behind is named in the error.
 */
export async function executeSql(api: Api, sql: string, options: SqlOptions & WaitOptions = {}): Promise<SubmittedInstance> {
  checkWait(options);
  return await followToSuccess(api, await runSql(api, sql, options), options);
}
