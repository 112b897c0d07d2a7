// Several instances: a list, and one to be picked.
import type { InstanceStatus, InstanceSummary, Outcome, Task } from "../maxcompute/index.ts";
import type { InstanceLink } from "./link.ts";

export type InstanceRow = {
  /** Its number in this list: `#3` names it for a while. */
  readonly number: number;
  readonly link: InstanceLink;
  readonly instance: InstanceSummary;
  /** Absent when the tasks were not asked: then only the raw status is known. */
  readonly outcome?: Outcome;
  /** Absent when they were not asked. */
  readonly tasks?: readonly Task[];
};

export type InstancesView = {
  readonly kind: "instances";
  readonly project: string;
  /** What was asked for, in words: "failed, last 6 h". */
  readonly filter: string;
  readonly rows: readonly InstanceRow[];
  /** How many matched, of which `rows` are the newest. */
  readonly total: number;
  /** Set when the listing itself was cut: the total is a lower bound, and this says why. */
  readonly cut?: string;
  /** Ids in full, one a line, for copying. */
  readonly showIds: boolean;
  readonly seenAt: number;
};

/** Several instances answer to what was typed. */
export type ChoicesView = {
  readonly kind: "choices";
  readonly typed: string;
  readonly verb: string;
  readonly choices: readonly { readonly link: InstanceLink; readonly value: string }[];
};

/** An instance that can be picked from those that a person was shown. */
export type ShownInstance = {
  /** What picking it sends back. */
  readonly ref: string;
  readonly instanceId: string;
  /** Its number in the list, while that names it. */
  readonly number?: number;
  readonly owner?: string;
  readonly status: InstanceStatus;
  readonly outcome?: Outcome;
  /** Every task of it waited. */
  readonly waits: boolean;
};
