import { checkPathSegment } from "../names.ts";
import type { ApiRequest } from "../request.ts";
import { repeatRead } from "../retry.ts";
import type { QueryParameter } from "../sign.ts";

/** The path of an instance; throws "invalid" for an id that cannot stand in one. */
export function instancePath(project: string, id: string): readonly string[] {
  return ["projects", project, "instances", checkPathSegment("instance id", id)];
}

/** A GET on an instance; an empty value in `query` is a bare action key such as `?taskstatus` (protocol section 3). */
export function instanceQuery(project: string, id: string, query: readonly QueryParameter[]): ApiRequest {
  return { method: "GET", path: instancePath(project, id), query, repeat: repeatRead, instanceId: id };
}
