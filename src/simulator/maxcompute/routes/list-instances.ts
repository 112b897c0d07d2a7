import type { Call } from "../call.ts";
import { invalidArgument } from "../errors.ts";
import { xmlReply } from "../reply.ts";
import { httpTime } from "../times.ts";
import { type Found, knownInstances, type World } from "../world.ts";
import { element, type Xml } from "../xml.ts";
import { filtersOf, type Keep } from "./filters.ts";
import { pageOf } from "./page.ts";
import type { Route } from "./route.ts";

const pageSize = (wanted: string | undefined, { settings }: World): number => {
  if (wanted === undefined || wanted === "") return settings.defaultPageSize;
  if (!/^[1-9]\d{0,8}$/.test(wanted)) throw invalidArgument(`maxitems is not a positive number: ${wanted}`);
  return Math.min(Number(wanted), settings.maxPageSize);
};

type ListedPage = { readonly found: readonly Found[]; readonly marker: string; readonly maxItems: number };

/** The page a listing call asks for, of those instances that `alsoKeep` lets through. */
export const listedPage = (call: Call, world: World, alsoKeep: Keep): ListedPage => {
  const maxItems = pageSize(call.query.get("maxitems"), world);
  const keep = filtersOf(call, world);
  const { listingOrder, emptyPageFirst } = world.settings;
  // Pages run from the latest moment to the earliest; mirrored in time, the oldest instance comes first.
  const sign = listingOrder === "newest" ? 1 : -1;
  const { entries, marker } = pageOf(
    knownInstances(world).filter((found) => keep(found) && alsoKeep(found)),
    ({ record }) => ({ startedAt: sign * record.startedAt, id: record.id }),
    { marker: call.query.get("marker") ?? "", maxItems, emptyFirst: emptyPageFirst },
  );
  return { found: entries, marker, maxItems };
};

const instanceElement = ({ record, state }: Found): Xml =>
  element("Instance", [
    element("Name", [record.id]),
    element("Owner", [record.owner]),
    element("StartTime", [httpTime(state.startTime)]),
    element("EndTime", [httpTime(state.endTime)]),
    element("Status", [state.status]),
  ]);

/** `GET /projects/{p}/instances` (protocol section 4). */
export const listInstances: Route = (call, world) => {
  const { found, marker, maxItems } = listedPage(call, world, () => true);
  return xmlReply(
    element("Instances", [element("Marker", [marker]), element("MaxItems", [maxItems]), ...found.map(instanceElement)]),
  );
};
