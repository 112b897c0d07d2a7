import type { Call } from "../call.ts";
import { type Reply, xmlReply } from "../reply.ts";
import { nextStatusChangeAt } from "../timeline.ts";
import { type Found, findInstance, type World } from "../world.ts";
import { element } from "../xml.ts";
import { instanceHeaders } from "./instance-headers.ts";

const statusReply = (found: Found): Reply =>
  xmlReply(element("Instance", [element("Status", [found.state.status])]), instanceHeaders(found));

/** Plain GET (protocol section 5): the status, and nothing of the tasks. */
export const status = (_call: Call, found: Found): Reply => statusReply(found);

/** Resolves after `ms`, when the instance's record changes, or when the caller is gone; whichever is first. */
const pause = ({ clock, listeners }: World, id: string, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      cancel();
      listeners.delete(heard);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const heard = (changed: string): void => {
      if (changed === id) done();
    };
    const cancel = clock.after(ms, done);
    listeners.add(heard);
    signal.addEventListener("abort", done);
  });

/** `?instancestatus`: held until the status changes or the long poll's time is over, then answered like a plain GET. */
export const statusWhenChanged = async (call: Call, first: Found, world: World): Promise<Reply> => {
  const { clock, settings } = world;
  const id = first.record.id;
  // Of an instance below an XFlow nothing is recorded: what happens to it is written down with the root.
  const recordId = first.below?.root.id ?? id;
  const deadline = clock.now() + settings.longPollMs;
  for (;;) {
    const found = findInstance(world, id);
    const now = clock.now();
    const isOver = found.state.status !== first.state.status || found.state.status === "Terminated" || now >= deadline;
    if (isOver || call.signal.aborted) return statusReply(found);
    await pause(world, recordId, Math.min(deadline, nextStatusChangeAt(found.plan, found.record, now)) - now, call.signal);
  }
};
