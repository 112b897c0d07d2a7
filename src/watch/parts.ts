// A group of more watches than one process should look at is worked on in parts: each a range of instance ids, with a lease of its own.

/** Above so many watches a group, or a part of one, is split. */
export const mostInPart = 5_000;
/** Neighbours that have no more together become one: far below, so that nothing is split and joined by turns. */
const fewTogether = mostInPart / 2;

/** Instances from `from` on and below `to`; without a bound where one is absent. */
export type Range = { readonly from?: string | undefined; readonly to?: string | undefined };

const mark = "#";

/** The scan id of a range of a group: the group's own where the range is all of it. */
export const scanIdOf = (groupId: string, { from = "", to = "" }: Range): string =>
  from === "" && to === "" ? groupId : [groupId, from, to].join(mark);

/** The group that a scan id belongs to. */
export const groupOf = (scanId: string): string => scanId.split(mark, 1)[0] ?? scanId;

export const isPart = (scanId: string): boolean => scanId.includes(mark);

export function rangeOf(scanId: string): Range {
  const [, from = "", to = ""] = scanId.split(mark);
  return { ...(from === "" ? {} : { from }), ...(to === "" ? {} : { to }) };
}

/** As watches are stored, by instance and channel: "a-b/C1" comes before "a/C1". */
const placeIn = (instanceId: string): string => `${instanceId}/`;

export const holds = ({ from, to }: Range, instanceId: string): boolean =>
  (from === undefined || placeIn(instanceId) >= placeIn(from)) && (to === undefined || placeIn(instanceId) < placeIn(to));

/** At which instances a part with these (one for each watch, in the order of the store) is split; at none while it is small enough. */
export function splitPoints(instanceIds: readonly string[]): readonly string[] {
  const parts = Math.ceil(instanceIds.length / mostInPart);
  const each = Math.ceil(instanceIds.length / parts);
  const points = Array.from({ length: Math.max(0, parts - 1) }, (_, index) => instanceIds[(index + 1) * each]);
  // All watches of an instance are in one part: it is looked at once, and told to all.
  return [...new Set(points)].filter((point) => point !== undefined && point !== instanceIds[0]) as string[];
}

/** Whether two neighbours with so many watches should be one. An empty part is of no use, whatever is beside it. */
export const mayJoin = (one: number, other: number): boolean =>
  one + other <= fewTogether || (Math.min(one, other) === 0 && one + other <= mostInPart);
