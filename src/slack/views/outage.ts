// MaxCompute does not answer, or does again: told once a channel, for all of its cards.
import type { Notice } from "../../watch/index.ts";
import { section, context as smallPrint } from "../blocks.ts";
import type { Sketch } from "../message.ts";
import { mrkdwn, nothing } from "../mrkdwn.ts";
import { inBlocks, inText, repeated, span, type When, withRepeat } from "./watch-words.ts";

/** Draws the silence, or its end. Whatever ended in between is told by its own card. */
export const drawOutage = ({ kind, since, until }: Notice, isPerhapsRepeated: boolean): Sketch => {
  const mark = { isPerhapsRepeated };
  if (kind === "unreachable") {
    const words = (when: When) =>
      mrkdwn`MaxCompute has not answered since ${when(since)}. What the cards here say is as old; no watch has ended, and I go on asking`;
    return {
      text: withRepeat(mrkdwn`UNREACHABLE ${words(inText)}`, mark),
      blocks: [...section(mrkdwn`:satellite_antenna: *UNREACHABLE*  ${words(inBlocks)}.`), ...smallPrint([repeated(mark)])],
    };
  }
  const silence = until === undefined ? nothing : mrkdwn` after ${span(until - since)}`;
  const words = mrkdwn`MaxCompute answers again${silence}. The cards here are being brought up to date`;
  return {
    text: withRepeat(mrkdwn`RECOVERED ${words}`, mark),
    blocks: [...section(mrkdwn`:white_check_mark: *RECOVERED*  ${words}.`), ...smallPrint([repeated(mark)])],
  };
};
