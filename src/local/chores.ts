// What a process that lives long does beside its work: unanswered requests are finished, expired items removed.
import type { Bot, Clock } from "../bot.ts";
import { minutes } from "../commands/store.ts";
import type { Log } from "../log.ts";

type Ports = {
  readonly bot: Pick<Bot, "sweep">;
  readonly store: { sweepExpired(): Promise<number> };
  readonly clock: Clock;
  readonly log: Log;
};

/** A request that has not moved on for this long is not under way any more: running ends after 50 s, answering soon after. */
const stuckAfter = minutes(2);
/** An answer that Slack will not take by then is given up until the next start. */
const triedFor = minutes(15);

export type Chores = {
  /** Begins, first with what earlier processes left before `before` (epoch ms). */
  begin(before: number): void;
  /** No further round begins; resolves when the last one is over. */
  end(): Promise<void>;
};

export function createChores({ bot, store, clock, log }: Ports): Chores {
  let isOver = false;
  let stop = () => {};
  let round = Promise.resolve();
  const work = async (when: { readonly before: number; readonly after?: number }) => {
    try {
      const count = await bot.sweep(when);
      if (count > 0) log.info("requests.swept", { count });
      await store.sweepExpired();
    } catch (error) {
      log.error("sweep.failed", { error });
    }
  };
  const next = () => {
    if (isOver) return;
    stop = clock.after(minutes(1), () => {
      const now = clock.now();
      round = work({ before: now - stuckAfter, after: now - triedFor }).then(next);
    });
  };
  return {
    begin(before) {
      round = work({ before }).then(next);
    },
    async end() {
      isOver = true;
      stop();
      await round;
    },
  };
}
