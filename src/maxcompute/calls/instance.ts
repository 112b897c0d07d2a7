import type { Api } from "../api.ts";
import { decodeInstanceStatus } from "../decode/status.ts";
import { MaxComputeError } from "../errors.ts";
import type { WireResponse } from "../exchange.ts";
import type { Instance } from "../instance.ts";
import { decodeHeaderText } from "../text.ts";
import { parseTime } from "../time.ts";
import { instanceQuery } from "./instance-request.ts";

/** The answer to `GET .../instances/{id}`, also when the service held it. Throws MalformedBody. */
export const instanceFrom = (id: string, project: string, { body, header }: WireResponse): Instance => ({
  id,
  project,
  owner: decodeHeaderText(header("x-odps-owner") ?? "").trim() || undefined,
  status: decodeInstanceStatus(body),
  startTime: parseTime(header("x-odps-start-time")),
  endTime: parseTime(header("x-odps-end-time")),
});

/** `GET .../instances/{id}` (protocol section 5): the status is in the body, owner and times are in headers. */
export function getInstance(api: Api, id: string): Promise<Instance> {
  return api.ask(instanceQuery(api.project, id, []), (response) => instanceFrom(id, api.project, response));
}

/** MaxCompute's own word that there is no such instance: the code, or a 404 without a body, which means the same (protocol section 8.1). */
const saysNoSuchObject = (error: unknown): boolean => {
  if (!(error instanceof MaxComputeError) || error.httpStatus !== 404 || error.kind !== "not-found") return false;
  return error.code === undefined || error.code.split(":", 1)[0]?.trim() === "NoSuchObject";
};

/** Whether the project has the instance. Every other failure is thrown: a missing right or a lost connection is not "no". */
export async function instanceExists(api: Api, id: string): Promise<boolean> {
  try {
    await getInstance(api, id);
    return true;
  } catch (error) {
    if (saysNoSuchObject(error)) return false;
    throw error;
  }
}
