/** A clock that stands still until a test moves it; `advance` runs every task that falls due on the way, in order. */
export function manualClock(start = Date.UTC(2026, 10, 22, 10, 0, 0)) {
  let now = start;
  let tasks: { at: number; task: () => void }[] = [];
  return {
    now: () => now,
    after(delayMs: number, task: () => void) {
      const entry = { at: now + delayMs, task };
      tasks.push(entry);
      return () => {
        tasks = tasks.filter((other) => other !== entry);
      };
    },
    /** Moves time on, and lets promises settle after each task that ran. */
    async advance(ms: number) {
      const end = now + ms;
      for (;;) {
        const next = tasks.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        tasks = tasks.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.task();
        await new Promise((resolve) => setImmediate(resolve));
      }
      now = end;
    },
  };
}

export type ManualClock = ReturnType<typeof manualClock>;
