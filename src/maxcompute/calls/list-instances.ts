import type { Api } from "../api.ts";
import { decodeListing, type ListingPage } from "../decode/listing.ts";
import { MaxComputeError } from "../errors.ts";
import type { InstanceSummary } from "../instance.ts";
import { repeatRead } from "../retry.ts";
import type { QueryParameter } from "../sign.ts";
import { type ListFilter, listParameters } from "./list-filter.ts";

/** Ten million instances, at a thousand a page: beyond it somebody is making pages up. */
const maxPages = 10_000;

const getPage = (api: Api, parameters: readonly QueryParameter[], marker: string | undefined): Promise<ListingPage> => {
  const query: readonly QueryParameter[] = marker === undefined ? parameters : [...parameters, ["marker", marker]];
  const path = ["projects", api.project, "instances"];
  return api.ask({ method: "GET", path, query, repeat: repeatRead }, ({ body }) => decodeListing(body, api.project));
};

/**
 * Every instance that passes the filter, page after page in the server's order (protocol section 4). An empty page that has a marker is
 * not the end; a marker seen before would be one page after another for ever, and is thrown as "malformed".
 */
export async function* listInstances(api: Api, filter: ListFilter = {}): AsyncGenerator<InstanceSummary, void, undefined> {
  const parameters = listParameters(filter);
  let left = filter.limit ?? Number.POSITIVE_INFINITY;
  const seenMarkers = new Set<string>();
  let marker: string | undefined;
  while (left > 0) {
    const page = await getPage(api, parameters, marker);
    for (const instance of page.instances.slice(0, left)) yield instance;
    left -= page.instances.length;
    if (page.marker === undefined) return;
    if (seenMarkers.has(page.marker) || seenMarkers.size >= maxPages) {
      throw new MaxComputeError("malformed", "MaxCompute's list of instances does not end: its marker comes back");
    }
    seenMarkers.add(page.marker);
    marker = page.marker;
  }
}
