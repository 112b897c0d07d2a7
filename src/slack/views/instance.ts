// The card of one instance: how far it is, or how it ended and what to do next.
import type { KnownBlock } from "@slack/types";
import type { InstanceView } from "../../view/index.ts";
import { fields, section } from "../blocks.ts";
import {
  cost,
  type InstanceAction,
  instanceActions,
  logview,
  progress,
  queue,
  refresh,
  result,
  stop,
  subs,
  tasks,
  why,
} from "../buttons.ts";
import { dataAge, dayAndTime, head, idContext, named, taskLines } from "../card.ts";
import { elapsed } from "../format.ts";
import { shown } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { code, join, type Mrkdwn, mrkdwn, nothing, plainText, sentences, term, link as webLink } from "../mrkdwn.ts";
import { bar, progressLines, progressWords, stageSummary } from "../progress.ts";
import { preformatted } from "../rich-text.ts";
import { hasEnded, stateOf } from "../state.ts";

/** Draws the card of an instance in any state. */
export const drawInstance = (view: InstanceView, context: RenderContext): Sketch => {
  const state = stateOf(view.outcome, view.tasks);
  const [only] = view.tasks;
  const taskType = view.tasks.length === 1 && only !== undefined ? term(only.type) : nothing;
  return {
    text: mrkdwn`${term(state.word)} ${join([named(view.link), timeWords(view), progressNow(view), failureWords(view)], ", ")}`,
    blocks: [
      ...head(state, view.link, view.instance.status, taskType),
      ...fields(facts(view, context)),
      ...(isOver(view) ? [] : severalProgresses(view)),
      ...(view.tasks.length > 1 ? taskLines(view.tasks, view.seenAt) : []),
      ...explanation(view),
      ...buttons(view),
      ...idContext(view.link, [dataAge(view.seenAt, context), insight(view)]),
    ],
  };
};

const isOver = ({ instance, outcome }: InstanceView): boolean => hasEnded(instance.status, outcome);

const timeWords = ({ instance, seenAt }: InstanceView): Mrkdwn =>
  instance.startTime === undefined ? nothing : mrkdwn`${elapsed(instance.startTime, instance.endTime ?? seenAt)}`;

const progressNow = (view: InstanceView): Mrkdwn => (isOver(view) ? nothing : progressWords(view.progress));

const failureWords = ({ failure }: InstanceView): Mrkdwn => {
  if (failure === undefined) return nothing;
  const { code: errorCode = "", message } = failure;
  // The service mostly begins its message with the code.
  return plainText(message.startsWith(errorCode) ? message : `${errorCode}: ${message}`, shown.error);
};

type Fact = readonly [name: string, value: Mrkdwn];

const facts = (view: InstanceView, context: RenderContext): readonly Fact[] => {
  const { instance, seenAt } = view;
  const owner: Fact[] = instance.owner === undefined ? [] : [["Owner", code(instance.owner)]];
  const started: Fact[] = instance.startTime === undefined ? [] : [["Started", dayAndTime(instance.startTime, context)]];
  const time: Fact = [isOver(view) ? "Took" : "Elapsed", mrkdwn`${elapsed(instance.startTime, instance.endTime ?? seenAt)}`];
  if (!isOver(view)) return [...progressFacts(view), time, ...owner, ...started];
  const ended: Fact[] = instance.endTime === undefined ? [] : [["Ended", dayAndTime(instance.endTime, context)]];
  return [time, ...owner, ...started, ...ended];
};

const progressFacts = ({ progress: known }: InstanceView): readonly Fact[] => {
  const [only] = known;
  if (only === undefined || known.length > 1) return [];
  const stage = stageSummary(only.stages);
  return [["Progress", bar(only)], ...(stage === nothing ? [] : [["Stage", stage] satisfies Fact])];
};

const severalProgresses = ({ progress: known }: InstanceView): KnownBlock[] =>
  known.length > 1 ? section(progressLines(known)) : [];

const explanation = (view: InstanceView): KnownBlock[] => {
  const { failure, outcome } = view;
  if (failure !== undefined) {
    const what = join(
      [mrkdwn`*Task* ${code(failure.taskName)}`, failure.code === undefined ? nothing : code(failure.code)],
      " · ",
    );
    return [
      ...section(mrkdwn`*Cause* ${sentences(failure.cause, shown.prose)}\n*Next* ${sentences(failure.next, shown.prose)}`),
      ...section(what),
      ...preformatted(failure.message, shown.error),
    ];
  }
  if (outcome === "failed") return section(mrkdwn`*Next* Open Logview to see where it failed.`);
  if (outcome === "suspended") return section(mrkdwn`MaxCompute has put it on hold; it has not ended.`);
  if (outcome === "cancelled") return section(mrkdwn`It was stopped before its end. Output so far may be incomplete.`);
  if (outcome === "unknown") {
    const why = view.tasks.length === 0 ? "lists no task of it" : "tells no end of its tasks that this bot knows";
    return section(mrkdwn`Whether it succeeded is not known: MaxCompute ${why}. Open Logview to see more.`);
  }
  return [];
};

const buttons = (view: InstanceView): KnownBlock[] => {
  const stopIfAllowed: InstanceAction[] = view.mayStop ? [stop] : [];
  if (!isOver(view))
    return instanceActions(
      view.link,
      [refresh, logview, ...stopIfAllowed],
      [progress, { ...why, label: "Why slow?" }, queue, tasks, subs],
    );
  if (view.outcome === "success") return instanceActions(view.link, [result, logview, refresh], [cost, tasks, progress, subs]);
  return instanceActions(view.link, [logview, why, refresh], [result, tasks, subs, cost]);
};

const insight = ({ jobInsightUrl }: InstanceView): Mrkdwn =>
  jobInsightUrl === undefined ? nothing : webLink(jobInsightUrl, "Job insight");
