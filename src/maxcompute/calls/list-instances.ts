import type { Api } from "../api.ts";
import { decodeListing } from "../decode/listing.ts";
import type { InstanceSummary } from "../instance.ts";
import { repeatRead } from "../retry.ts";
import { everyPage } from "./every-page.ts";
import { type ListFilter, listParameters, withMarker } from "./list-filter.ts";

/** Every instance that passes the filter, page after page in the server's order (protocol section 4). */
export async function* listInstances(api: Api, filter: ListFilter = {}): AsyncGenerator<InstanceSummary, void, undefined> {
  const parameters = listParameters(filter);
  const path = ["projects", api.project, "instances"];
  yield* everyPage("instances", filter.limit, (marker) =>
    api.ask({ method: "GET", path, query: withMarker(parameters, marker), repeat: repeatRead }, ({ body, header }) => {
      const page = decodeListing(body, api.project);
      return { items: page.instances, marker: page.marker, requestId: header("x-odps-request-id") };
    }),
  );
}
