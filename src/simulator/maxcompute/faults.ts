import { z } from "zod";
import { tunnelRequest } from "./tunnel/request-kind.ts";
import { streamSpoil } from "./tunnel/stream-fault.ts";

const scope = {
  /** After so many requests the fault is over; without it, it stays until it is cleared. */
  times: z.int().positive().optional(),
  /** Part of the path and query, as on the wire. */
  match: z.string().optional(),
  method: z.string().optional(),
  /** Only requests of the instance tunnel: those for a session, or those that read its records. */
  tunnel: z.enum(["session", "read"]).optional(),
};

// Whether the request took effect before the caller lost sight of it.
const executed = z.boolean().optional();
const seconds = z.number().nonnegative();

/** A misbehaviour on demand. Milliseconds for `ms` and `offsetMs`, seconds for `retryAfter`. */
export const faultSchema = z.discriminatedUnion("kind", [
  /** Answers late. */
  z.strictObject({ kind: z.literal("latency"), ms: z.number().nonnegative(), ...scope }),
  /** The server's clock is wrong: it judges the Date header, and writes its own, by it. */
  z.strictObject({ kind: z.literal("clock"), offsetMs: z.number(), ...scope }),
  /** Refuses without executing; `body` replaces the error document. */
  z.strictObject({
    kind: z.literal("status"),
    status: z.int().min(400).max(599),
    code: z.string().optional(),
    message: z.string().optional(),
    body: z.string().optional(),
    retryAfter: seconds.optional(),
    ...scope,
  }),
  /** 429; `retryAfter: null` leaves the header out, absent takes the setting. */
  z.strictObject({ kind: z.literal("throttle"), retryAfter: seconds.nullable().optional(), ...scope }),
  /** 409 on a submission (protocol section 8.4): another one stands in its way, and it can be repeated after `retryAfter` seconds. */
  z.strictObject({ kind: z.literal("conflict"), retryAfter: seconds.optional(), ...scope }),
  /** The connection breaks before the reply, or in the middle of its body, which always means after executing. */
  z.strictObject({ kind: z.literal("cut"), at: z.enum(["before", "middle"]).optional(), executed, ...scope }),
  /** Nothing is answered until the caller goes away or the fault is cleared. */
  z.strictObject({ kind: z.literal("hang"), executed, ...scope }),
  /** The body is not well-formed. */
  z.strictObject({ kind: z.literal("malformed"), ...scope }),
  /** Half of the body, as a complete HTTP reply. */
  z.strictObject({ kind: z.literal("truncate"), ...scope }),
  /** The body is padded with white space to `bytes`, 64 MiB by default. */
  z.strictObject({ kind: z.literal("oversize"), bytes: z.int().positive().optional(), ...scope }),
  /** Something is wrong with a stream of records; other requests do not meet it. */
  z.strictObject({ kind: z.literal("stream"), spoil: streamSpoil, ...scope }),
]);

export type Fault = Readonly<z.infer<typeof faultSchema>>;
export type Latency = Extract<Fault, { kind: "latency" }>;
export type WrongClock = Extract<Fault, { kind: "clock" }>;
/** A fault that decides what becomes of the reply; a request meets at most one of them. */
export type Ending = Exclude<Fault, Latency | WrongClock>;

type Active = { readonly fault: Fault; readonly left: number };

/** What a request meets: latencies and clock errors add up, of the endings the oldest counts. */
export type Met = { readonly latencyMs: number; readonly clockOffsetMs: number; readonly ending: Ending | undefined };

const isSubmission = (method: string, target: string): boolean => method === "POST" && /\/instances(?:\?|$)/.test(target);

const applies = ({ match, method, tunnel, kind }: Fault, requestMethod: string, target: string): boolean => {
  const part = kind === "stream" ? "read" : tunnel;
  return (
    (match === undefined || target.includes(match)) &&
    (method === undefined || method.toUpperCase() === requestMethod) &&
    (part === undefined || part === tunnelRequest(target)) &&
    (kind !== "conflict" || isSubmission(requestMethod, target))
  );
};

const isEnding = (fault: Fault): fault is Ending => fault.kind !== "latency" && fault.kind !== "clock";

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Which faults a request meets, and what is left of all of them afterwards. Pure. */
export const meet = (
  active: readonly Active[],
  method: string,
  target: string,
): { readonly met: Met; readonly left: readonly Active[] } => {
  const matching = active.filter(({ fault }) => applies(fault, method, target));
  const ending = matching.find(({ fault }) => isEnding(fault));
  const used = matching.filter((entry) => !isEnding(entry.fault) || entry === ending);
  const faults = used.map(({ fault }) => fault);
  return {
    met: {
      latencyMs: sum(faults.map((fault) => (fault.kind === "latency" ? fault.ms : 0))),
      clockOffsetMs: sum(faults.map((fault) => (fault.kind === "clock" ? fault.offsetMs : 0))),
      ending: faults.find(isEnding),
    },
    left: active
      .map((entry) => (used.includes(entry) ? { ...entry, left: entry.left - 1 } : entry))
      .filter(({ left }) => left > 0),
  };
};

export const activate = (fault: Fault): Active => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });

/** The faults in force. `onCleared` lets a hanging reply know that it may go on. */
export const createFaultBook = () => {
  let active: readonly Active[] = [];
  const waiting = new Set<() => void>();
  return {
    add(fault: Fault): void {
      active = [...active, activate(fault)];
    },
    clear(): void {
      active = [];
      for (const wake of [...waiting]) wake();
    },
    take(method: string, target: string): Met {
      const { met, left } = meet(active, method, target);
      active = left;
      return met;
    },
    waiting,
  };
};

export type FaultBook = ReturnType<typeof createFaultBook>;
