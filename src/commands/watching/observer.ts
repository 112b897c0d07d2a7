// MaxCompute as the engine sees it: a client of each place's project, hurried by the tick's own deadline.
import { type MaxComputeClient, MaxComputeError } from "../../maxcompute/index.ts";
import { type Explain, type Observer, observe, type Place, type Waiting } from "../../watch/index.ts";
import { causeOf } from "../cause.ts";

/** One instance that MaxCompute is slow about must not take the time of all others: an XFlow's tree included, ms. */
const lookMs = 15_000;
/** Between two questions where MaxCompute does not hold its answer, ms. */
const askEveryMs = 2_000;

/** A client of the place's project. */
export type ClientOf = (place: Place) => MaxComputeClient;

const explain: Explain = causeOf;

/** The engine's observer of each place: a look is over after 15 s, and everything by `deadline` (epoch ms). */
export const createObserver =
  (clientOf: ClientOf, now: () => number) =>
  (place: Place, deadline: number): Observer => {
    const client = clientOf(place);
    const until = (at: number): Observer => observe(client.withDeadline(at), now, explain);
    const soon = (): Observer => until(Math.min(deadline, now() + lookMs));
    return {
      look: (instanceId, known) => soon().look(instanceId, known),
      extras: (instanceId, seen, wanted) => soon().extras(instanceId, seen, wanted),
      running: (began) => until(deadline).running(began),
      began: (from, to) => until(deadline).began(from, to),
    };
  };

/** Waits as long as MaxCompute holds its answers, and asks every 2 s where it does not; both end at once with `signal`. */
export const createWaiting = (clientOf: ClientOf, now: () => number, { pause, signal }: Waits): Waiting => ({
  pause,
  async ended(place, instanceId, until) {
    const timeout = until - now();
    if (timeout <= 0) return false;
    try {
      await clientOf(place).withDeadline(until).waitForCompletion(instanceId, { interval: askEveryMs, timeout, signal });
      return true;
    } catch (error) {
      // Whatever it is, the scan meets it too, and knows what to say.
      if (error instanceof MaxComputeError) return false;
      throw error;
    }
  },
});

export type Waits = Pick<Waiting, "pause"> & { readonly signal?: AbortSignal | undefined };
