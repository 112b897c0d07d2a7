// The card on which a second person decides about a stop.
import type { Outcome } from "../maxcompute/index.ts";
import type { InstanceLink } from "./link.ts";
import type { StopFacts } from "./stop.ts";

/** The public card on which a second person decides about what somebody asked for. */
export type ApprovalView = {
  readonly kind: "approval";
  readonly phase:
    | "asked"
    | "begun" // approved, and under way
    | "ended" // done, and verified
    | "over" // there was nothing left to do
    | "unsure" // it may or may not have taken effect
    | "failed"
    | "denied"
    | "withdrawn"
    | "expired";
  readonly intentId: string;
  readonly verb: string;
  readonly link: InstanceLink;
  /** Platform ids. */
  readonly requester: string;
  readonly by?: string;
  readonly reason?: string;
  /** As they were shown to whoever asked. */
  readonly facts?: StopFacts;
  readonly outcome?: Outcome;
  readonly expiresAt: number;
};
