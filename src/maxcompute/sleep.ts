import { setTimeout as sleepFor } from "node:timers/promises";
import { MaxComputeError } from "./errors.ts";

/** Waits; ends early, in any way, once `signal` is aborted. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Node fires a timer set for longer at once. */
export const longestTimerMs = 2 ** 31 - 1;

/** The real clock's sleep, of 24 days at most. */
export const realSleep: Sleep = (ms, signal) => sleepFor(Math.min(ms, longestTimerMs), undefined, { signal });

/** What a call that was called off by the caller's own signal throws; its cause is the signal's reason. */
export const calledOff = (instanceId: string | undefined, reason: unknown): MaxComputeError =>
  new MaxComputeError("aborted", "The call was called off", { instanceId, cause: reason });

/** `promise`, unless `signal` is aborted first, also when whoever works on the promise does not listen to it. Then throws kind "aborted". */
export async function unlessAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  instanceId: string | undefined,
): Promise<T> {
  if (signal === undefined) return await promise;
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(calledOff(instanceId, signal.reason));
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort);
  });
  try {
    return await Promise.race([aborted, promise]);
  } catch (error) {
    // Who does listen to the signal may be the first to say so, in words of their own.
    throw signal.aborted ? calledOff(instanceId, signal.reason) : error;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** Sleeps; throws MaxComputeError "aborted" as soon as `signal` is aborted. */
export async function sleepUnlessAborted(
  sleep: Sleep,
  ms: number,
  signal: AbortSignal | undefined,
  instanceId: string | undefined,
): Promise<void> {
  if (signal?.aborted) throw calledOff(instanceId, signal.reason);
  await unlessAborted(sleep(ms, signal), signal, instanceId);
}
