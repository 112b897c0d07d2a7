// A card on which a second person decides about a job; each later phase takes its place.
import type { RunApprovalView } from "../../view/index.ts";
import { fields, section, context as smallPrint } from "../blocks.ts";
import { approvalActions } from "../buttons.ts";
import { dayAndTime, idContext } from "../card.ts";
import { shown } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { type Mrkdwn, mention, mrkdwn, nothing } from "../mrkdwn.ts";
import { approvalSigns } from "./approval-phase.ts";
import { jobText, jobWords, scan, whyOthers } from "./job.ts";

export const drawRunApproval = (view: RunApprovalView, context: RenderContext): Sketch => {
  const { job, requester, phase, intentId, expiresAt, link, because, estimate } = view;
  const isAsked = phase === "asked";
  const what = job.kind === "sql" ? "SQL" : job.name;
  return {
    text: mrkdwn`${signs[phase].word} ${mention(requester)} asks to run ${what} in ${job.project}. ${said(view)}`,
    blocks: [
      ...section(
        mrkdwn`:${signs[phase].emoji}: *${signs[phase].word}*  ${mention(requester)} asks to *run* ${jobWords(job)}\n${said(view)}`,
      ),
      // Whoever decides has to see all of it; afterwards its beginning tells which it was.
      ...jobText(job, isAsked ? shown.job : shown.error),
      ...(isAsked ? [...fields([["Reads", scan(estimate)]]), ...section(whyOthers(because))] : []),
      ...(isAsked ? approvalActions(intentId, job.project, "run in") : []),
      ...(isAsked ? smallPrint([mrkdwn`Needs another operator, until ${dayAndTime(expiresAt, context)}`]) : []),
      ...(link === undefined ? [] : idContext(link)),
    ],
  };
};

const signs = approvalSigns({
  begun: { word: "SUBMITTING", emoji: "hourglass_flowing_sand" },
  ended: { word: "SUBMITTED", emoji: "arrow_forward" },
  failed: { word: "NOT RUN", emoji: "warning" },
});

function said({ phase, by, job }: RunApprovalView): Mrkdwn {
  const who = by === undefined ? nothing : mention(by);
  switch (phase) {
    case "asked":
      return job.kind === "sql" && job.isReading
        ? mrkdwn`It reads, and changes nothing.`
        : mrkdwn`What it changes stays changed.`;
    case "begun":
      return mrkdwn`Approved by ${who}; it is under way.`;
    case "ended":
    case "over":
      return mrkdwn`Approved by ${who}; it runs.`;
    case "unsure":
      return mrkdwn`Approved by ${who}, but nobody knows yet whether it was submitted; it is not submitted again.`;
    case "failed":
      return mrkdwn`Approved by ${who}, but it could not be run; whoever approved it was told why.`;
    case "denied":
      return mrkdwn`Denied by ${who}; nothing was run.`;
    case "withdrawn":
      return mrkdwn`Whoever asked took it back; nothing was run.`;
    case "expired":
      return mrkdwn`Nobody decided in time; nothing was run.`;
    default:
      return phase satisfies never;
  }
}
