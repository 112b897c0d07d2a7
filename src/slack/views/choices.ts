// Several instances answer to what was typed: which one?
import type { ChoicesView } from "../../view/index.ts";
import { section } from "../blocks.ts";
import { option, pickList } from "../buttons.ts";
import { plural } from "../format.ts";
import { limits } from "../limits.ts";
import type { Sketch } from "../message.ts";
import { code, join, linesWithin, mrkdwn } from "../mrkdwn.ts";

/** Draws the question and the ids in full: they mostly share the end that was typed, so buttons of 12 characters would look alike. */
export const drawChoices = ({ typed, verb, choices }: ChoicesView): Sketch => {
  const question = `${plural(choices.length, "instance")} answer to`;
  const lines = choices.map(({ link }) => join([code(link.instanceId), code(link.project)], " · "));
  return {
    text: mrkdwn`${question} ${typed}. Which one for ${verb}?`,
    blocks: [
      ...section(mrkdwn`${question} ${code(typed)}. Which one for ${code(verb)}?`),
      ...section(linesWithin(lines, limits.sectionText)),
      ...pickList(
        "Pick an instance",
        choices.flatMap(({ link, value }) => option(link.instanceId, value)),
      ),
    ],
  };
};
