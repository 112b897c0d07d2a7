import type { Channel, ChannelState, Summary } from "../channel.ts";
import type { Ports } from "../ports.ts";
import { isQuiet } from "../quiet.ts";
import { mayGoOn } from "./shift.ts";

/** What one summary has room for; the rest is in the next. */
const mostInOne = 500;
const mostLost = 2;

type Time = { readonly ports: Ports; readonly now: () => number; readonly until: number };

/** One post for all that was put aside for a channel and is due. */
export async function tellSummaries(time: Time): Promise<void> {
  for (const channel of await time.ports.channels.waiting(time.now())) {
    if (!mayGoOn(time)) return;
    await tellSummary(time, channel);
  }
}

async function tellSummary({ ports, now, until }: Time, channel: Channel): Promise<void> {
  const state = await ports.channels.state(channel);
  const { sending } = state;
  if (sending !== undefined && sending.busyUntil > now()) return;
  if (state.quiet !== undefined && isQuiet(state.quiet, now())) return;
  const due = await ports.channels.due(channel, now(), mostInOne);
  // What a summary that may have been told was made of: the same again, and nothing that came later.
  const held = sending === undefined ? due : due.filter(({ id }) => sending.ids.includes(id));
  const [first] = held;
  if (first === undefined) {
    if (sending !== undefined) await ports.channels.save(without(state));
    return;
  }
  const ids = held.map(({ id }) => id);
  const mark = {
    id: sending?.id ?? `summary:${first.id}`,
    ids,
    at: sending?.at ?? now(),
    lost: sending?.lost ?? 0,
    busyUntil: until,
  };
  const marked = await ports.channels.save({ ...state, sending: mark });
  if (marked === undefined) return;
  const summary: Summary = { kind: "summary", key: mark.id, at: mark.at, held };
  const isPerhapsRepeated = sending !== undefined || held.some((each) => each.isPerhapsRepeated === true);
  const told = await ports.notifier.notify(channel, summary, { isPerhapsRepeated });
  if (told.kind === "later") {
    await ports.channels.save(sending === undefined ? without(marked) : { ...marked, sending });
    return;
  }
  if (told.kind === "unknown" && mark.lost + 1 < mostLost) {
    await ports.channels.save({ ...marked, sending: { ...mark, lost: mark.lost + 1, busyUntil: 0 } });
    return;
  }
  if (told.kind === "refused") await ports.subscriptions.close(channel, told.reason, now());
  // Dropped before the mark goes: a death in between finds a mark without anything left to tell.
  await ports.channels.drop(channel, ids);
  await ports.channels.save(without(marked));
}

const without = ({ sending: _, ...state }: ChannelState): ChannelState => state;
