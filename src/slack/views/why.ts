// Why an instance failed, waits or is slow: the cause, what to do next, and the words it was read from.
import type { KnownBlock } from "@slack/types";
import type { WhyView } from "../../view/index.ts";
import { section, sectionWith } from "../blocks.ts";
import { instanceActions, logview, result, sideButton, status, subs, tasks, why } from "../buttons.ts";
import { dataAge, head, idContext, named } from "../card.ts";
import { clean } from "../clean.ts";
import { shown } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { code, join, mrkdwn, nothing, plainText, sentences, shortId, term } from "../mrkdwn.ts";
import { preformatted } from "../rich-text.ts";
import { hasEnded, stateOf } from "../state.ts";

/** Draws a cause. The line of SQL is drawn for the one who asked alone. */
export const drawWhy = (view: WhyView, context: RenderContext): Sketch => {
  const state = stateOf(view.outcome, view.tasks);
  const where = join([view.taskName === undefined ? nothing : mrkdwn`*Task* ${code(view.taskName)}`, codeOf(view)], " · ");
  return {
    text: mrkdwn`${term(state.word)} ${named(view.link)}: ${plainText(view.cause, shown.error)} ${plainText(view.next, shown.error)}`,
    blocks: [
      ...head(state, view.link, view.status),
      ...section(mrkdwn`*Cause* ${sentences(view.cause, shown.prose)}\n*Next* ${sentences(view.next, shown.prose)}`),
      ...(context.audience === "private" ? sqlLine(view) : []),
      ...section(where),
      ...subLine(view),
      ...preformatted(view.message ?? "", shown.error),
      ...buttons(view),
      ...idContext(view.link, [dataAge(view.seenAt, context)]),
    ],
  };
};

const codeOf = ({ code: errorCode }: WhyView) => (errorCode === undefined ? nothing : code(errorCode));

/** The line with a mark below the column, as a compiler shows it; a long line is cut around the mark. */
const sqlLine = ({ excerpt }: WhyView): KnownBlock[] => {
  if (excerpt === undefined) return [];
  const text = clean(excerpt.text).replaceAll("\t", " ");
  const from = Math.max(0, Math.min(excerpt.column - 1, text.length) - shown.sqlLine / 2);
  const margin = `${excerpt.line} | `;
  const mark = " ".repeat(margin.length + Math.max(0, Math.min(excerpt.column - 1, text.length) - from));
  return preformatted(`${margin}${text.slice(from, from + shown.sqlLine)}\n${mark}^`, 3 * shown.sqlLine);
};

/** Which instance below an XFlow it is about. The buttons open that one, so what is about the whole stands here. */
const subLine = ({ sub, link, status: raw, outcome }: WhyView): KnownBlock[] => {
  if (sub === undefined) return [];
  const whole = hasEnded(raw, outcome) ? subs : refresh;
  return sectionWith(mrkdwn`*Sub-instance* ${code(sub.instanceId)}`, sideButton(link, whole, shortId(link.instanceId)));
};

const refresh = { ...why, label: "Refresh" };

const buttons = ({ link, sub, status: raw, outcome }: WhyView): KnownBlock[] => {
  const shownOf = hasEnded(raw, outcome) ? [logview, status, result] : [logview, status];
  if (sub !== undefined) return instanceActions(sub, shownOf, [tasks]);
  return instanceActions(link, hasEnded(raw, outcome) ? shownOf : [refresh, ...shownOf], [tasks]);
};
