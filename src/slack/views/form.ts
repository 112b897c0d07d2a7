// A form where no modal is open any more: how to get it back, and the command that does the same.
import type { FormView } from "../../view.ts";
import { section } from "../blocks.ts";
import { openForm } from "../buttons.ts";
import { idContext } from "../card.ts";
import type { Sketch } from "../message.ts";
import { code, mrkdwn, plainText, shortId } from "../mrkdwn.ts";

export const drawForm = (view: FormView): Sketch => {
  const { title, link, command } = view;
  const what = plainText(title, 120);
  const typed = `${command} ${link.instanceId} -p ${link.project}`;
  return {
    text: mrkdwn`${what} of ${shortId(link.instanceId)}: its window did not open in time, or was closed`,
    blocks: [
      ...section(
        mrkdwn`*${what}*: its window did not open in time, or was closed. Open it again, or type ${code(typed)} with what you want of it.`,
      ),
      ...openForm(view),
      ...idContext(link),
    ],
  };
};
