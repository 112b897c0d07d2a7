// A Logview link. Whoever has it can read the instance, so it is shown to one person and never in a channel.
import type { LogviewView } from "../../view.ts";
import { section } from "../blocks.ts";
import { instanceActions, linkButton, status, tasks } from "../buttons.ts";
import { dayAndTime, idContext, named } from "../card.ts";
import { clockTime } from "../format.ts";
import { limits } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { code, isLinkable, mrkdwn, shortId, link as webLink } from "../mrkdwn.ts";
import { preformatted } from "../rich-text.ts";

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
      ...shareable,
      ...instanceActions(view.link, [status, tasks]),
      ...idContext(view.link),
    ],
  };
};
