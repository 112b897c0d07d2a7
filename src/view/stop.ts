// Stopping: the question before it, the stop, and what everybody hears.
import type { Instance, InstanceStatus, Outcome, Task } from "../maxcompute/index.ts";
import type { InstanceLink } from "./link.ts";

/** What whoever decides about a stop is told of the instance, as it was at `seenAt`. */
export type StopFacts = {
  readonly owner?: string | undefined;
  readonly startTime?: number | undefined;
  readonly percent?: number | undefined;
  /** Core-seconds used so far; absent where MaxCompute does not tell. */
  readonly cost?: number | undefined;
  /** Who else follows it. */
  readonly watchers: { readonly people: readonly string[]; readonly channels: number };
  readonly seenAt: number;
};

export type ConfirmStopView = {
  readonly kind: "confirm-stop";
  readonly link: InstanceLink;
  /** The one-use stored intent which the button carries. */
  readonly intentId: string;
  readonly instance: Instance;
  readonly tasks: readonly Task[];
  readonly facts: StopFacts;
  readonly reason?: string;
  readonly expiresAt: number;
  /** How it is confirmed: by a press, by typing the end of the id besides, or by a second person besides. */
  readonly needs: "press" | "typed" | "approval";
  /** Of an XFlow: its sub-instances that run, each of which can be stopped alone. */
  readonly branches: readonly { readonly name: string; readonly link: InstanceLink }[];
};

export type StopView = {
  readonly kind: "stop";
  readonly link: InstanceLink;
  readonly phase:
    | "stopping" // the request is on its way
    | "stopped" // verified: MaxCompute says so
    | "already-finished" // it ended by itself before
    | "still-running" // accepted, but MaxCompute does not say so yet
    | "unknown" // the answer was lost and the state could not be read
    | "kept" // the person pressed Keep running
    | "asked"; // a second person has to approve it
  /** What MaxCompute said last. */
  readonly status?: InstanceStatus;
  readonly outcome?: Outcome;
  /** Platform id of the person who pressed. */
  readonly by: string;
  readonly reason?: string;
  readonly waitedMs?: number;
  /** A card in the conversation tells what becomes of it. */
  readonly isFollowed?: boolean;
  /** Until when a second person may approve it. */
  readonly expiresAt?: number;
  /** Platform id of the second person. */
  readonly approvedBy?: string;
};

/** Told to the channel when a person changed an instance: who did what to which. */
export type ActedView = {
  readonly kind: "acted";
  readonly link: InstanceLink;
  readonly by: string;
  readonly action: "stopped" | "asked to stop";
  readonly outcome?: Outcome;
  readonly reason?: string;
  /** Whether the channel has it already was lost with Slack's answer. */
  readonly isPerhapsRepeated?: boolean;
};
