import { type Api, createApi } from "../api.ts";
import { MaxComputeError } from "../errors.ts";
import type { Instance } from "../instance.ts";
import type { SubInstance } from "../xflow.ts";
import { getInstance } from "./instance.ts";
import { getSubInstances } from "./xflow.ts";

export type FollowOptions = {
  /** Between two looks, in milliseconds. Default 1 s. */
  readonly interval?: number | undefined;
  /** When given, the interval doubles after every look until it is this long, in milliseconds. */
  readonly maxInterval?: number | undefined;
  /** How long to follow at most, every answer included, in milliseconds; beyond it "timeout" is thrown, and the instance goes on. */
  readonly timeout?: number | undefined;
  /** Ends the following: "aborted" is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** The workflow itself, as it was found at each look. */
  readonly onProgress?: ((instance: Instance) => void | Promise<void>) | undefined;
};

const checkOptions = ({ interval, maxInterval, timeout }: FollowOptions) => {
  for (const [name, value] of Object.entries({ interval, maxInterval, timeout })) {
    if (value === undefined || value >= 0) continue;
    throw new MaxComputeError("invalid", `\`${name}\` must be a number of milliseconds`);
  }
};

const aborted = (id: string, signal: AbortSignal) =>
  new MaxComputeError("aborted", "Nobody waits for the instance any longer", { instanceId: id, cause: signal.reason });

const waitedOut = (id: string, waitedMs: number) => {
  const message = `The instance had not ended after ${(waitedMs / 1000).toFixed(1)} s of following; it goes on`;
  return new MaxComputeError("timeout", message, { instanceId: id });
};

/** Over when the time is, or at once when the signal says so; leaves no listener behind. */
const pause = async (sleeping: Promise<void>, signal: AbortSignal | undefined): Promise<void> => {
  if (signal === undefined) return sleeping;
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const wake = () => resolve();
  signal.addEventListener("abort", wake);
  try {
    await Promise.race([sleeping, promise]);
  } finally {
    signal.removeEventListener("abort", wake);
  }
};

/**
 * Every sub-instance of an XFlow once, as it appears, until the XFlow has ended and was looked at once more (protocol section 12: the list
 * grows while it runs). How the XFlow ended is not judged: ask for its outcome.
 */
export async function* followSubInstances(
  api: Api,
  id: string,
  options: FollowOptions = {},
): AsyncGenerator<SubInstance, void, undefined> {
  checkOptions(options);
  const { interval = 1000, maxInterval, timeout = Number.POSITIVE_INFINITY, signal, onProgress } = options;
  const { now, sleep } = api.connection;
  const startedAt = now();
  const endAt = Math.min(startedAt + timeout, api.deadline);
  const within = createApi(api.connection, endAt);
  const seen = new Set<string>();
  for (let pauseMs = interval; ; pauseMs = maxInterval === undefined ? interval : Math.min(pauseMs * 2, maxInterval)) {
    if (signal?.aborted) throw aborted(id, signal);
    if (now() >= endAt) throw waitedOut(id, now() - startedAt);
    const instance = await getInstance(within, id);
    await onProgress?.(instance);
    for (const subInstance of await getSubInstances(within, id)) {
      if (seen.has(subInstance.id)) continue;
      seen.add(subInstance.id);
      yield subInstance;
    }
    if (instance.status === "Terminated") return;
    await pause(sleep(Math.min(pauseMs, Math.max(0, endAt - now()))), signal);
  }
}
