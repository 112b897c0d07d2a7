// What a channel does not want to hear of. Nothing is lost by it: the card goes on and says the same, a failure too.
import { type Announcement, isEnding } from "./announcement.ts";
import type { Mute } from "./channel.ts";
import { matchesGlob } from "./glob.ts";

export type Silenceable = {
  readonly instanceId: string;
  readonly jobName?: string | undefined;
  readonly snoozedUntil?: number | undefined;
};

export const mutes = ({ instanceId, glob, until }: Mute, about: Silenceable, now: number): boolean =>
  now < until &&
  (instanceId === about.instanceId || (glob !== undefined && about.jobName !== undefined && matchesGlob(about.jobName, glob)));

/** Whether a reply is left to the card: all of a muted instance; of one that is snoozed all but its end and what a stop did not do. */
export function isSilenced(announcement: Announcement, about: Silenceable, muted: readonly Mute[], now: number): boolean {
  // A message to one person is not the channel's affair.
  if (announcement.to !== "thread") return false;
  if (muted.some((mute) => mutes(mute, about, now))) return true;
  const isHeard = isEnding(announcement) || announcement.kind === "unstopped";
  return about.snoozedUntil !== undefined && now < about.snoozedUntil && !isHeard;
}
