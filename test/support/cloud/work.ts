// What goes on inside the cloud: work under way now, and timers that wait for the clock.
import type { Clock } from "../../../src/simulator/clock.ts";

export type Work = {
  readonly now: () => number;
  /** Starts work that `settle` waits for. A failure of it is a fault of this cloud (or its template), told by `settle`. */
  readonly run: (task: () => Promise<void>) => void;
  /** Starts work after `delayMs` of the clock; at once for 0. `settle` does not wait for the clock. Gives a way to cancel. */
  readonly after: (delayMs: number, task: () => Promise<void>) => () => void;
  /** Waits until nothing is under way. */
  readonly settle: () => Promise<void>;
  /** When the next timer is due, epoch milliseconds. */
  readonly nextDue: () => number | undefined;
  readonly close: () => void;
};

export function createWork(clock: Clock): Work {
  const running = new Set<Promise<void>>();
  const timers = new Map<() => void, number>();
  const failures: unknown[] = [];
  let closed = false;

  const run: Work["run"] = (task) => {
    if (closed) return;
    const promise = task()
      .catch((error: unknown) => {
        if (!closed) failures.push(error);
      })
      .finally(() => running.delete(promise));
    running.add(promise);
  };

  return {
    now: () => clock.now(),
    run,
    after(delayMs, task) {
      if (closed) return () => {};
      if (delayMs <= 0) {
        run(task);
        return () => {};
      }
      const cancel = () => {
        timers.delete(cancel);
        stop();
      };
      const stop = clock.after(delayMs, () => {
        timers.delete(cancel);
        run(task);
      });
      timers.set(cancel, clock.now() + delayMs);
      return cancel;
    },
    async settle() {
      while (running.size > 0) await Promise.all(running);
      const [failure] = failures.splice(0);
      if (failure !== undefined) throw failure;
    },
    nextDue: () => (timers.size === 0 ? undefined : Math.min(...timers.values())),
    close() {
      closed = true;
      for (const cancel of [...timers.keys()]) cancel();
    },
  };
}
