// The time of a season: it runs faster than the machine's, and jumps. It is one for the parent, the children and all servers, so that
// whoever waits for a second has a second behind them.
import type { Clock } from "../../../src/bot.ts";

/** What a clock shows is told by these: when it was set, by the machine's, and how far ahead it is besides its haste. Both in ms. */
export type Setting = { readonly origin: number; readonly offsetMs: number };

const haste = 6;

/** A clock that shows the time of `setting`, which may change at any moment; its timers are over sooner by as much. */
export const hastyClock = (setting: () => Setting): Clock => ({
  now() {
    const { origin, offsetMs } = setting();
    return origin + (Date.now() - origin) * haste + offsetMs;
  },
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs / haste);
    return () => clearTimeout(timer);
  },
});
