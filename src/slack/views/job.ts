// The pieces that everything about a job to run shares.
import type { KnownBlock } from "@slack/types";
import { becauseWords } from "../../commands/running/needs.ts";
import type { ApprovedBecause, BudgetFigures, EstimateFigures, JobView } from "../../view/index.ts";
import { bytes, count } from "../format.ts";
import { code, type Mrkdwn, mrkdwn } from "../mrkdwn.ts";
import { preformatted } from "../rich-text.ts";

/** "Run in `prod_dw` · read only". */
export const jobWords = (job: JobView): Mrkdwn => {
  if (job.kind === "xflow") return mrkdwn`XFlow ${code(job.name)} in ${code(job.project)}`;
  return mrkdwn`SQL in ${code(job.project)}, ${job.isReading ? "read only" : "*it changes data*"}`;
};

/** What is submitted, as it is; `max` characters of it. */
export const jobText = (job: JobView, max: number): KnownBlock[] => {
  const lines =
    job.kind === "xflow"
      ? Object.entries(job.parameters).map(([name, value]) => `${name}=${value}`)
      : [...Object.entries(job.settings).map(([name, value]) => `SET ${name}=${value};`), job.statement];
  return preformatted(lines.join("\n"), max);
};

/** Gigabytes times complexity: `57.3`. Small ones keep their digits. */
export const units = (amount: number): string => {
  if (!Number.isFinite(amount)) return "unknown";
  return amount >= 1_000 ? count(amount) : String(Number(Math.max(0, amount).toPrecision(3)));
};

export const scan = (estimate: EstimateFigures | undefined): Mrkdwn =>
  estimate === undefined
    ? mrkdwn`unknown, which is not free`
    : mrkdwn`${bytes(estimate.bytes)} x ${units(estimate.complexity)} complexity`;

export const budgetWords = ({ spent, of, isDefault }: BudgetFigures, estimate: EstimateFigures | undefined): Mrkdwn => {
  const total = mrkdwn`${units(of)}${isDefault ? ", the default" : ""}`;
  if (estimate === undefined) return mrkdwn`${units(spent)} used of ${total}`;
  const left = of - spent - estimate.amount;
  return left < 0
    ? mrkdwn`uses ${units(estimate.amount)}, ${units(-left)} more than is left of ${total}`
    : mrkdwn`uses ${units(estimate.amount)}, leaves ${units(left)} of ${total}`;
};

export const whyOthers = (because: readonly ApprovedBecause[]): Mrkdwn =>
  mrkdwn`Another operator has to approve it: ${because.map((why) => becauseWords[why]).join(", and ")}.`;
