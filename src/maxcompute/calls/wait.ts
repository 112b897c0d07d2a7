import { type Api, createApi } from "../api.ts";
import { MaxComputeError } from "../errors.ts";
import type { Instance } from "../instance.ts";
import { repeatLongPoll, repeatRead } from "../retry.ts";
import { sleepUnlessAborted } from "../sleep.ts";
import { paceOf, type WaitOptions } from "../waiting/options.ts";
import { createPatience } from "../waiting/patience.ts";
import { instanceFrom } from "./instance.ts";
import { instanceQuery } from "./instance-request.ts";

/** How a status is asked for: at once, or held by the service until it changes (`?instancestatus`, protocol section 5). */
type Question = "plain" | "held";

const ask = (api: Api, id: string, question: Question, signal: AbortSignal | undefined): Promise<Instance> => {
  const isHeld = question === "held";
  const request = instanceQuery(api.project, id, isHeld ? [["instancestatus", ""]] : []);
  return api.ask({ ...request, repeat: isHeld ? repeatLongPoll : repeatRead, signal }, (response) =>
    instanceFrom(id, api.project, response),
  );
};

/** What a wait whose time is up throws. */
export const waitedOut = (id: string, waitedMs: number, cause: unknown): MaxComputeError => {
  const message = `Instance ${id} had not ended after ${(waitedMs / 1000).toFixed(1)} s of waiting; it goes on running`;
  return new MaxComputeError("timeout", message, { instanceId: id, cause });
};

/** What the wait learnt from one question. */
type Seen =
  | { readonly kind: "instance"; readonly instance: Instance }
  | { readonly kind: "failure"; readonly error: MaxComputeError };

const look = async (api: Api, id: string, question: Question, signal: AbortSignal | undefined): Promise<Seen> => {
  try {
    return { kind: "instance", instance: await ask(api, id, question, signal) };
  } catch (error) {
    if (!(error instanceof MaxComputeError)) throw error;
    return { kind: "failure", error };
  }
};

/**
 * Waits until the instance is Terminated, however it ended (protocol section 5.3). The first question is a plain one; the next ones the
 * service may hold until something changes, and where it does not, `interval` passes between them. A suspended instance has not ended:
 * it is waited for. `hasAnswered`: the service has just answered, so that it is there is known.
 */
export async function waitForCompletion(api: Api, id: string, options: WaitOptions = {}, hasAnswered = false): Promise<Instance> {
  const { firstMs, maxMs, timeoutMs } = paceOf(options);
  const { signal, onProgress } = options;
  const { now, sleep, settings } = api.connection;
  const startedAt = now();
  const endAt = Math.min(api.deadline, startedAt + timeoutMs);
  const within = createApi(api.connection, endAt);
  const patience = createPatience(hasAnswered);
  let pauseMs = firstMs;
  let question: Question = "plain";
  let last: MaxComputeError | undefined;

  for (;;) {
    const askedAt = now();
    if (askedAt >= endAt) throw waitedOut(id, askedAt - startedAt, last);
    const seen = await look(within, id, question, signal);

    if (seen.kind === "instance") {
      patience.succeed();
      last = undefined;
      await onProgress?.(seen.instance);
      if (seen.instance.status === "Terminated") return seen.instance;
    } else {
      last = seen.error;
      const hadTooLittleTime = endAt - askedAt <= settings.requestMs || now() >= endAt;
      if (last.kind === "timeout" && hadTooLittleTime) throw waitedOut(id, endAt - startedAt, last);
      if (!patience.outlasts(last, now())) throw last;
    }

    // Right after a first answer the service is asked to hold the next one: nothing is gained by a pause before that.
    const isFirstAnswer = seen.kind === "instance" && question === "plain";
    const restMs = Math.max(pauseMs - (now() - askedAt), last?.retryAfterMs ?? 0);
    if (!isFirstAnswer && restMs > 0) {
      await sleepUnlessAborted(sleep, Math.max(0, Math.min(restMs, endAt - now())), signal, id);
      pauseMs = Math.min(pauseMs * 2, maxMs);
    }
    // An answer held for longer than we listen looks like a service that is gone: a plain question tells the two apart.
    if (seen.kind === "instance") question = "held";
    else if (seen.error.kind === "timeout") question = "plain";
  }
}
