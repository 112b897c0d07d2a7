import { MaxComputeError } from "../errors.ts";
import type { ApiRequest } from "../request.ts";
import { longestTimerMs, unlessAborted } from "../sleep.ts";

/** What a provider gives, if it does within the time that a call has left and before the call is called off. Throws "timeout" or "aborted". */
export async function withinTime<T>(
  given: Promise<T>,
  timeoutMs: number,
  { signal, instanceId }: Pick<ApiRequest, "signal" | "instanceId">,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new MaxComputeError("timeout", "The credentials did not come in time", { instanceId });
    timer = setTimeout(() => reject(error), Math.max(0, Math.min(timeoutMs, longestTimerMs)));
  });
  try {
    return await unlessAborted(Promise.race([given, late]), signal, instanceId);
  } finally {
    clearTimeout(timer);
  }
}
