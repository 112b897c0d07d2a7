// What a statement would read, without running it.
import type { EstimateView } from "../../view/index.ts";
import { fields, section } from "../blocks.ts";
import { shown } from "../limits.ts";
import type { Sketch } from "../message.ts";
import { mrkdwn } from "../mrkdwn.ts";
import { budgetWords, jobText, jobWords, scan } from "./job.ts";

export const drawEstimate = ({ job, estimate, budget }: EstimateView): Sketch => ({
  text: mrkdwn`Estimate for ${job.project}: ${scan(estimate)}`,
  blocks: [
    ...section(mrkdwn`:bar_chart: *Estimate* ${jobWords(job)}\nNothing was run.`),
    ...jobText(job, shown.error),
    ...fields([
      ["Reads", scan(estimate)],
      ["Your budget today", budgetWords(budget, estimate)],
    ]),
  ],
});
