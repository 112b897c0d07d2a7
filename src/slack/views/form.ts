// A form where no modal is open: how to get it, and the command that does the same.
import type { FormView } from "../../view/index.ts";
import { section } from "../blocks.ts";
import { openForm } from "../buttons.ts";
import { idContext } from "../card.ts";
import type { Sketch } from "../message.ts";
import { code, mrkdwn, plainText, shortId } from "../mrkdwn.ts";

export const drawForm = (view: FormView): Sketch => (view.link.instanceId === "" ? drawUnopened(view) : drawLost(view));

/** About no instance: it was asked for where no window can be opened, or did not open. */
const drawUnopened = (view: FormView): Sketch => {
  const what = plainText(view.title, 120);
  return {
    text: mrkdwn`${what}: press the button, or type it behind ${view.command}`,
    blocks: [
      ...section(mrkdwn`*${what}*: press the button for its form, or type it behind ${code(view.command)}.`),
      ...openForm(view, "Open form"),
    ],
  };
};

const drawLost = (view: FormView): Sketch => {
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
