// What must be so for a write to happen, said twice: for DynamoDB, which decides, and for us, who must judge by a read
// whether a write that got no answer can still happen.
import type { Attributes, Row } from "./dynamo-row.ts";

export type Condition = {
  /** Absent: the write happens whatever stands there. */
  readonly expression?: string;
  readonly values?: Attributes;
  readonly holdsFor: (row: Row | undefined) => boolean;
};

/** Nobody holds the key at `now` (epoch ms): an expired item that was not swept holds nothing. */
export const isFree = (now: number): Condition => ({
  expression: "attribute_not_exists(pk) OR expiresMs <= :now",
  values: { ":now": { N: String(now) } },
  holdsFor: (row) => row === undefined || row.expiresAt <= now,
});

/** The item still has this version and has not expired at `now` (epoch ms). */
export const isUnchanged = (version: string, now: number): Condition => ({
  expression: "version = :version AND expiresMs > :now",
  values: { ":version": { S: version }, ":now": { N: String(now) } },
  holdsFor: (row) => row !== undefined && row.version === version && row.expiresAt > now,
});

export const whatever: Condition = { holdsFor: () => true };
