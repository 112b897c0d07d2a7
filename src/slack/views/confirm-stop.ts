// The question before a stop: what it is, how far it is, what is lost.
import type { ConfirmStopView } from "../../view.ts";
import { fields, section } from "../blocks.ts";
import { intentActions } from "../buttons.ts";
import { dataAge, dayAndTime, head, idContext, named, taskLines } from "../card.ts";
import { elapsed, percent, progressBar } from "../format.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { code, join, type Mrkdwn, mrkdwn, nothing } from "../mrkdwn.ts";
import { quote } from "../rich-text.ts";
import { stateOf } from "../state.ts";

/** Draws the question; its two buttons carry the intent. The server decides on the click, so Slack's own dialog is not needed. */
export const drawConfirmStop = (view: ConfirmStopView, context: RenderContext): Sketch => {
  const { link, instance, seenAt } = view;
  const state = stateOf(instance.status === "Suspended" ? "suspended" : "running", view.tasks);
  const done = view.percent === undefined ? nothing : mrkdwn`${percent(view.percent)} done`;
  const time = elapsed(instance.startTime, seenAt);
  return {
    text: mrkdwn`${state.word} ${named(link)}: stop it? ${join([mrkdwn`For ${time}`, done], ", ")}`,
    blocks: [
      ...section(mrkdwn`:octagonal_sign: *Stop this instance?* It is cancelled for good, and its output so far may be lost.`),
      ...head(state, link, instance.status),
      ...fields(facts(view, time)),
      ...(view.tasks.length > 1 ? taskLines(view.tasks, seenAt) : []), // one task says what the head has said
      ...(view.reason === undefined ? [] : quote(view.reason)),
      ...intentActions(view.intentId, link.instanceId),
      ...idContext(link, [mrkdwn`These buttons work until ${dayAndTime(view.expiresAt, context)}`, dataAge(seenAt, context)]),
    ],
  };
};

const facts = ({ instance, percent: done }: ConfirmStopView, time: string): readonly (readonly [string, Mrkdwn])[] => [
  ...(done === undefined ? [] : [["Progress", mrkdwn`${progressBar(done)}`] as const]),
  ["Elapsed", mrkdwn`${time}`],
  ...(instance.owner === undefined ? [] : [["Owner", code(instance.owner)] as const]),
];
