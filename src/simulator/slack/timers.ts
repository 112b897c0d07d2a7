import type { Clock } from "../clock.ts";

/** What goes on behind a call's back: timers that can all be cancelled, and work that `close` waits for. */
export type Background = {
  after(delayMs: number, task: () => void): () => void;
  run(work: () => Promise<void>): void;
  /** Aborted when the simulator closes: whoever waits for the bot stops waiting. */
  readonly closing: AbortSignal;
  close(): Promise<void>;
};

export function createBackground(clock: Clock): Background {
  const timers = new Set<() => void>();
  const running = new Set<Promise<void>>();
  const closing = new AbortController();
  return {
    after(delayMs, task) {
      if (closing.signal.aborted) return () => {};
      const cancel = (): void => {
        stop();
        timers.delete(cancel);
      };
      const stop = clock.after(delayMs, () => {
        timers.delete(cancel);
        task();
      });
      timers.add(cancel);
      return cancel;
    },
    run(work) {
      if (closing.signal.aborted) return;
      // A failure here has nobody to be told: the work itself records what went wrong.
      const promise = work()
        .catch(() => {})
        .finally(() => running.delete(promise));
      running.add(promise);
    },
    closing: closing.signal,
    async close() {
      closing.abort();
      for (const cancel of [...timers]) cancel();
      await Promise.all([...running]);
    },
  };
}
