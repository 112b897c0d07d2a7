// From what the watch engine wants told to a Slack message.
import { lastingRef } from "../commands/lasting-refs.ts";
import type { Announcement, Held, News, Summary, Watch } from "../watch/index.ts";
import { hold } from "./hold.ts";
import type { Message, Sketch } from "./message.ts";
import { drawFarewell } from "./views/farewell.ts";
import { drawOutage } from "./views/outage.ts";
import { drawOwnerWord } from "./views/owner-word.ts";
import { drawSummary, instancesIn } from "./views/summary.ts";
import { drawWatchCard } from "./views/watch-card.ts";
import { drawReply } from "./views/watch-reply.ts";
import type { Telling } from "./views/watch-words.ts";

export type Drawing = { readonly showsErrors: boolean; readonly isPerhapsRepeated: boolean };

/** The message for an announcement of a watch: within Slack's limits, everything foreign in it escaped. */
export function drawAnnouncement(watch: Watch, announcement: Announcement, drawing: Drawing): Message {
  const { id, project, instanceId } = watch;
  return hold(draw({ watch, link: { ref: lastingRef(id), project, instanceId }, ...drawing }, announcement));
}

const draw = (telling: Telling, announcement: Announcement): Sketch => {
  if (announcement.kind === "opened" || announcement.kind === "card") {
    return drawWatchCard(telling, announcement.face, announcement.at);
  }
  return announcement.to === "owner" ? drawOwnerWord(telling, announcement) : drawReply(telling, announcement);
};

/** As many instances of a summary as its menu holds have a reference. */
const mostReferred = 100;

/** What the references of a summary stand for, in their order. */
export const referredIn = (summary: Pick<Summary, "held">): readonly Held[] => instancesIn(summary).slice(0, mostReferred);

/** The message for a summary, for the end of a subscription, or for MaxCompute's silence and its end. */
export function drawNews(news: News, { showsErrors, isPerhapsRepeated }: Drawing): Message {
  if (news.kind === "unsubscribed") return hold(drawFarewell(news, isPerhapsRepeated));
  if (news.kind !== "summary") return hold(drawOutage(news, isPerhapsRepeated));
  const named = instancesIn(news).map((held, index) => {
    const { project, instanceId } = held;
    // Beyond the menu a reference would name nothing.
    return { held, link: { ref: index < mostReferred ? lastingRef(news.key, index) : "", project, instanceId } };
  });
  return hold(drawSummary(named, isPerhapsRepeated, showsErrors));
}
