// A decision as the audit channel is told it, before it is carried out.
import type { AuditedView } from "../../view/index.ts";
import { section, context as smallPrint } from "../blocks.ts";
import { shown } from "../limits.ts";
import type { Sketch } from "../message.ts";
import { channelLink, code, join, mention, mrkdwn, nothing, shortId } from "../mrkdwn.ts";
import { quote } from "../rich-text.ts";
import { signOf } from "../state.ts";
import { decided, signName } from "./audit-words.ts";

/** Draws one line without buttons: whoever wants more asks for the trail. */
export const drawAudited = ({ entry, requestId }: AuditedView): Sketch => {
  const { who, verb, link, project, channel, text, reason } = entry;
  const on = link === undefined ? nothing : code(shortId(link.instanceId));
  const where = project === undefined ? nothing : mrkdwn`in ${code(project)}`;
  const what = join([mrkdwn`*${verb}*`, on, where], " ");
  return {
    text: join([decided(entry), mrkdwn`${verb}`, on, where, mrkdwn`by ${mention(who)}`], " "),
    blocks: [
      ...section(mrkdwn`${signOf(signName(entry))} *${decided(entry)}* · ${mention(who)} ${what} · ${channelLink(channel)}`),
      ...(reason === undefined ? [] : quote(reason)),
      ...smallPrint([text === undefined ? nothing : code(text, shown.auditCommand), code(requestId)]),
    ],
  };
};
