// The door: takes what a person did, answers what needs no looking up, and puts everything else on record before it is acknowledged.
// It must stay small: on AWS it is all that runs within Slack's three seconds.
import type { Log } from "../log.ts";
import type { View } from "../view.ts";
import { answerAtOnce } from "./at-once.ts";
import type { CommandSpec } from "./command.ts";
import { explain } from "./explain.ts";
import { requestIdOf } from "./ids.ts";
import { MaybeQueued } from "./maybe-queued.ts";
import type { Ask, Caller, CommandQueue, CommandRequest, ReplyTo } from "./request.ts";
import type { Policy } from "./roles.ts";
import { withoutTokens } from "./text.ts";

/** Something a person did, as the platform told it. */
export type Incoming = {
  /** What the platform repeats when it delivers the same thing twice. */
  readonly delivery: string;
  readonly ask: Ask;
  readonly caller: Caller;
  readonly replyTo: ReplyTo;
  readonly origin: CommandRequest["origin"];
};

export type Accepted =
  /** Nothing has to be looked up: this is the answer, for the acknowledgement itself. */
  | { readonly kind: "answer"; readonly requestId: string; readonly view: View }
  /** On record; the answer comes later. */
  | { readonly kind: "queued"; readonly requestId: string };

export type DoorPorts = {
  readonly commands: readonly CommandSpec[];
  readonly queue: CommandQueue;
  readonly policy: Policy;
  /** The MaxCompute project of a conversation. */
  projectOf(replyTo: ReplyTo): string;
  /**
   * The last chance to tell somebody whose request could not be put on record and has no acknowledgement that could say so.
   * Absent where the platform delivers such a thing again when it is not acknowledged: then `accept` throws.
   */
  readonly lastWord?: (request: CommandRequest, view: View) => Promise<void>;
  now(): number;
  readonly log: Log;
  readonly version: string;
};

/** Takes something a person did: quick, and safe to be given the same thing twice. */
export type Accept = (incoming: Incoming) => Promise<Accepted>;

export function createAccept({ commands, queue, policy, projectOf, lastWord, now, log, version }: DoorPorts): Accept {
  function answerNow({ ask, caller, replyTo }: Incoming, requestId: string): View | undefined {
    return answerAtOnce(ask, commands, { role: policy.roleOf(caller), project: projectOf(replyTo), version }, requestId);
  }

  async function refuse(request: CommandRequest, error: unknown): Promise<Accepted> {
    const { id: requestId, origin } = request;
    log.error("request.not_accepted", { requestId, error });
    const view = error instanceof MaybeQueued ? perhaps(requestId) : explain(error, requestId);
    if (origin !== "slash") {
      if (lastWord === undefined) throw error;
      await lastWord(request, view).catch((lost: unknown) => log.error("request.unanswered", { requestId, error: lost }));
    }
    return { kind: "answer", requestId, view };
  }

  return async (delivered) => {
    const requestId = requestIdOf(delivered.delivery);
    const incoming = { ...delivered, ask: harmless(delivered.ask) };
    const { caller, ask, replyTo, origin } = incoming;
    const request: CommandRequest = { schema: 1, id: requestId, ask, caller, replyTo, origin, requestedAt: now() };
    try {
      const view = origin === "slash" ? answerNow(incoming, requestId) : undefined;
      if (view !== undefined) {
        log.info("request.answered_at_once", { requestId, user: caller.user, view: view.kind });
        return { kind: "answer", requestId, view };
      }
      await queue.send(request);
      log.info("request.accepted", { requestId, user: caller.user, team: caller.team, origin, ask: ask.kind });
      return { kind: "queued", requestId };
    } catch (error) {
      return refuse(request, error);
    }
  };
}

/** Nothing that is kept or repeated holds the token of a pasted Logview link. */
const harmless = (ask: Ask): Ask => (ask.kind === "text" ? { ...ask, text: withoutTokens(ask.text) } : ask);

/** It may run and it may not: the person is told just that, and what to look out for. */
const perhaps = (requestId: string): View => ({
  kind: "notice",
  text: `Received as \`${requestId}\`, but I cannot be sure. If nothing comes in a minute, it did not run.`,
  suggestions: [],
});
