// The command queue of a single process: on disk before it returns, run a moment later, watched by a timer.
import type { Bot, Clock } from "../bot.ts";
import type { Ledger } from "../commands/ledger.ts";
import type { CommandQueue, TransferQueue } from "../commands/request.ts";
import { apologyAfterMs } from "../commands/turn.ts";

export type DirectQueue = CommandQueue &
  TransferQueue & {
    /** Sent the way a command goes, and answered where one would be run. */
    ping(id: string): Promise<void>;
    /** Resolves when nothing is running any more. */
    idle(): Promise<void>;
  };

export function createDirectQueue(
  ledger: Ledger,
  clock: Clock,
  bot: () => Pick<Bot, "run" | "apologise" | "transfer">,
  answerPing: (id: string) => Promise<void> = async () => undefined,
): DirectQueue {
  const running = new Set<Promise<unknown>>();
  const track = (work: Promise<unknown>) => {
    running.add(work);
    void work.finally(() => running.delete(work));
  };
  return {
    async send(request) {
      if (!(await ledger.receive(request))) return; // a repeated delivery: it is under way or answered
      const stopTimer = clock.after(apologyAfterMs, () => track(bot().apologise(request, "slow")));
      // Behind the acknowledgement, which must not wait for it.
      track(
        later()
          .then(() => bot().run(request))
          .finally(stopTimer),
      );
    },
    async start(request) {
      track(later().then(() => bot().transfer(request)));
    },
    async ping(id) {
      track(
        later()
          .then(() => answerPing(id))
          .catch(() => undefined), // whoever waits for it sees that nothing came
      );
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
