// Told to a channel: who did what to which instance.
import type { ActedView } from "../../view/index.ts";
import { section } from "../blocks.ts";
import { idContext, named } from "../card.ts";
import type { Sketch } from "../message.ts";
import { code, mention, mrkdwn, nothing, shortId } from "../mrkdwn.ts";
import { quote } from "../rich-text.ts";
import { stateOf, stateWord } from "../state.ts";

const repeated = mrkdwn`. I may have told this before.`;

/** Draws one public line, without buttons: whoever wants more asks privately. */
export const drawActed = ({ link, by, action, outcome, reason, isPerhapsRepeated }: ActedView): Sketch => {
  const state = outcome === undefined ? mrkdwn`:hourglass_flowing_sand: *STOPPING*` : stateWord(stateOf(outcome));
  const word = outcome === undefined ? "STOPPING" : stateOf(outcome).word;
  return {
    text: mrkdwn`${word} ${named(link)}: ${mention(by)} ${action} it${isPerhapsRepeated === true ? repeated : nothing}`,
    blocks: [
      ...section(mrkdwn`${state}  ${mention(by)} ${action} ${code(shortId(link.instanceId))} in ${code(link.project)}`),
      ...(reason === undefined ? [] : quote(reason)),
      ...idContext(link, isPerhapsRepeated === true ? [mrkdwn`I may have told this before`] : []),
    ],
  };
};
