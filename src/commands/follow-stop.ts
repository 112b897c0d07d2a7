// After a stop the watch engine tells what becomes of it: on the card there is in this channel, or on one that is opened for it. None of
// this throws or takes long: the stop has been sent, and whoever sent it is owed an answer.
import type { Stop } from "../watch/index.ts";
import { newWatch } from "../watch/index.ts";
import type { CommandContext } from "./command.ts";
import type { Named } from "./recall.ts";
import { connection } from "./watch-book.ts";
import { placeOf } from "./watched.ts";

/** What is not done by then is left: the answer says that nobody follows it. */
const withinMs = 2_000;

const inTime = (work: Promise<boolean>, { pause }: Pick<CommandContext, "pause">): Promise<boolean> =>
  Promise.race([
    // Whatever keeps it from being followed, the answer tells how to look instead.
    work.catch(() => false),
    pause(withinMs).then(() => false),
  ]);

const namedOf = ({ project, instanceId }: Named): Named => ({ project, instanceId });

/** The card there is says at once who stopped it. False where there is none. */
export const markStop = (named: Named, stop: Stop, context: CommandContext): Promise<boolean> =>
  inTime(context.watching.stopping(placeOf(namedOf(named), context), stop), context);

/** It has not ended while somebody waited for it: from here on a watch does. False where nothing can be posted. */
export const followStop = (named: Named, stop: Stop, context: CommandContext): Promise<boolean> =>
  inTime(startWatch(namedOf(named), stop, context), context);

async function startWatch(named: Named, stop: Stop, context: CommandContext): Promise<boolean> {
  if (!(await context.mayPost())) return false;
  const wanted = { team: context.caller.team, connection, ...named, channel: context.channel, startedBy: stop.by, stop };
  const { added } = await context.watching.add(newWatch(wanted, context.now()));
  return added || context.watching.stopping(placeOf(named, context), stop);
}
