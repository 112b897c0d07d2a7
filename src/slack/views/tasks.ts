// The tasks of an instance, one a row.
import type { KnownBlock, RawTextElement, TableBlock } from "@slack/types";
import type { Task } from "../../maxcompute/index.ts";
import type { TasksView } from "../../view/index.ts";
import { section, context as smallPrint } from "../blocks.ts";
import { instanceActions, logview, progress, result, status, tasks as tasksAction } from "../buttons.ts";
import { dataAge, head, idContext, named } from "../card.ts";
import { oneLine } from "../clean.ts";
import { clip } from "../fit.ts";
import { elapsed, plural } from "../format.ts";
import { limits, shown } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { join, mrkdwn, term } from "../mrkdwn.ts";
import { stateCell, stateOf, taskState } from "../state.ts";

/** Draws the tasks of an instance; an instance of which MaxCompute lists none says so. */
export const drawTasks = (view: TasksView, context: RenderContext): Sketch => {
  const state = stateOf(view.outcome, view.tasks);
  const words = view.tasks.slice(0, shown.detailedTasks).map((task) => mrkdwn`${task.name} ${task.status}`);
  return {
    text: mrkdwn`${term(state.word)} ${named(view.link)}: ${plural(view.tasks.length, "task")} ${join(words, ", ")}`,
    blocks: [
      ...head(state, view.link, view.status, mrkdwn`${plural(view.tasks.length, "task")}`),
      ...list(view),
      ...instanceActions(view.link, [{ ...tasksAction, label: "Refresh" }, logview, result], [status, progress]),
      ...idContext(view.link, [dataAge(view.seenAt, context)]),
    ],
  };
};

const lastRow = limits.tableRows - 1;

const list = ({ tasks, seenAt }: TasksView): KnownBlock[] => {
  if (tasks.length === 0) return section(mrkdwn`MaxCompute lists no task of this instance.`);
  const hidden = tasks.length - lastRow;
  return [table(tasks, seenAt), ...smallPrint(hidden > 0 ? [mrkdwn`and ${plural(hidden, "more task")}`] : [])];
};

const raw = (text: string): RawTextElement => ({ type: "raw_text", text: clip(oneLine(text), shown.cell) || " " });

const table = (tasks: readonly Task[], seenAt: number): TableBlock => ({
  type: "table",
  column_settings: [{ is_wrapped: true }, { align: "left" }, { align: "right" }],
  rows: [
    [raw("Task"), raw("State"), raw("Time")],
    ...tasks
      .slice(0, lastRow)
      .map((task) => [raw(`${task.name} (${task.type})`), stateCell(taskState(task.status)), raw(time(task, seenAt))]),
  ],
});

const time = ({ startTime, endTime }: Task, seenAt: number): string =>
  startTime === undefined ? "-" : elapsed(startTime, endTime ?? seenAt);
