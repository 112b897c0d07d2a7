// The scan groups: one small item each, all of them in one partition, which is read whole to find those that are due.
import * as z from "zod/mini";
import type { Place, ScanGroups } from "../../watch/index.ts";
import { groupIdOf, noMemory } from "../../watch/index.ts";
import { allOf, change, type Keeping, lasting } from "./items.ts";

const Stored = z.object({
  schema: z.literal(1),
  team: z.string(),
  connection: z.string(),
  project: z.string(),
  memory: z.looseObject({
    pages: z.number(),
    mayList: z.boolean(),
    scannedAt: z.number(),
    listedAt: z.number(),
    resumeAt: z.optional(z.string()),
  }),
  /** Fencing token of the last lease, and until when it holds (epoch ms). */
  token: z.number(),
  until: z.number(),
  /** Absent while the group sleeps. */
  nextScanAt: z.optional(z.number()),
  /** How often it was woken, and how often when it was leased. */
  wakes: z.number(),
  wakesAtLease: z.number(),
});
type Stored = z.infer<typeof Stored>;

const partition = "scan-groups";

const isAwakeBy = ({ nextScanAt }: Stored, at: number): boolean => nextScanAt !== undefined && nextScanAt <= at;
const isDue = (stored: Stored, now: number): boolean => isAwakeBy(stored, now) && stored.until <= now;

const asleep = ({ nextScanAt: _, ...rest }: Stored): Stored => rest;

const woken = (stored: Stored, at: number): Stored => ({
  ...stored,
  wakes: stored.wakes + 1,
  nextScanAt: Math.min(stored.nextScanAt ?? at, at),
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
  wakes: 0,
  wakesAtLease: 0,
});

/** A group outlives its watches by far, so that its tokens only ever grow. */
export function createScanGroups(keeping: Keeping): ScanGroups {
  const { store, now } = keeping;
  const keyOf = (groupId: string) => ({ partition, id: groupId });
  const kept = <Answer>(value: Stored, answer: Answer) => ({ value, expiresAt: now() + lasting, answer });
  const thatAre = async (wanted: (stored: Stored) => boolean) => {
    const found = (await allOf(keeping, partition, Stored)).filter(wanted);
    return { items: found.sort((a, b) => (a.nextScanAt ?? 0) - (b.nextScanAt ?? 0)).map(groupIdOf) };
  };
  return {
    due: (at) => thatAre((each) => isDue(each, at)),
    soon: (at) => thatAre((each) => isAwakeBy(each, at)),
    lease: (groupId, at, until) =>
      change(store, keyOf(groupId), Stored, (found) => {
        if (found === undefined || !isDue(found, at)) return undefined;
        const next: Stored = { ...found, token: found.token + 1, until, wakesAtLease: found.wakes };
        const { team, connection, project, memory, token } = next;
        return kept(next, { group: { id: groupId, team, connection, project, memory }, lease: { groupId, token, until } });
      }),
    async release({ groupId, token }, { nextScanAt, memory }) {
      const released = await change(store, keyOf(groupId), Stored, (found) => {
        if (found === undefined || found.token !== token || found.until === 0) return undefined;
        const free: Stored = { ...asleep(found), until: 0, memory: { ...memory } };
        const dueAt = found.wakes > found.wakesAtLease ? 0 : nextScanAt;
        return kept(dueAt === undefined ? free : { ...free, nextScanAt: dueAt }, true);
      });
      return released === true;
    },
    async wake(place, at) {
      await change(store, keyOf(groupIdOf(place)), Stored, (found) =>
        kept(found === undefined ? newGroup(place, at) : woken(found, at), true),
      );
    },
    anyAwake: async () => (await allOf(keeping, partition, Stored)).some(({ nextScanAt }) => nextScanAt !== undefined),
  };
}
