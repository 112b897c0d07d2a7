import type { Api } from "../api.ts";
import { repeatUnsent } from "../retry.ts";
import { instancePath } from "./instance-request.ts";

const stopDocument = '<?xml version="1.0" encoding="utf-8"?>\n<Instance><Status>Terminated</Status></Instance>';

/**
 * Asks for the end of an instance (protocol section 6). The service takes its time: the status tells when it has ended.
 * Throws "already-finished" when there is nothing left to stop. Never sent twice once it may have arrived.
 */
export function stopInstance(api: Api, id: string): Promise<void> {
  const body = { contentType: "application/xml", text: stopDocument };
  const request = { method: "PUT", path: instancePath(api.project, id), body, repeat: repeatUnsent, instanceId: id } as const;
  return api.ask(request, () => undefined);
}
