// The question before a job: what is sent, what it costs, how it is confirmed.
import type { ConfirmRunView } from "../../view/index.ts";
import { fields, section, context as smallPrint } from "../blocks.ts";
import { runActions } from "../buttons.ts";
import { dayAndTime } from "../card.ts";
import { duration, plural } from "../format.ts";
import { shown } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { join, type Mrkdwn, mrkdwn, nothing } from "../mrkdwn.ts";
import { budgetWords, jobText, jobWords, scan, units, whyOthers } from "./job.ts";

/** Draws the question; its buttons carry the intent, which works once. */
export const drawConfirmRun = (view: ConfirmRunView, context: RenderContext): Sketch => {
  const { job, because, estimate, budget, maxCost } = view;
  const others = because.length === 0 ? nothing : whyOthers(because);
  const limits = [
    ...(job.kind === "sql" ? [mrkdwn`${plural(view.limit, "row")} at most`] : []),
    mrkdwn`stopped after ${duration(view.timeoutMs)}`,
    maxCost === undefined ? nothing : mrkdwn`refused above ${units(maxCost)}`,
  ];
  return {
    text: join(
      [mrkdwn`Run ${job.kind === "sql" ? "SQL" : job.name} in ${job.project}? Estimate ${scan(estimate)}.`, others],
      " ",
    ),
    blocks: [
      ...section(mrkdwn`*Run this?* ${jobWords(job)}\n${join(limits, " · ")}`),
      ...jobText(job, shown.job),
      ...fields(facts(view)),
      ...section(others),
      ...runActions(view.intentId, because.length > 0, view.editRef),
      ...smallPrint([mrkdwn`Run and Cancel work until ${dayAndTime(view.expiresAt, context)}`, budgetNote(budget.isDefault)]),
    ],
  };
};

const budgetNote = (isDefault: boolean): Mrkdwn =>
  isDefault ? mrkdwn`No line of the policy says a budget here; the default holds` : nothing;

const facts = ({ estimate, budget, job }: ConfirmRunView): readonly (readonly [string, Mrkdwn])[] =>
  job.kind === "xflow"
    ? [["Cost", scan(undefined)]]
    : [
        ["Reads", scan(estimate)],
        ["Your budget today", budgetWords(budget, estimate)],
      ];
