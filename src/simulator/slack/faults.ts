import type { SlackFault } from "./api.ts";

type CallFault = Extract<SlackFault, { readonly method?: string }>;

/** What is to go wrong with one call: how late it is answered, what instead of an answer, whether the answer is cut off. */
export type CallFaults = {
  readonly latencyMs: number;
  readonly instead?: { readonly status: number; readonly error?: string; readonly retryAfterSeconds?: number };
  readonly lost: boolean;
};

export type Faults = {
  add(fault: SlackFault): void;
  clear(): void;
  /** Uses up what was ordered for a call of this method; a response_url counts as "response_url", an upload as "upload". */
  forCall(method: string): CallFaults;
  takes(kind: "dead_response_url" | "duplicate_delivery"): boolean;
};

export function createFaults(): Faults {
  let ordered: { readonly fault: SlackFault; left: number }[] = [];
  const take = (wanted: (fault: SlackFault) => boolean): SlackFault | undefined => {
    const found = ordered.find(({ fault }) => wanted(fault));
    if (found === undefined) return undefined;
    found.left -= 1;
    ordered = ordered.filter(({ left }) => left > 0);
    return found.fault;
  };
  const concerns = (fault: SlackFault, method: string): fault is CallFault =>
    fault.kind !== "dead_response_url" &&
    fault.kind !== "duplicate_delivery" &&
    (fault.method === undefined || fault.method === method);
  return {
    add(fault) {
      if (fault.times > 0) ordered.push({ fault, left: fault.times });
    },
    clear() {
      ordered = [];
    },
    forCall(method) {
      const late = take((fault) => fault.kind === "latency" && concerns(fault, method));
      const other = take((fault) => fault.kind !== "latency" && concerns(fault, method));
      return { latencyMs: late?.kind === "latency" ? late.ms : 0, ...outcomeOf(other) };
    },
    takes: (kind) => take((fault) => fault.kind === kind) !== undefined,
  };
}

function outcomeOf(fault: SlackFault | undefined): Omit<CallFaults, "latencyMs"> {
  if (fault?.kind === "rate_limited") {
    return { lost: false, instead: { status: 429, error: "ratelimited", retryAfterSeconds: fault.retryAfterSeconds } };
  }
  if (fault?.kind === "error") return { lost: false, instead: { status: 200, error: fault.error } };
  if (fault?.kind === "http") return { lost: false, instead: { status: fault.status } };
  return { lost: fault?.kind === "lost_answer" };
}
