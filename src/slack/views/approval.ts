// A card on which a second person decides; each later phase takes its place.
import type { ApprovalView } from "../../view/index.ts";
import { fields, section } from "../blocks.ts";
import { approvalActions } from "../buttons.ts";
import { dataAge, dayAndTime, idContext, named } from "../card.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { code, type Mrkdwn, mention, mrkdwn, nothing, shortId } from "../mrkdwn.ts";
import { quote } from "../rich-text.ts";
import { stateOf, stateWord } from "../state.ts";
import { approvalSigns } from "./approval-phase.ts";
import { stopFacts } from "./stop-facts.ts";

export const drawApproval = (view: ApprovalView, context: RenderContext): Sketch => {
  const { link, requester, verb, reason, phase, intentId, expiresAt, facts } = view;
  const asks = mrkdwn`${mention(requester)} asks to *${verb}* ${code(shortId(link.instanceId))} in ${code(link.project)}`;
  const isOpen = phase === "asked";
  const until = isOpen ? [mrkdwn`Needs another operator, until ${dayAndTime(expiresAt, context)}`] : [];
  const age = isOpen && facts !== undefined ? [dataAge(facts.seenAt, context)] : [];
  return {
    text: mrkdwn`${wordOf(view)} ${named(link)}: ${mention(requester)} asks to ${verb} it. ${said(view)}`,
    blocks: [
      ...section(mrkdwn`${signOf(view)}  ${asks}\n${said(view)}`),
      ...(reason === undefined ? [] : quote(reason)),
      ...(isOpen && facts !== undefined ? fields(stopFacts(facts, { isPublic: true })) : []),
      ...(isOpen ? approvalActions(intentId, link.instanceId, verb) : []),
      ...idContext(link, [...until, ...age]),
    ],
  };
};

const signs = approvalSigns({
  begun: { word: "STOPPING", emoji: "hourglass_flowing_sand" },
  ended: { word: "CANCELLED", emoji: "octagonal_sign" },
  failed: { word: "FAILED", emoji: "warning" },
});

const wordOf = ({ phase, outcome }: ApprovalView): string =>
  (phase === "ended" || phase === "over") && outcome !== undefined ? stateOf(outcome).word : signs[phase].word;

const signOf = (view: ApprovalView): Mrkdwn =>
  (view.phase === "ended" || view.phase === "over") && view.outcome !== undefined
    ? stateWord(stateOf(view.outcome))
    : mrkdwn`:${signs[view.phase].emoji}: *${signs[view.phase].word}*`;

function said({ phase, by, outcome }: ApprovalView): Mrkdwn {
  const who = by === undefined ? nothing : mention(by);
  const says = outcome === undefined ? nothing : mrkdwn` and says ${stateOf(outcome).word}`;
  switch (phase) {
    case "asked":
      return mrkdwn`The instance is cancelled for good. This cannot be undone.`;
    case "begun":
      return mrkdwn`Approved by ${who}; it is under way.`;
    case "ended":
      return mrkdwn`Approved by ${who}; MaxCompute confirms it.`;
    case "over":
      return mrkdwn`Approved by ${who}, but it had ended before; nothing was done.`;
    case "unsure":
      return mrkdwn`Approved by ${who}, but MaxCompute has not confirmed it${says}: its status shows how things stand.`;
    case "failed":
      return mrkdwn`Approved by ${who}, but it could not be done; whoever approved it was told why.`;
    case "denied":
      return mrkdwn`Denied by ${who}; nothing was done.`;
    case "withdrawn":
      return mrkdwn`Whoever asked took it back; nothing was done.`;
    case "expired":
      return mrkdwn`Nobody decided in time; nothing was done.`;
    default:
      return phase satisfies never;
  }
}
