// Invocations, as whoever calls Lambda sees them: one at a time, with an answer. What was invoked is written down.
import type { Chance } from "../chance.ts";
import type { Work } from "../work.ts";
import { type FunctionTarget, invokedArn } from "./functions.ts";
import type { FunctionError, Outcome } from "./outcome.ts";
import type { Pool } from "./pool.ts";

/** One run of a function. Times are of the cloud's clock, epoch milliseconds. */
export type Invocation = {
  /** Logical id of the function. */
  readonly fn: string;
  readonly qualifier: string;
  readonly requestId: string;
  readonly event: unknown;
  readonly startedAt: number;
  /** Absent while it runs. */
  readonly endedAt?: number;
  /** Real milliseconds. */
  readonly durationMs?: number;
  readonly result?: unknown;
  readonly error?: FunctionError;
  /** stdout and stderr, the initialisation's too. */
  readonly log: string;
  readonly pid: number;
  readonly isCold: boolean;
};

export type LambdaOptions = {
  readonly pool: Pool;
  readonly work: Work;
  readonly chance: Chance;
  /** Scales a function's time-out to real time: 0.1 makes 30 s pass in 3. */
  readonly timeoutScale: (logicalId: string) => number;
  readonly realNow: () => number;
};

const parsed = (payload: string): unknown => (payload === "" ? undefined : JSON.parse(payload));

export function createLambda({ pool, work, chance, timeoutScale, realNow }: LambdaOptions) {
  const invocations: Invocation[] = [];
  const starts = new Map<string, (() => void)[]>();

  async function invoke(target: FunctionTarget, payload: string, requestId: string): Promise<Outcome> {
    const { fn, qualifier, version } = target;
    if (fn.reservedConcurrency !== undefined && pool.busy(fn) >= fn.reservedConcurrency) return { kind: "throttled" };
    const { sandbox, isCold, release } = await pool.lease(fn, version);
    const index = invocations.length;
    const record = { fn: fn.logicalId, qualifier, requestId, event: parsed(payload), pid: sandbox.pid, isCold, log: "" };
    const started: Invocation = { ...record, startedAt: work.now() };
    invocations.push(started);
    for (const tell of starts.get(fn.logicalId)?.splice(0) ?? []) tell();
    const from = realNow();
    const trace = chance.uuid().replaceAll("-", "");
    const { outcome, log } = await sandbox.invoke({
      requestId,
      payload,
      invokedArn: invokedArn(target),
      traceId: `Root=1-${Math.floor(work.now() / 1000).toString(16)}-${trace.slice(0, 24)};Sampled=0`,
      timeoutMs: fn.timeoutMs,
      realTimeoutMs: Math.ceil(fn.timeoutMs * timeoutScale(fn.logicalId)),
    });
    const ended = { ...started, endedAt: work.now(), durationMs: realNow() - from, log };
    if (outcome.kind === "returned") invocations[index] = { ...ended, result: parsed(outcome.payload) };
    else if (outcome.kind === "failed") invocations[index] = { ...ended, error: outcome.error };
    await release();
    return outcome;
  }

  return {
    invoke,
    invocations: (): readonly Invocation[] => [...invocations],
    /** Resolves when an invocation of this function starts next. */
    started: (logicalId: string): Promise<void> =>
      new Promise((resolve) => {
        starts.set(logicalId, [...(starts.get(logicalId) ?? []), resolve]);
      }),
    kill: pool.killBusy,
  };
}

export type Lambda = ReturnType<typeof createLambda>;
