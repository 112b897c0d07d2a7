// How a job is confirmed: alone by a press, or by a second person besides. Pure.
import type { Because, Estimate } from "./job.ts";

export const becauseWords: Readonly<Record<Because, string>> = {
  production: "it changes a production project, or runs again there",
  unknown: "MaxCompute does not say what it costs",
  "over-budget": "it costs more than is left of the budget of today",
  xflow: "nobody can say what an XFlow costs",
};

export type Circumstances = {
  readonly kind: "sql" | "xflow";
  readonly isReading: boolean;
  readonly isProduction: boolean;
  /** Absent: MaxCompute did not say what it costs, which is not that it is free. */
  readonly estimate: Estimate | undefined;
  readonly spent: number;
  readonly of: number;
  /** It runs again what was run before. */
  readonly isRerun: boolean;
};

/** Empty: a press is enough. */
export function approvedBecause(about: Circumstances): readonly Because[] {
  const { kind, isReading, isProduction, estimate, spent, of, isRerun } = about;
  return [
    ...(isProduction && (!isReading || isRerun) ? (["production"] as const) : []),
    // Nobody estimates an XFlow.
    ...(estimate !== undefined ? [] : kind === "xflow" ? (["xflow"] as const) : (["unknown"] as const)),
    ...(estimate !== undefined && spent + estimate.amount > of ? (["over-budget"] as const) : []),
  ];
}
