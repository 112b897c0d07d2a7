// What whoever decides about a stop has to know: how far it is, for how long, what it cost, who waits for it and whose it is.
import type { StopFacts } from "../../view/index.ts";
import { elapsed, progressBar } from "../format.ts";
import { code, join, type Mrkdwn, mention, mrkdwn } from "../mrkdwn.ts";

const mostNames = 5;

function followedBy({ people, channels }: StopFacts["watchers"], isPublic: boolean): Mrkdwn {
  const places = mrkdwn`${channels} ${channels === 1 ? "channel" : "channels"}`;
  if (people.length === 0) return places;
  // A name that everybody sees calls whoever bears it.
  if (isPublic) return mrkdwn`${places}, by ${people.length} ${people.length === 1 ? "other" : "others"}`;
  const names = join(people.slice(0, mostNames).map(mention), ", ");
  return mrkdwn`${places}: ${names}${people.length > mostNames ? " and others" : ""}`;
}

/** Labels with what is known; `isPublic`: everybody in the conversation sees them. */
export const stopFacts = (
  { owner, startTime, percent, cost, watchers, seenAt }: StopFacts,
  { isPublic }: { readonly isPublic: boolean },
): readonly (readonly [string, Mrkdwn])[] => [
  ...(percent === undefined ? [] : [["Progress", mrkdwn`${progressBar(percent)}`] as const]),
  ["Elapsed", mrkdwn`${elapsed(startTime, seenAt)}`],
  ...(cost === undefined ? [] : [["Cost so far", mrkdwn`${Math.round(cost)} core-seconds`] as const]),
  ...(watchers.channels === 0 ? [] : [["Followed by", followedBy(watchers, isPublic)] as const]),
  ...(owner === undefined ? [] : [["Owner", code(owner)] as const]),
];
