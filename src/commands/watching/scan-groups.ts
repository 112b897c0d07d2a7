// The scan groups: one small item each, all of them in one partition, which is read whole to find those that are due.
import type { Place, ScanGroups } from "../../watch/index.ts";
import { groupIdOf, groupOf, noMemory } from "../../watch/index.ts";
import { allOf, change, type Keeping, lasting } from "./items.ts";
import { idsOf, indexOf, joined, nextToken, type Part, partsOf, Stored, splitAt, withParts } from "./scan-parts.ts";

const partition = "scan-groups";

const isAwakeBy = ({ nextScanAt }: Pick<Part, "nextScanAt">, at: number): boolean => nextScanAt !== undefined && nextScanAt <= at;
const isDue = (part: Pick<Part, "nextScanAt" | "until">, now: number): boolean => isAwakeBy(part, now) && part.until <= now;

const asleep = ({ nextScanAt: _, holder: __, ...rest }: Part): Part => rest;

/** Once it is leased at `at`: what it was woken for by then is being looked at. */
const heeded = ({ wokenFor, ...rest }: Part, at: number): Part =>
  wokenFor === undefined || wokenFor <= at ? rest : { ...rest, wokenFor };

const woken = (part: Part, at: number): Part => ({
  ...part,
  wakes: part.wakes + 1,
  nextScanAt: Math.min(part.nextScanAt ?? at, at),
  wokenFor: Math.max(part.wokenFor ?? at, at),
});

const newGroup = ({ team, connection, project }: Place, at: number): Stored => ({
  schema: 1,
  team,
  connection,
  project,
  memory: noMemory,
  token: 0,
  until: 0,
  nextScanAt: at,
  wokenFor: at,
  wakes: 0,
  wakesAtLease: 0,
});

/** A group outlives its watches by far, so that its tokens only ever grow. */
export function createScanGroups(keeping: Keeping, newId: () => string): ScanGroups {
  const { store, now } = keeping;
  const keyOf = (groupId: string) => ({ partition, id: groupId });
  const kept = <Answer>(value: Stored, answer: Answer) => ({ value, expiresAt: now() + lasting, answer });
  /** Parts by the ids that they are scanned under, those first that wait longest. */
  const thatAre = async (wanted: (part: Part) => boolean) => {
    const found = (await allOf(keeping, partition, Stored)).flatMap((stored) => {
      const parts = partsOf(stored);
      const ids = idsOf(groupIdOf(stored), parts);
      return parts.flatMap((part, index) => (wanted(part) ? [{ id: ids[index] ?? "", since: part.nextScanAt ?? 0 }] : []));
    });
    return { items: found.sort((a, b) => a.since - b.since).map(({ id }) => id) };
  };
  return {
    due: (at) => thatAre((part) => isDue(part, at)),
    soon: (at) => thatAre((part) => isAwakeBy(part, at)),
    async lease(scanId, at, until) {
      const holder = newId();
      return change(store, keyOf(groupOf(scanId)), Stored, (found) => {
        const parts = found === undefined ? [] : partsOf(found);
        const index = idsOf(groupOf(scanId), parts).indexOf(scanId);
        const part = parts[index];
        if (found === undefined || part === undefined) return undefined;
        const isMine = part.holder === holder;
        if (!isMine && !isDue(part, at)) return undefined;
        const token = isMine ? part.token : nextToken(parts);
        const { team, connection, project } = found;
        const next = withParts(found, parts.with(index, { ...heeded(part, at), token, until, holder, wakesAtLease: part.wakes }));
        const group = { id: scanId, team, connection, project, memory: part.memory };
        return kept(next, { group, lease: { groupId: scanId, token, until } });
      });
    },
    async release({ groupId: scanId, token }, { nextScanAt, memory, splitAt: points = [] }) {
      const released = await change(store, keyOf(groupOf(scanId)), Stored, (found) => {
        const parts = found === undefined ? [] : partsOf(found);
        const index = idsOf(groupOf(scanId), parts).indexOf(scanId);
        const part = parts[index];
        if (found === undefined || part?.token !== token || part.until === 0) return undefined;
        const wanted = part.wakes > part.wakesAtLease ? 0 : nextScanAt;
        const dueAt = Math.min(wanted ?? Number.POSITIVE_INFINITY, part.wokenFor ?? Number.POSITIVE_INFINITY);
        const free: Part = { ...asleep(part), until: 0, memory: { ...memory } };
        const split = splitAt(Number.isFinite(dueAt) ? { ...free, nextScanAt: dueAt } : free, points);
        // What each has is known when it was scanned.
        const fresh = split.length === 1 ? split : split.map((each) => ({ ...each, memory: countless(each.memory) }));
        return kept(withParts(found, joined(parts.toSpliced(index, 1, ...fresh), now())), true);
      });
      return released === true;
    },
    async parts(groupId) {
      const item = await store.get(keyOf(groupId));
      const found = item === undefined ? undefined : Stored.parse(item.value);
      if (found === undefined) return [];
      const { team, connection, project } = found;
      const parts = partsOf(found);
      const ids = idsOf(groupId, parts);
      return parts.map(({ memory }, index) => ({ id: ids[index] ?? groupId, team, connection, project, memory }));
    },
    async wake(place, at) {
      const groupId = groupIdOf(place);
      const scanId = await change(store, keyOf(groupId), Stored, (found) => {
        if (found === undefined) return kept(newGroup(place, at), groupId);
        const parts = partsOf(found);
        const index = indexOf(parts, place.instanceId);
        const next = parts.map((part, each) => (each === index ? woken(part, at) : part));
        return kept(withParts(found, next), idsOf(groupId, parts)[index] ?? groupId);
      });
      return scanId ?? groupId;
    },
    anyAwake: async () =>
      (await allOf(keeping, partition, Stored)).some((each) => partsOf(each).some(({ nextScanAt }) => nextScanAt !== undefined)),
  };
}

const countless = ({ watches: _, ...memory }: Part["memory"]): Part["memory"] => memory;
