import type { Api } from "../api.ts";
import { decodeSource } from "../decode/source.ts";
import type { InstanceSource } from "../task-facts.ts";
import { instanceQuery } from "./instance-request.ts";

/** `?source` (protocol section 7.6): what was submitted, among it the SQL and the priority. */
export function getSource(api: Api, id: string): Promise<InstanceSource> {
  return api.ask(instanceQuery(api.project, id, [["source", ""]]), ({ body }) => decodeSource(body));
}
