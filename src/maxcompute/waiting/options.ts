import { MaxComputeError } from "../errors.ts";
import type { Instance } from "../instance.ts";

export type WaitOptions = {
  /** The shortest time between two questions, in ms, where the service does not hold its answer. Default 1 s, or `maxInterval` if shorter. */
  readonly interval?: number | undefined;
  /** When given, `interval` doubles with each wait up to this many ms. */
  readonly maxInterval?: number | undefined;
  /** How long to wait in all, in ms; then "timeout" is thrown, while the instance goes on. Default: for ever, or until the client's deadline. */
  readonly timeout?: number | undefined;
  /** Ends the wait at once, in whatever it is doing: "aborted" is thrown. The instance goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Told what was seen, each time, and waited for. What it throws ends the wait and reaches the caller as it is. */
  readonly onProgress?: ((instance: Instance) => void | Promise<void>) | undefined;
};

/** The pauses of a wait, all in ms. */
export type Pace = { readonly firstMs: number; readonly maxMs: number; readonly timeoutMs: number };

const usualIntervalMs = 1000;

const isPause = (ms: number) => Number.isFinite(ms) && ms >= 1;

const invalid = (message: string) => new MaxComputeError("invalid", message);

/** The options' times, checked and with their defaults. Throws "invalid". */
export function paceOf(options: WaitOptions): Pace {
  const { timeout = Number.POSITIVE_INFINITY } = options;
  const interval = options.interval ?? Math.min(usualIntervalMs, options.maxInterval ?? usualIntervalMs);
  const maxInterval = options.maxInterval ?? interval;
  // A pause of nothing would ask as fast as the network allows.
  if (!isPause(interval))
    throw invalid(`\`${options.interval === undefined ? "maxInterval" : "interval"}\` must be at least one millisecond`);
  if (!isPause(maxInterval) || maxInterval < interval) throw invalid("`maxInterval` must not be shorter than `interval`");
  if (Number.isNaN(timeout) || timeout < 0) throw invalid("`timeout` must be a time in milliseconds");
  return { firstMs: interval, maxMs: maxInterval, timeoutMs: timeout };
}
