import { type Api, createApi } from "../api.ts";
import { calledOff, sleepUnlessAborted } from "../sleep.ts";
import { paceOf, type WaitOptions } from "../waiting/options.ts";
import { createPatience } from "../waiting/patience.ts";
import type { SubInstance } from "../xflow.ts";
import { askPatiently, type Wait, withSignal } from "./ask-patiently.ts";
import { getInstance } from "./instance.ts";
import { waitedOut } from "./wait.ts";
import { getSubInstances } from "./xflow.ts";

/**
 * Every sub-instance of an XFlow once, as it appears, until the XFlow has ended and was looked at once more (protocol section 12: the list
 * grows while it runs). How the XFlow ended is not judged: ask for its outcome. `onProgress` is told of the XFlow itself. Bears MaxCompute's
 * failures, and ends, as `waitForCompletion` does.
 */
export async function* followSubInstances(
  api: Api,
  id: string,
  options: WaitOptions = {},
): AsyncGenerator<SubInstance, void, undefined> {
  const pace = paceOf(options);
  const { signal, onProgress } = options;
  const { now, sleep } = api.connection;
  const startedAt = now();
  const endAt = Math.min(startedAt + pace.timeoutMs, api.deadline);
  const within = withSignal(createApi(api.connection, endAt), signal);
  const outOfTime = (cause?: unknown) => waitedOut(id, now() - startedAt, cause);
  const patience = createPatience(false);
  const wait: Wait = { api: within, instanceId: id, pace, patience, signal, endAt, outOfTime };
  const seen = new Set<string>();
  for (let pauseMs = pace.firstMs; ; pauseMs = Math.min(pauseMs * 2, pace.maxMs)) {
    if (signal?.aborted) throw calledOff(id, signal.reason);
    if (now() >= endAt) throw outOfTime();
    const instance = await askPatiently(wait, () => getInstance(within, id));
    await onProgress?.(instance);
    for (const subInstance of await askPatiently(wait, () => getSubInstances(within, id))) {
      if (seen.has(subInstance.id)) continue;
      seen.add(subInstance.id);
      yield subInstance;
    }
    if (instance.status === "Terminated") return;
    await sleepUnlessAborted(sleep, Math.min(pauseMs, Math.max(0, endAt - now())), signal, id);
  }
}
