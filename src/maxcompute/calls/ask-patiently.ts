import type { Api } from "../api.ts";
import { MaxComputeError } from "../errors.ts";
import { sleepUnlessAborted } from "../sleep.ts";
import type { Pace } from "../waiting/options.ts";
import type { Patience } from "../waiting/patience.ts";

/** A wait as its single questions see it. */
export type Wait = {
  readonly api: Api;
  readonly instanceId: string;
  readonly pace: Pace;
  readonly patience: Patience;
  readonly signal: AbortSignal | undefined;
  /** Epoch ms by which there is no more asking again. */
  readonly endAt: number;
  /** What is thrown when `last` had no time left. */
  readonly outOfTime: (last: MaxComputeError) => MaxComputeError;
};

/** The same calls, each of which `signal` breaks off. */
export const withSignal = (api: Api, signal: AbortSignal | undefined): Api => ({
  ...api,
  ask: (request, decode) => api.ask({ ...request, signal }, decode),
});

/** Asks, and asks again at the wait's pace while what goes wrong may pass by itself. Throws what does not pass, or lasts. */
export async function askPatiently<Answer>(wait: Wait, ask: () => Promise<Answer>): Promise<Answer> {
  const { api, instanceId, pace, patience, signal, endAt, outOfTime } = wait;
  const { now, sleep, settings } = api.connection;
  for (let pauseMs = pace.firstMs; ; pauseMs = Math.min(pauseMs * 2, pace.maxMs)) {
    const askedAt = now();
    try {
      const answer = await ask();
      patience.succeed();
      return answer;
    } catch (error) {
      if (!(error instanceof MaxComputeError)) throw error;
      const hadTooLittleTime = endAt - askedAt <= settings.requestMs || now() >= endAt;
      if (error.kind === "timeout" && hadTooLittleTime) throw outOfTime(error);
      if (!patience.outlasts(error, now())) throw error;
      await sleepUnlessAborted(
        sleep,
        Math.max(0, Math.min(Math.max(pauseMs, error.retryAfterMs ?? 0), endAt - now())),
        signal,
        instanceId,
      );
      if (now() >= endAt) throw outOfTime(error);
    }
  }
}
