// Running SQL and XFlows: the question, the run, its approval, an estimate.
import type { ApprovalView } from "./approval.ts";
import type { InstanceLink } from "./link.ts";

/** Something to run: a statement as it is sent, or an XFlow. */
export type JobView = { readonly project: string } & (
  | {
      readonly kind: "sql";
      readonly statement: string;
      readonly isReading: boolean;
      readonly settings: Readonly<Record<string, string>>;
    }
  | { readonly kind: "xflow"; readonly name: string; readonly parameters: Readonly<Record<string, string>> }
);

/** What MaxCompute expects a statement to read; `amount`: gigabytes times complexity. */
export type EstimateFigures = { readonly bytes: number; readonly complexity: number; readonly amount: number };

/** What somebody has spent today (UTC), and of how much; in gigabytes times complexity. */
export type BudgetFigures = { readonly spent: number; readonly of: number; readonly isDefault: boolean };

/** Why a second person is asked. */
export type ApprovedBecause = "production" | "unknown" | "over-budget" | "xflow";

/** The question before a job. */
export type ConfirmRunView = {
  readonly kind: "confirm-run";
  readonly job: JobView;
  /** The one-use stored intent which the button carries. */
  readonly intentId: string;
  /** The reference under which it can be changed; absent where it cannot. */
  readonly editRef?: string;
  /** Absent: MaxCompute did not say, which is not that it is free. */
  readonly estimate?: EstimateFigures;
  readonly budget: BudgetFigures;
  readonly limit: number;
  readonly timeoutMs: number;
  readonly maxCost?: number;
  /** Empty: a press is enough. */
  readonly because: readonly ApprovedBecause[];
  readonly expiresAt: number;
};

/** What became of a job that somebody asked for. */
export type RunView = {
  readonly kind: "run";
  readonly job: JobView;
  readonly phase:
    | "asked" // a second person has to approve it
    | "kept" // the person pressed Cancel
    | "submitting"
    | "submitted"
    | "lost" // the answer was lost, and nobody can tell yet
    | "dropped" // nothing was submitted, for certain
    | "stopped"; // its time was up
  readonly link?: InstanceLink;
  /** Platform ids. */
  readonly by: string;
  readonly approvedBy?: string;
  /** The channel in which its card is. */
  readonly watchedIn?: string;
  readonly timeoutMs: number;
  /** Something broke behind the submission: it is followed a little later. */
  readonly isFollowedLater?: boolean;
  /** Nobody will find out any more whether it was submitted. */
  readonly isFinal?: boolean;
};

/** The public card on which a second person decides about a job. */
export type RunApprovalView = {
  readonly kind: "run-approval";
  readonly phase: ApprovalView["phase"];
  readonly intentId: string;
  readonly job: JobView;
  readonly link?: InstanceLink;
  readonly estimate?: EstimateFigures;
  readonly because: readonly ApprovedBecause[];
  readonly requester: string;
  readonly by?: string;
  readonly expiresAt: number;
};

/** What a statement would read, without running it. */
export type EstimateView = {
  readonly kind: "estimate";
  readonly job: JobView;
  readonly estimate?: EstimateFigures;
  readonly budget: BudgetFigures;
};
