// The question before a stop: what it is, how far it is, what is lost.
import type { ConfirmStopView } from "../../view/index.ts";
import { fields, section } from "../blocks.ts";
import { branchActions, intentActions } from "../buttons.ts";
import { dataAge, dayAndTime, head, idContext, named, taskLines } from "../card.ts";
import { elapsed, percent } from "../format.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { join, type Mrkdwn, mrkdwn, nothing } from "../mrkdwn.ts";
import { quote } from "../rich-text.ts";
import { stateOf } from "../state.ts";
import { stopFacts } from "./stop-facts.ts";

/** Draws the question; its two buttons carry the intent. The server decides on the click, so Slack's own dialog is not needed. */
export const drawConfirmStop = (view: ConfirmStopView, context: RenderContext): Sketch => {
  const { link, instance, facts } = view;
  const state = stateOf(instance.status === "Suspended" ? "suspended" : "running", view.tasks);
  const done = facts.percent === undefined ? nothing : mrkdwn`${percent(facts.percent)} done`;
  const time = elapsed(facts.startTime, facts.seenAt);
  return {
    text: mrkdwn`${state.word} ${named(link)}: stop it? ${join([mrkdwn`For ${time}`, done], ", ")}`,
    blocks: [
      ...section(mrkdwn`:octagonal_sign: *Stop this instance?* It is cancelled for good, and its output so far may be lost.`),
      ...head(state, link, instance.status),
      ...fields(stopFacts(facts, { isPublic: false })),
      ...(view.tasks.length > 1 ? taskLines(view.tasks, facts.seenAt) : []), // one task says what the head has said
      ...(view.reason === undefined ? [] : quote(view.reason)),
      ...section(hint(view)),
      ...intentActions(view.intentId, link.instanceId, view.needs),
      ...branchActions(view.branches),
      ...idContext(link, [
        mrkdwn`These buttons work until ${dayAndTime(view.expiresAt, context)}`,
        dataAge(facts.seenAt, context),
      ]),
    ],
  };
};

/** What more it takes than a press. */
function hint({ needs, branches }: ConfirmStopView): Mrkdwn {
  const all =
    branches.length === 0
      ? nothing
      : mrkdwn`All ${branches.length} running branches end with it; the menu stops one of them alone.`;
  const how = {
    press: nothing,
    typed: mrkdwn`A production project: you may stop it alone, by typing the end of its id.`,
    approval: mrkdwn`A production project: another operator has to approve it, on a card that everybody here sees.`,
  }[needs];
  return join([how, all], "\n");
}
