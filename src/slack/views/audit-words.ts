import type { AuditEntry } from "../../view/index.ts";
import { type Mrkdwn, mrkdwn, nothing } from "../mrkdwn.ts";

/** What was decided; a word of ours. */
export const decided = ({ decision }: AuditEntry): Mrkdwn =>
  decision === undefined ? mrkdwn`decision cannot be read` : mrkdwn`${decision}`;

/** What came of it, as far as anything could. */
export const cameOut = ({ decision, outcome, code }: AuditEntry): Mrkdwn => {
  if (outcome === undefined) return decision === "allowed" || decision === "approved" ? mrkdwn`no outcome yet` : nothing;
  return code === undefined ? mrkdwn`*${outcome}*` : mrkdwn`*${outcome}* (${code})`;
};

const ofOutcome: Readonly<Record<NonNullable<AuditEntry["outcome"]>, string>> = {
  done: "white_check_mark",
  unneeded: "white_check_mark",
  unconfirmed: "hourglass_flowing_sand",
  failed: "x",
  "not begun": "octagonal_sign",
  unknown: "grey_question",
};

/** The sign that stands before an act: Slack's name of it. */
export const signName = ({ decision, outcome }: AuditEntry): string => {
  if (outcome !== undefined) return ofOutcome[outcome];
  if (decision === undefined) return "grey_question";
  return decision === "denied" || decision === "refused" ? "no_entry" : "hourglass_flowing_sand";
};
