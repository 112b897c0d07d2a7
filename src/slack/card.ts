// The pieces that every card about one instance shares.
import type { KnownBlock } from "@slack/types";
import type { InstanceStatus, Task } from "../maxcompute/index.ts";
import type { InstanceLink } from "../view/index.ts";
import { context, section } from "./blocks.ts";
import { clockTime, elapsed } from "./format.ts";
import { limits, shown } from "./limits.ts";
import type { RenderContext } from "./message.ts";
import { code, date, join, linesWithin, type Mrkdwn, mrkdwn, nothing, shortId, term } from "./mrkdwn.ts";
import { type State, stateWord, taskState } from "./state.ts";

/** State, id and project; MaxCompute's own status stands beside our word. */
export const head = (
  state: State,
  link: InstanceLink,
  status: InstanceStatus | undefined,
  more: Mrkdwn = nothing,
): KnownBlock[] => {
  const raw = status === undefined ? nothing : mrkdwn`MaxCompute says ${term(status)}`;
  return section(mrkdwn`${stateWord(state)}  ${code(shortId(link.instanceId))}\n${join([code(link.project), raw, more], " · ")}`);
};

/** "in demo_project", for the text beside the blocks. */
export const named = (link: InstanceLink): Mrkdwn => mrkdwn`${shortId(link.instanceId)} in ${link.project}`;

/** The full id in an element of its own, so that a long press on a phone copies it and nothing else; then what else is small print. */
export const idContext = (link: InstanceLink, parts: readonly Mrkdwn[] = []): KnownBlock[] =>
  context([code(link.instanceId, limits.fieldText - 2), ...parts]);

/** A day and time in the reader's zone, epoch milliseconds. */
export const dayAndTime = (epochMs: number, { timeZone }: RenderContext): Mrkdwn =>
  date(epochMs, "{date_short_pretty} {time}", clockTime(epochMs, timeZone));

/** When the data was read, so that nobody takes an old number for a live one. */
export const dataAge = (seenAt: number, { timeZone }: RenderContext): Mrkdwn =>
  mrkdwn`Updated ${date(seenAt, "{date_short_pretty} {time_secs}", clockTime(seenAt, timeZone))}`;

/** One line a task: state, name, type, how long it took or has been running. */
export const taskLines = (tasks: readonly Task[], seenAt: number): KnownBlock[] =>
  section(
    linesWithin(
      tasks.map((task) => {
        const time = task.startTime === undefined ? nothing : mrkdwn`${elapsed(task.startTime, task.endTime ?? seenAt)}`;
        return join([mrkdwn`${stateWord(taskState(task.status))} ${code(task.name)}`, term(task.type), time], " · ");
      }),
      shown.taskLines,
    ),
  );
