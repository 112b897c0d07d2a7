// What looks after submissions, over an invocation's own connections.
import { createBudgets } from "../src/commands/budget.ts";
import type { CommandQueue } from "../src/commands/request.ts";
import { createSubmissions, type Submissions } from "../src/commands/running/submissions.ts";
import { type TendPorts, tendSubmissions } from "../src/commands/running/tend.ts";
import { connection } from "../src/commands/watch-book.ts";
import { createWatchingStores } from "../src/commands/watching/stores.ts";
import { createWatchBook } from "../src/commands/watching/watch-book.ts";
import type { Log } from "../src/log.ts";
import { createPace } from "../src/slack/pace.ts";
import { ownSession } from "../src/slack/session-name.ts";
import { createTellAlone } from "../src/slack/tell-alone.ts";
import type { Schedule } from "../src/watch/index.ts";
import type { Connections } from "./compose.ts";

/** The minute rule goes on while somebody has to look after what was submitted, whether or not it is watched. */
export const restingOnceTended = (schedule: Schedule, submissions: Pick<Submissions, "open">): Schedule => ({
  ...schedule,
  disable: async () => ((await submissions.open()).length > 0 ? schedule.enable() : schedule.disable()),
});

/** MaxCompute is asked beside what the tick does, and what it did not answer by then is asked again a minute later. */
const waitsMs = 10_000;

/** Never throws: what is not done now is due at the next tick. */
export async function tendOver(
  connections: Connections,
  teamId: string,
  schedule: Schedule,
  queue: CommandQueue,
  log: Log,
): Promise<void> {
  const { store, table, slack, fetch, clients, clock } = connections;
  const until = clock.now() + waitsMs;
  const pace = createPace(table, clock.now, teamId);
  const tell = createTellAlone({ client: slack, fetch, clock, pace });
  const watching = createWatchBook({
    ...createWatchingStores(store, clock.now),
    schedule,
    // It is due, and the next tick looks at it.
    lookNow: async () => undefined,
    now: clock.now,
    connectionOf: () => connection,
  });
  const ports: TendPorts = {
    submissions: createSubmissions(store, clock.now),
    budgets: createBudgets(store, clock.now),
    watching,
    maxcompute: (project) => clients(project, ownSession).withDeadline(until),
    tell: ({ user }, view) => tell(user, view),
    queue,
    now: clock.now,
    log,
  };
  await tendSubmissions(ports).catch((error: unknown) => log.error("submissions.not_tended", { error }));
}
