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
  /** The latest moment it was woken for, until a lease has come up to it. */
  wokenFor: z.optional(z.number()),
  /** How often it was woken, and how often when it was leased. */
  wakes: z.number(),
  wakesAtLease: z.number(),
});
type Stored = z.infer<typeof Stored>;

const partition = "scan-groups";

const isDue = ({ nextScanAt, until }: Stored, now: number): boolean =>
  nextScanAt !== undefined && nextScanAt <= now && until <= now;

const asleep = ({ nextScanAt: _, ...rest }: Stored): Stored => rest;

/** Once it is leased at `at`: what it was woken for by then is being looked at. */
const heeded = ({ wokenFor, ...rest }: Stored, at: number): Stored =>
  wokenFor === undefined || wokenFor <= at ? rest : { ...rest, wokenFor };

const woken = (stored: Stored, at: number): Stored => ({
  ...stored,
  wakes: stored.wakes + 1,
  nextScanAt: Math.min(stored.nextScanAt ?? at, at),
  wokenFor: Math.max(stored.wokenFor ?? at, at),
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
export function createScanGroups(keeping: Keeping): ScanGroups {
  const { store, now } = keeping;
  const keyOf = (groupId: string) => ({ partition, id: groupId });
  const kept = <Answer>(value: Stored, answer: Answer) => ({ value, expiresAt: now() + lasting, answer });
  return {
    async due(at) {
      const due = (await allOf(keeping, partition, Stored)).filter((each) => isDue(each, at));
      return { items: due.sort((a, b) => (a.nextScanAt ?? 0) - (b.nextScanAt ?? 0)).map(groupIdOf) };
    },
    lease: (groupId, at, until) =>
      change(store, keyOf(groupId), Stored, (found) => {
        if (found === undefined || !isDue(found, at)) return undefined;
        const next: Stored = { ...heeded(found, at), token: found.token + 1, until, wakesAtLease: found.wakes };
        const { team, connection, project, memory, token } = next;
        return kept(next, { group: { id: groupId, team, connection, project, memory }, lease: { groupId, token, until } });
      }),
    async release({ groupId, token }, { nextScanAt, memory }) {
      const released = await change(store, keyOf(groupId), Stored, (found) => {
        if (found === undefined || found.token !== token || found.until === 0) return undefined;
        const free: Stored = { ...asleep(found), until: 0, memory: { ...memory } };
        const wanted = found.wakes > found.wakesAtLease ? 0 : nextScanAt;
        const dueAt = Math.min(wanted ?? Number.POSITIVE_INFINITY, found.wokenFor ?? Number.POSITIVE_INFINITY);
        return kept(Number.isFinite(dueAt) ? { ...free, nextScanAt: dueAt } : free, true);
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
