// The command queue on AWS: one PutEvents of one sealed envelope on the private bus, within Slack's three seconds (production rule 17).
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { MaybeQueued } from "../commands/maybe-queued.ts";
import type { CommandQueue, TransferQueue } from "../commands/request.ts";
import type { SealKey } from "./envelope.ts";
import { seal } from "./envelope.ts";

export const eventSource = "odps-chatops";
/** Kinds of sealed events on the private bus; each is also its event's detail-type. */
export type EventKind = "CommandRequested" | "TransferRequested" | "LookRequested" | "PingRequested" | "ShardRequested";

export type QueuePorts = {
  readonly client: Pick<EventBridgeClient, "send">;
  readonly bus: string;
  sealKey(): Promise<SealKey>;
  now(): number;
};

/** All attempts together, and the part of it that the first may take. */
const budgetMs = 1_200;
const firstAttemptMs = 700;

/** The bus answered, and said no: the event is certainly not on it. */
class BusRefused extends Error {
  override readonly name = "BusRefused";
}

const statusOf = (error: unknown): number => {
  const metadata = typeof error === "object" && error !== null && "$metadata" in error ? error.$metadata : undefined;
  return typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata ? Number(metadata.httpStatusCode) : 0;
};

async function put({ client, bus }: QueuePorts, kind: EventKind, detail: string, withinMs: number): Promise<void> {
  const entry = { EventBusName: bus, Source: eventSource, DetailType: kind, Detail: detail };
  // AbortSignal.timeout would fire, and be paid for, after every answer that came in time.
  const tooLate = new AbortController();
  const timer = setTimeout(() => tooLate.abort(), Math.max(1, withinMs));
  const { Entries: [answer] = [] } = await client
    .send(new PutEventsCommand({ Entries: [entry] }), { abortSignal: tooLate.signal })
    .finally(() => clearTimeout(timer))
    .catch((cause: unknown) => {
      const status = statusOf(cause);
      if (status >= 400 && status < 500) throw new BusRefused("the bus does not take events from here", { cause });
      throw cause;
    });
  // An entry may be refused inside a successful answer.
  if (answer?.EventId === undefined) throw new BusRefused(`the bus refused the event: ${answer?.ErrorCode ?? "no reason given"}`);
}

/**
 * Puts one sealed event on the bus, trying twice with the same id. Throws BusRefused when it is certainly not there, MaybeQueued when no
 * answer came: it may be there, and whoever waits for it has to be told so.
 */
export async function putSealed(ports: QueuePorts, kind: EventKind, id: string, at: number, content: unknown): Promise<void> {
  const detail = JSON.stringify(seal(kind, id, at, content, await ports.sealKey()));
  const deadline = ports.now() + budgetMs; // what the key took is not taken from the event
  try {
    await put(ports, kind, detail, Math.min(firstAttemptMs, deadline - ports.now()));
  } catch (first) {
    if (first instanceof BusRefused && statusOf(first.cause) !== 0) throw first; // no right or no bus: the same again
    await put(ports, kind, detail, deadline - ports.now()).catch((cause: unknown) => {
      if (first instanceof BusRefused && cause instanceof BusRefused) throw cause;
      throw new MaybeQueued(id, { cause });
    });
  }
}

/** The queue of commands: what `send` resolves for is on the bus. */
export const createEventBridgeQueue = (ports: QueuePorts): CommandQueue => ({
  send: (request) => putSealed(ports, "CommandRequested", request.id, request.requestedAt, request),
});

/** The queue of transfers: the same request, sealed as another kind. */
export const createTransferQueue = (ports: QueuePorts): TransferQueue => ({
  start: (request) => putSealed(ports, "TransferRequested", request.id, ports.now(), request),
});
