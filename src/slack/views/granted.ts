// A change of who may do what, for whoever made it.
import type { GrantedView } from "../../view/index.ts";
import { section } from "../blocks.ts";
import { suggestionActions } from "../buttons.ts";
import type { Sketch } from "../message.ts";
import { code, join, type Mrkdwn, mrkdwn, nothing } from "../mrkdwn.ts";
import { whoWords } from "../named-who.ts";

export const drawGranted = (view: GrantedView): Sketch => {
  const { did, who, role, project, held, isOtherwise } = view;
  const sign = did === "allowed" ? mrkdwn`:white_check_mark: *Allowed*` : mrkdwn`:no_entry: *Denied*`;
  const where: Mrkdwn = project === undefined ? mrkdwn`in every project` : mrkdwn`in ${code(project)}`;
  const isPlace = who.kind === "channel" || who.kind === "channels";
  const now = isPlace
    ? held === undefined
      ? mrkdwn`Nothing may be done there now.`
      : mrkdwn`As much as one who is ${code(held)} has may be done there now.`
    : held === undefined
      ? mrkdwn`They may do nothing there now.`
      : mrkdwn`They are ${code(held)} there now.`;
  const against = isOtherwise ? mrkdwn`Another line of the policy stands against it: ${code("rights")} shows them all.` : nothing;
  const words = join([mrkdwn`${sign} ${code(role)} for ${whoWords(who)} ${where}.`, now, against], " ");
  return { text: words, blocks: [...section(words), ...suggestionActions(view.suggestions)] };
};
