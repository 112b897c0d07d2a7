import type { Api } from "../api.ts";
import { decodeQueueingInfo, decodeQueueingPage } from "../decode/queueing.ts";
import type { QueueingInfo } from "../queueing.ts";
import { repeatRead } from "../retry.ts";
import { everyPage } from "./every-page.ts";
import { instanceQuery } from "./instance-request.ts";
import { type ListFilter, listParameters, withMarker } from "./list-filter.ts";

/** A queue has no past, so it is not filtered by time; nor does it know job names. */
export type QueueingFilter = Pick<ListFilter, "status" | "onlyOwner" | "quota" | "limit" | "pageSize">;

/** `?cached` (protocol section 9): what the scheduler says about one instance. */
export function getQueueingInfo(api: Api, id: string): Promise<QueueingInfo> {
  return api.ask(instanceQuery(api.project, id, [["cached", ""]]), ({ body }) => decodeQueueingInfo(body, id));
}

/** `GET /projects/{p}/cachedinstances` (protocol section 9): what runs and waits in the project, every page in the server's order. */
export async function* listQueueingInfos(api: Api, filter: QueueingFilter = {}): AsyncGenerator<QueueingInfo, void, undefined> {
  const { status, onlyOwner, quota, limit, pageSize } = filter;
  const parameters = listParameters({ status, onlyOwner, quota, limit, pageSize });
  const path = ["projects", api.project, "cachedinstances"];
  yield* everyPage("queued instances", limit, (marker) =>
    api.ask({ method: "GET", path, query: withMarker(parameters, marker), repeat: repeatRead }, ({ body, header }) => {
      const page = decodeQueueingPage(body);
      return { items: page.infos, marker: page.marker, requestId: header("x-odps-request-id") };
    }),
  );
}
