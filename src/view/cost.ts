// What an instance has cost.
import type { Outcome } from "../maxcompute/index.ts";
import type { InstanceLink } from "./link.ts";

/** What a task used; absent figures are not known, which is not zero. */
export type CostRow = {
  readonly name: string;
  /** Core-seconds. */
  readonly cpu?: number;
  /** Megabyte-seconds. */
  readonly memory?: number;
  /** Bytes. */
  readonly input?: number;
  /** Those of the figures that some of its tasks did not tell: there may be more. */
  readonly partial?: readonly ("cpu" | "memory" | "input")[];
};

export type CostView = {
  readonly kind: "cost";
  readonly link: InstanceLink;
  readonly outcome: Outcome;
  /** A task each, or a sub-instance each of an XFlow. */
  readonly rows: readonly CostRow[];
  /** Sub-instances that nobody looked at, after those. */
  readonly unasked: number;
  readonly seenAt: number;
};
