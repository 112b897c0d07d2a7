// How far each task of an instance is, stage by stage, with the documented line to copy.
import type { KnownBlock } from "@slack/types";
import type { ProgressView, TaskProgressView } from "../../view/index.ts";
import { section } from "../blocks.ts";
import { instanceActions, logview, progress as progressAction, result, status, stop, tasks } from "../buttons.ts";
import { dataAge, head, idContext, named } from "../card.ts";
import { plural } from "../format.ts";
import { shown } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { code, join, mrkdwn, nothing, term } from "../mrkdwn.ts";
import { bar, progressWords, stageLines, stageSummary } from "../progress.ts";
import { preformatted } from "../rich-text.ts";
import { hasEnded, stateOf } from "../state.ts";

/** Draws the progress of an instance; one that has no stage yet, or has none any more, says so. */
export const drawProgress = (view: ProgressView, context: RenderContext): Sketch => {
  const state = stateOf(view.outcome);
  const [only] = view.tasks;
  const stage = view.tasks.length === 1 && only !== undefined ? stageSummary(only.stages) : nothing;
  const hidden = view.tasks.length - shown.detailedTasks;
  return {
    text: mrkdwn`${term(state.word)} ${join([named(view.link), progressWords(view.tasks), stage], ", ")}`,
    blocks: [
      ...head(state, view.link, view.status),
      ...(view.tasks.length === 0 ? section(mrkdwn`MaxCompute reports no progress for this instance.`) : []),
      ...view.tasks.slice(0, shown.detailedTasks).flatMap(oneTask),
      ...(hidden > 0 ? section(mrkdwn`and ${plural(hidden, "more task")}`) : []),
      ...buttons(view),
      ...idContext(view.link, [dataAge(view.seenAt, context)]),
    ],
  };
};

const oneTask = (task: TaskProgressView): KnownBlock[] => [
  ...section(join([mrkdwn`*Task* ${code(task.taskName)}  ${bar(task)}`, stageLines(task.stages, shown.stageLines)], "\n")),
  ...preformatted(task.line, shown.progressLine),
];

const buttons = ({ link, status: raw, outcome, mayStop }: ProgressView): KnownBlock[] => {
  const refresh = { ...progressAction, label: "Refresh" };
  if (hasEnded(raw, outcome)) return instanceActions(link, [result, logview, status], [tasks, refresh]);
  return instanceActions(link, [refresh, logview, ...(mayStop ? [stop] : [])], [status, tasks]);
};
