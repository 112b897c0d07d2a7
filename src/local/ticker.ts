// The clock of the watches in a process that lives long: what the minute rule, the heartbeat and `hot` are on AWS.
import type { Clock } from "../bot.ts";
import type { Log } from "../log.ts";
import type { Place, Schedule } from "../watch/index.ts";

/** What is called by the clock. Each ends by its deadline (epoch ms), and soon after `signal`. */
export type Rounds = {
  tick(deadline: number): Promise<void>;
  watchHot(deadline: number, signal: AbortSignal): Promise<void>;
  lookAtOnce(deadline: number, signal: AbortSignal, place: Place): Promise<void>;
};

export type Ticker = {
  /** The engine's switch: while it is off nothing is called at all. */
  readonly schedule: Schedule;
  /** Whether it is on, and when a tick last came to its end (epoch ms). */
  state(): { readonly isOn: boolean; readonly tickedAt: number | undefined };
  /** Has new watches of a place looked at, behind whoever asks for it. */
  lookNow(place: Place): Promise<void>;
  begin(): void;
  /** No further round begins; resolves when the last ones are over. */
  end(): Promise<void>;
};

/** Between two ticks, ms. Groups that are not due cost next to nothing. */
const tickEveryMs = 2_000;
/** What a tick has no time for is due at the next one, and whoever stops the process waits no longer. */
const tickMs = 10_000;
/** Between two rounds of waiting, and how long one lasts: then it is asked anew who is young. */
const hotEveryMs = 1_000;
const hotMs = 15_000;
/** After it the rounds wait for the instance. */
const lookMs = 20_000;

export function createTicker(clock: Clock, log: Pick<Log, "error">, rounds: () => Rounds): Ticker {
  const ending = new AbortController();
  const { signal } = ending;
  // Until the first tick says that there is nothing to do: an earlier process may have left something.
  let isOn = true;
  let tickedAt: number | undefined;
  const tick = async () => {
    await rounds().tick(clock.now() + tickMs);
    tickedAt = clock.now();
  };

  const settled = (work: Promise<void>) => work.catch((error: unknown) => log.error("watch.failed", { error }));

  function loop(everyMs: number, work: () => Promise<void>) {
    let cancel = () => {};
    let round: Promise<void> | undefined;
    const run = (): void => {
      round = settled(work()).then(() => {
        round = undefined;
        if (isOn && !signal.aborted) cancel = clock.after(everyMs, run);
      });
    };
    return {
      start() {
        if (round !== undefined || signal.aborted) return;
        cancel();
        run();
      },
      async end() {
        cancel();
        await round;
      },
    };
  }

  const loops = [loop(tickEveryMs, tick), loop(hotEveryMs, () => rounds().watchHot(clock.now() + hotMs, signal))];
  const looks = new Set<Promise<void>>();
  const start = () => {
    for (const each of loops) each.start();
  };

  return {
    schedule: {
      async enable() {
        if (isOn) return;
        isOn = true;
        start();
      },
      async disable() {
        isOn = false;
      },
    },
    state: () => ({ isOn, tickedAt }),
    async lookNow(place) {
      if (signal.aborted) return;
      const look = settled(rounds().lookAtOnce(clock.now() + lookMs, signal, place));
      looks.add(look);
      void look.finally(() => looks.delete(look));
    },
    begin: start,
    async end() {
      ending.abort();
      await Promise.all([...loops.map((each) => each.end()), ...looks]);
    },
  };
}
