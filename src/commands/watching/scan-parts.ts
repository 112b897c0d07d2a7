// The parts of a scan group as they are stored, all in the group's own item: so that one write splits or joins them, and none can be in two.
import * as z from "zod/mini";
import { holds, mayJoin, type ScanMemory, scanIdOf } from "../../watch/index.ts";

const Memory = z.looseObject({
  pages: z.number(),
  mayList: z.boolean(),
  scannedAt: z.number(),
  listedAt: z.number(),
  resumeAt: z.optional(z.string()),
  watches: z.optional(z.number()),
});

const state = {
  memory: Memory,
  /** Fencing token of the last lease, and until when it holds (epoch ms). */
  token: z.number(),
  until: z.number(),
  /** Which call leased it: one whose answer was lost knows itself by it, whoever leased another part meanwhile. */
  holder: z.optional(z.string()),
  /** Absent while it sleeps. */
  nextScanAt: z.optional(z.number()),
  /** The latest moment it was woken for, until a lease has come up to it. */
  wokenFor: z.optional(z.number()),
  /** How often it was woken, and how often when it was leased. */
  wakes: z.number(),
  wakesAtLease: z.number(),
};

/** A part, with the instance that it begins with: "" for the first. It ends where the next one begins. */
export const Part = z.object({ from: z.string(), ...state });
export type Part = z.infer<typeof Part>;

export const Stored = z.object({
  schema: z.literal(1),
  team: z.string(),
  connection: z.string(),
  project: z.string(),
  /** Of the first part, which is the whole of most groups. */
  ...state,
  others: z.optional(z.array(Part)),
});
export type Stored = z.infer<typeof Stored>;

export const partsOf = ({
  schema: _,
  team: __,
  connection: ___,
  project: ____,
  others = [],
  ...first
}: Stored): readonly Part[] => [{ from: "", ...first }, ...others];

export function withParts({ schema, team, connection, project }: Stored, parts: readonly Part[]): Stored {
  const [first, ...others] = parts;
  if (first === undefined) throw new Error("a scan group has one part at least");
  const { from: _, ...rest } = first;
  return { schema, team, connection, project, ...rest, ...(others.length === 0 ? {} : { others }) };
}

const rangeAt = (parts: readonly Part[], index: number) => ({ from: parts[index]?.from, to: parts[index + 1]?.from });

/** The ids of the parts, in their order. */
export const idsOf = (groupId: string, parts: readonly Part[]): readonly string[] =>
  parts.map((_, index) => scanIdOf(groupId, rangeAt(parts, index)));

/** The part that has the instance; the first without one. */
export const indexOf = (parts: readonly Part[], instanceId: string | undefined): number =>
  instanceId === undefined
    ? 0
    : parts.findIndex((_, index) => {
        const { from, to } = rangeAt(parts, index);
        return holds({ ...(from === "" ? {} : { from }), to }, instanceId);
      });

/** Those leased after any other: a token of the group grows, whichever part it is for, and a watch may change its part. */
export const nextToken = (parts: readonly Part[]): number => Math.max(...parts.map(({ token }) => token)) + 1;

/** The part as it was, beginning with each of these, too. */
export const splitAt = (part: Part, points: readonly string[]): readonly Part[] => [
  part,
  ...points.map((from) => ({ ...part, from })),
];

const earlier = (one: number | undefined, other: number | undefined): { nextScanAt?: number } => {
  const times = [one, other].filter((each) => each !== undefined);
  return times.length === 0 ? {} : { nextScanAt: Math.min(...times) };
};

function joinTwo(one: Part, other: Part): Part {
  const { nextScanAt: _, ...rest } = one;
  const memory: ScanMemory = {
    ...one.memory,
    // Nobody's turn is passed over.
    scannedAt: Math.min(one.memory.scannedAt, other.memory.scannedAt),
    listedAt: Math.min(one.memory.listedAt, other.memory.listedAt),
    watches: (one.memory.watches ?? 0) + (other.memory.watches ?? 0),
  };
  const wokenFor = Math.max(one.wokenFor ?? 0, other.wokenFor ?? 0);
  const token = Math.max(one.token, other.token);
  return { ...rest, memory, token, ...earlier(one.nextScanAt, other.nextScanAt), ...(wokenFor === 0 ? {} : { wokenFor }) };
}

/** Neighbours that nobody works on, and that are small together, become one. */
export function joined(parts: readonly Part[], now: number): readonly Part[] {
  const kept: Part[] = [];
  for (const part of parts) {
    const last = kept.at(-1);
    const isFree = last !== undefined && last.until <= now && part.until <= now;
    const isSmall = isFree && mayJoin(last.memory.watches ?? Number.NaN, part.memory.watches ?? Number.NaN);
    if (isSmall) kept.splice(-1, 1, joinTwo(last, part));
    else kept.push(part);
  }
  return kept;
}
