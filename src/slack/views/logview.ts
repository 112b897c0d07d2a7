// A Logview link. Whoever has it can read the instance, so it is shown to one person and never in a channel.
import type { KnownBlock } from "@slack/types";
import type { LogviewView } from "../../view/index.ts";
import { section, sectionWith } from "../blocks.ts";
import { instanceActions, linkButton, sideLink, status, tasks } from "../buttons.ts";
import { dayAndTime, idContext, named } from "../card.ts";
import { clockTime, plural } from "../format.ts";
import { limits, shown } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { code, isLinkable, mrkdwn, shortId, link as webLink } from "../mrkdwn.ts";
import { preformatted } from "../rich-text.ts";
import { nameOf } from "./subs.ts";

/** An XFlow's own page says little: its sub-instances have theirs. */
const subLinks = ({ subs = [], moreSubs = 0 }: LogviewView): KnownBlock[] => {
  const rest = moreSubs + Math.max(0, subs.length - shown.subInstances);
  return [
    ...subs.slice(0, shown.subInstances).flatMap((sub) => {
      const words = mrkdwn`${nameOf(sub)}\n${code(sub.link.instanceId)}`;
      const aloud = `Open Logview of ${shortId(sub.link.instanceId)}`;
      return isLinkable(sub.url, limits.buttonUrl)
        ? sectionWith(words, [sideLink(sub.url, "Logview", aloud)])
        : [...section(words), ...preformatted(sub.url, limits.sectionText)];
    }),
    ...(rest > 0 ? section(mrkdwn`and ${plural(rest, "more sub-instance")}: ${code("subs")} lists them`) : []),
  ];
};

/** Draws the link for the one who asked. Throws for a channel: that would be a programming error, and a leak. */
export const drawLogview = (view: LogviewView, context: RenderContext): Sketch => {
  if (context.audience !== "private") throw new Error("A Logview link is never shown in a channel");
  const until = clockTime(view.expiresAt, context.timeZone);
  const shareable =
    view.jobInsightUrl === undefined
      ? []
      : section(mrkdwn`To share, use ${webLink(view.jobInsightUrl, "Job insight")}: it asks for a login.`);
  return {
    text: mrkdwn`Logview of ${named(view.link)}, until ${until}; only you see this`,
    blocks: [
      ...section(mrkdwn`*Logview* of ${code(shortId(view.link.instanceId))} in ${code(view.link.project)}`),
      ...(isLinkable(view.url, limits.buttonUrl)
        ? linkButton(view.url, "Open Logview", `Open Logview of ${shortId(view.link.instanceId)}`)
        : preformatted(view.url, limits.sectionText)),
      ...section(
        mrkdwn`*Only you* see this. The link lets whoever has it read this instance, its SQL and its result until ${dayAndTime(view.expiresAt, context)}: do not pass it on.`,
      ),
      ...subLinks(view),
      ...shareable,
      ...instanceActions(view.link, [status, tasks]),
      ...idContext(view.link),
    ],
  };
};
