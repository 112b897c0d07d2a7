// What became of a job that somebody asked for, in one sentence a phase.
import type { RunView } from "../../view/index.ts";
import { section } from "../blocks.ts";
import { instanceActions, refresh, result, stop } from "../buttons.ts";
import { idContext } from "../card.ts";
import { duration } from "../format.ts";
import { shown } from "../limits.ts";
import type { Sketch } from "../message.ts";
import { channelLink, code, join, type Mrkdwn, mention, mrkdwn, nothing, shortId } from "../mrkdwn.ts";
import { signOf } from "../state.ts";
import { jobText, jobWords } from "./job.ts";

type Told = { readonly emoji: string; readonly word: string; readonly sentence: Mrkdwn };

/** Draws one phase; each later phase replaces the earlier one. */
export const drawRun = (view: RunView): Sketch => {
  const { emoji, word, sentence } = tell(view);
  const { link, job } = view;
  const which = link === undefined ? nothing : mrkdwn`${code(shortId(link.instanceId))}`;
  return {
    text: mrkdwn`${word} ${job.kind === "sql" ? "SQL" : job.name} in ${job.project}. ${sentence}`,
    blocks: [
      ...section(mrkdwn`${signOf(emoji)} ${join([mrkdwn`*${word}*`, which, jobWords(job)], "  ")}\n${sentence}`),
      ...jobText(job, shown.error),
      ...(link === undefined || link.ref === "" ? [] : instanceActions(link, [refresh, result, stop])),
      ...(link === undefined ? [] : idContext(link)),
    ],
  };
};

const tell = (view: RunView): Told => {
  const approved = view.approvedBy === undefined ? nothing : mrkdwn`, approved by ${mention(view.approvedBy)}`;
  const by = mrkdwn`${mention(view.by)}${approved}`;
  switch (view.phase) {
    case "asked":
      return {
        emoji: "raised_hand",
        word: "ASKED",
        sentence: mrkdwn`Another operator has to approve it, on the card that everybody here sees. Nothing runs until then.`,
      };
    case "kept":
      return { emoji: "leftwards_arrow_with_hook", word: "NOT RUN", sentence: mrkdwn`${by} cancelled it; nothing was run.` };
    case "submitting":
      return { emoji: "hourglass_flowing_sand", word: "SUBMITTING", sentence: mrkdwn`Asked for by ${by}.` };
    case "submitted":
      return { emoji: "arrow_forward", word: "SUBMITTED", sentence: mrkdwn`Asked for by ${by}. ${whatNow(view)}` };
    case "lost":
      return { emoji: "grey_question", word: "UNKNOWN", sentence: view.isFinal === true ? lostForGood : lost };
    case "dropped":
      return {
        emoji: "warning",
        word: "NOT RUN",
        sentence: mrkdwn`I was interrupted before it was submitted; nothing was run. Ask again if it is still wanted.`,
      };
    case "stopped":
      return {
        emoji: "alarm_clock",
        word: "STOPPED",
        sentence: mrkdwn`It ran for longer than ${duration(view.timeoutMs)}, so I asked MaxCompute to stop it.`,
      };
    default:
      return view.phase satisfies never;
  }
};

const lost = mrkdwn`The answer to the submission was lost: it may or may not run. I look for it and tell you what I find; I do not submit it again by myself.`;
const lostForGood = mrkdwn`I found no instance of it, and cannot tell for certain that there is none. It counts in your budget. Look with ${code("list")} before you ask again.`;

function whatNow(view: RunView): Mrkdwn {
  if (view.isFollowedLater === true)
    return mrkdwn`Something broke behind that, so its card comes within a few minutes. Do not run it again: it is under way.`;
  return mrkdwn`${join([...itsEnd(view), mrkdwn`I stop it after ${duration(view.timeoutMs)}`], ". ")}.`;
}

/** Who hears of its end, and who gets its rows. */
function itsEnd({ watchedIn, job, by }: RunView): readonly Mrkdwn[] {
  const hasRows = job.kind === "sql" && job.isReading;
  const rows = hasRows ? [mrkdwn`When it has ended, ${mention(by)} gets its rows in a direct message`] : [];
  if (watchedIn !== undefined)
    return [mrkdwn`I keep a card in ${channelLink(watchedIn)} and tell ${mention(by)} its end`, ...rows];
  if (hasRows) return [mrkdwn`I am not in this channel, so it has no card`, ...rows];
  return [mrkdwn`I am not in this channel, so nobody hears of its end: ${code("status last")} shows it`];
}
