import type { MaxComputeError, MaxComputeErrorKind } from "../errors.ts";

/** How long MaxCompute may fail without an answer between before a wait gives up (protocol section 5.3). */
export const patienceMs = 5 * 60_000;

/** MaxCompute's own failures, and a clock that one more correction sets right. */
const alwaysPassing: ReadonlySet<MaxComputeErrorKind> = new Set<MaxComputeErrorKind>(["server", "clock-skew"]);

/**
 * What may also pass by itself, but is waited for only once MaxCompute has answered: before that, it is as likely that the endpoint is
 * wrong, and nobody should wait five minutes to be told.
 */
const passingOnceMet: ReadonlySet<MaxComputeErrorKind> = new Set<MaxComputeErrorKind>(["unreachable", "timeout", "throttled"]);

export type Patience = {
  /** MaxCompute answered. */
  succeed(): void;
  /** Whether it is worth asking again after `error`; `now` is epoch ms. */
  outlasts(error: MaxComputeError, now: number): boolean;
};

/**
 * Counts five minutes from the first failure; an answer resets it. `hasAnswered`: MaxCompute has answered before this wait began. The
 * recorded SDK gives up on 429 at once; here a wait of hours does not end because others were busy for a moment.
 */
export function createPatience(hasAnswered: boolean): Patience {
  let isMet = hasAnswered;
  let failingSince: number | undefined;
  return {
    succeed() {
      isMet = true;
      failingSince = undefined;
    },
    outlasts({ kind }, now) {
      const mayPass = alwaysPassing.has(kind) || (isMet && passingOnceMet.has(kind));
      failingSince ??= now;
      return mayPass && now - failingSince < patienceMs;
    },
  };
}
