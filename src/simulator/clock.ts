/** Time as the simulators know it: tests hand in a clock that moves only when told to. Times are epoch milliseconds. */
export type Clock = {
  now(): number;
  /** Calls `task` once, `delayMs` from now; the returned function cancels it. */
  after(delayMs: number, task: () => void): () => void;
};

export const systemClock: Clock = {
  now: Date.now,
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
