import { backAgain, type Notice, newOutage, type Outage, stillOut } from "../outage.ts";
import type { Place } from "../watch.ts";
import { mayGoOn, type Shift } from "./shift.ts";

export const outageIdOf = ({ team, connection }: Place): string => `${team}/${connection}`;

/** What a scan found of the connection itself: an answer, of whatever kind; or silence, and why. */
export type Reached = { readonly answered: boolean; readonly reason: string | undefined };

const mostLost = 2;

/** Writes down that MaxCompute is silent or answers again, and tells the channels, each once. */
export async function mindOutage(
  shift: Shift,
  place: Place,
  found: Outage | undefined,
  reached: Reached,
  channels: readonly string[],
) {
  const now = shift.now();
  if (!reached.answered && reached.reason === undefined) {
    if (found !== undefined) await tellNotices(shift, place, found, false);
    return;
  }
  if (reached.answered) {
    if (found === undefined) return;
    const next = backAgain(found, now);
    if (next === undefined) await shift.ports.outages.end(found);
    else await tellNotices(shift, place, next, next !== found);
    return;
  }
  const outage = found ?? newOutage(outageIdOf(place), reached.reason ?? "", now);
  const next = stillOut(outage, channels, now);
  await tellNotices(shift, place, next, next !== found);
}

/** As with a watch: marked in one write, told, taken out in another. While one tick is at it, others leave it alone. */
async function tellNotices(shift: Shift, { team }: Place, outage: Outage, isChanged: boolean): Promise<void> {
  const { ports, now, until } = shift;
  const isBusy = outage.busyUntil !== undefined && outage.busyUntil > now();
  const isTelling = outage.outbox.length > 0 && !isBusy && mayGoOn(shift);
  if (!isTelling && !isChanged) return;
  const wasTried = new Map(outage.outbox.map(({ key, tried }) => [key, tried]));
  const current = await ports.outages.save(
    isTelling ? { ...outage, busyUntil: until, outbox: outage.outbox.map((each) => ({ ...each, tried: true })) } : outage,
  );
  if (current === undefined || !isTelling) return;
  const left: Notice[] = [];
  for (const notice of current.outbox) {
    const tried = wasTried.get(notice.key) === true;
    const told = mayGoOn(shift)
      ? await ports.notifier.notify({ team, channel: notice.channel }, notice, { isPerhapsRepeated: tried })
      : ({ kind: "later", notBefore: now() } as const);
    if (told.kind === "refused") await ports.subscriptions.close({ team, channel: notice.channel }, told.reason, now());
    if (told.kind === "later") left.push({ ...notice, tried });
    if (told.kind === "unknown" && notice.lost + 1 < mostLost) left.push({ ...notice, lost: notice.lost + 1 });
  }
  const { busyUntil: _, ...rest } = current;
  const after: Outage = { ...rest, outbox: left };
  if (after.until !== undefined && left.length === 0) await ports.outages.end(after);
  else await ports.outages.save(after);
}
