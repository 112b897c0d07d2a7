import { useEffect, useState } from "preact/hooks";
import type { Message } from "./shapes.ts";

/** Channels with messages from others that this person has not had on screen; what was there at first counts as read. */
export function useUnread(me: string, current: string, histories: ReadonlyMap<string, readonly Message[]>): ReadonlySet<string> {
  const [seen, setSeen] = useState<ReadonlyMap<string, string>>(new Map());
  const lastOf = (channel: string) => histories.get(channel)?.findLast(({ user }) => user !== me)?.ts ?? "0";
  useEffect(() => {
    const fresh = [...histories.keys()].filter((channel) => {
      const known = seen.get(`${me} ${channel}`);
      return known === undefined || (channel === current && known !== lastOf(channel));
    });
    if (fresh.length > 0) setSeen(new Map([...seen, ...fresh.map((channel) => [`${me} ${channel}`, lastOf(channel)] as const)]));
  }, [me, current, histories]);
  return new Set(
    [...histories.keys()].filter(
      (id) => id !== current && Number(lastOf(id)) > Number(seen.get(`${me} ${id}`) ?? Number.POSITIVE_INFINITY),
    ),
  );
}
