// What became of a stop, in one sentence a phase.
import type { StopView } from "../../view/index.ts";
import { section } from "../blocks.ts";
import { instanceActions, logview, refresh, tasks } from "../buttons.ts";
import { idContext, named } from "../card.ts";
import { duration } from "../format.ts";
import type { Sketch } from "../message.ts";
import { code, type Mrkdwn, mention, mrkdwn, nothing, shortId, term } from "../mrkdwn.ts";
import { quote } from "../rich-text.ts";
import { signOf, stateOf } from "../state.ts";
import { noEffect } from "./watch-words.ts";

type Told = { readonly emoji?: string; readonly word: string; readonly sentence: Mrkdwn };

/** Draws one phase of a stop; each later phase replaces the earlier one. */
export const drawStop = (view: StopView): Sketch => {
  const { emoji, word, sentence } = tell(view);
  const { link } = view;
  return {
    text: mrkdwn`${word} ${named(link)}. ${sentence}`,
    blocks: [
      ...section(mrkdwn`${signOf(emoji)} *${word}*  ${code(shortId(link.instanceId))} in ${code(link.project)}\n${sentence}`),
      ...(view.reason === undefined ? [] : quote(view.reason)),
      ...instanceActions(link, [refresh, logview, tasks]),
      ...idContext(link),
    ],
  };
};

const tell = (view: StopView): Told => {
  const by = mention(view.by);
  const approved = view.approvedBy === undefined ? nothing : mrkdwn`, approved by ${mention(view.approvedBy)}`;
  switch (view.phase) {
    case "stopping":
      return { emoji: "hourglass_flowing_sand", word: "STOPPING", sentence: mrkdwn`Requested by ${by}${approved}.` };
    case "stopped": {
      const state = stateOf(view.outcome ?? "cancelled");
      return { ...state, sentence: mrkdwn`Stopped by ${by}${approved}; MaxCompute confirms it${after(view)}.` };
    }
    case "already-finished": {
      const state = stateOf(view.outcome ?? "unknown");
      return { ...state, sentence: mrkdwn`It has already finished; nothing was stopped.` };
    }
    case "still-running":
      return {
        emoji: "arrow_forward",
        word: "STILL RUNNING",
        sentence: mrkdwn`MaxCompute accepted the stop of ${by} but has not ended it${after(view)}${says(view)}. ${followed(view)}`,
      };
    case "unknown":
      return {
        emoji: "grey_question",
        word: "UNKNOWN",
        sentence: mrkdwn`${lost(view, by)} Refresh before you stop it again. ${followed(view)}`,
      };
    case "asked":
      return {
        emoji: "raised_hand",
        word: "ASKED",
        sentence: mrkdwn`Another operator has to approve it, on the card that everybody here sees. Nothing is stopped until then.`,
      };
    case "kept":
      return { emoji: "arrow_forward", word: "KEPT RUNNING", sentence: mrkdwn`${by} let it run on; nothing was stopped.` };
    default:
      return view.phase satisfies never;
  }
};

const followed = ({ isFollowed }: StopView): Mrkdwn =>
  isFollowed === true
    ? mrkdwn`Its card here tells how it ends, or that the ${noEffect}.`
    : mrkdwn`No card follows it here: Refresh shows what became of it.`;

const lost = ({ status }: StopView, by: Mrkdwn): Mrkdwn =>
  status === undefined
    ? mrkdwn`The answer to the stop of ${by} was lost and its state could not be read: it may or may not have stopped.`
    : mrkdwn`The answer to the stop of ${by} was lost, and MaxCompute still says ${term(status)}: it may or may not stop yet.`;

const after = ({ waitedMs }: StopView): Mrkdwn => (waitedMs === undefined ? nothing : mrkdwn` after ${duration(waitedMs)}`);

const says = ({ status }: StopView): Mrkdwn => (status === undefined ? nothing : mrkdwn` (MaxCompute says ${term(status)})`);
