import { decodeResults } from "../decode/results.ts";
import type { WireResponse } from "../exchange.ts";
import type { Instance, TaskResult } from "../instance.ts";
import { MalformedBody } from "../malformed-body.ts";
import { isPathSegment } from "../names.ts";
import { clip, decodeHeaderText } from "../text.ts";
import { parseTime } from "../time.ts";

export type SubmittedInstance = Instance & {
  /** The service answered with the results: the instance has ended already. */
  readonly isSync: boolean;
  /** By task name, in the server's order; only when the service answered with them. */
  readonly results?: ReadonlyMap<string, TaskResult> | undefined;
  /** Of the submission. */
  readonly requestId?: string | undefined;
};

/** The service's own ids (protocol section 15), and the UUIDs of its local emulator: told for what they are wherever they stand. */
const idShapes = [/^\d{14}\d{0,3}[a-z][a-z0-9]+(?:_mcqa)?$/, /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i];

/** What stands after `instances/` is an id, whatever it looks like: the job is there, and could not be followed without it. */
const afterInstances = /(?:^|\/)instances\/([\w.~-]+)$/;

const maxIdLength = 128;

/**
 * The id at the end of a Location header, absolute or relative, with or without a slash after it. Throws MalformedBody: without it the new
 * instance cannot be followed.
 */
export function idFromLocation(location: string | undefined): string {
  if (location === undefined || location.trim() === "") {
    throw new MalformedBody(
      "there is no Location header. The instance may have been created all the same; check proxies on the way",
    );
  }
  const [path = ""] = location.trim().split(/[?#]/, 1);
  const trimmed = path.replace(/\/+$/, "");
  const id = trimmed.split("/").at(-1) ?? "";
  const isId = idShapes.some((shape) => shape.test(id)) || (afterInstances.test(trimmed) && isPathSegment(id));
  if (id.length <= maxIdLength && isId) return id;
  throw new MalformedBody(`the Location header ends in no instance id but in ${JSON.stringify(clip(id, 60))}`);
}

/** The results of a synchronous answer; undefined for any other body, since the instance is there either way and can be asked. */
const resultsIn = ({ status, body }: WireResponse): ReadonlyMap<string, TaskResult> | undefined => {
  // A body that comes with 201 says no more than "created", in whatever format.
  if (status !== 200 || body.byteLength === 0) return undefined;
  try {
    const results = decodeResults(body);
    return results.size === 0 ? undefined : results;
  } catch (error) {
    if (error instanceof MalformedBody) return undefined;
    throw error;
  }
};

/** The answer to a submission (protocol section 11): 201 for an instance that goes on, 200 with results for one that has ended. */
export function submittedFrom(response: WireResponse, project: string): SubmittedInstance {
  const { header } = response;
  const results = resultsIn(response);
  return {
    id: idFromLocation(header("location")),
    project,
    owner: decodeHeaderText(header("x-odps-owner") ?? "").trim() || undefined,
    status: results === undefined ? "Running" : "Terminated",
    startTime: parseTime(header("x-odps-start-time")),
    endTime: parseTime(header("x-odps-end-time")),
    isSync: results !== undefined,
    requestId: header("x-odps-request-id"),
    ...(results === undefined ? {} : { results }),
  };
}
