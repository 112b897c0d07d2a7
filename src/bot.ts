// The whole bot, without a chat platform and without a cloud: text comes in, a View goes out, everything else is a port.
import type { Answer, Command, CommandContext } from "./commands/command.ts";
import { UserError } from "./commands/errors.ts";
import { explain } from "./commands/explain.ts";
import { helpView } from "./commands/help.ts";
import { requestIdOf } from "./commands/ids.ts";
import { createIntents } from "./commands/intents.ts";
import type { Unfinished } from "./commands/ledger.ts";
import { createLedger } from "./commands/ledger.ts";
import { parse } from "./commands/parse.ts";
import { createRecallBook } from "./commands/recall.ts";
import { createRefBook } from "./commands/refs.ts";
import type { Ask, Caller, CommandQueue, CommandRequest, ReplyTo } from "./commands/request.ts";
import type { Policy } from "./commands/roles.ts";
import { demand, runAsk } from "./commands/run.ts";
import type { ItemStore } from "./commands/store.ts";
import type { Log } from "./log.ts";
import type { MaxComputeClient } from "./maxcompute/index.ts";
import type { View } from "./view.ts";

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

/** How a View reaches people. Implemented by the chat platform. */
export type Responder = {
  /** To the person who asked alone. Throws when no way to them is left. */
  reply(request: CommandRequest, view: View, stage: "interim" | "final"): Promise<void>;
  /** To everybody in the conversation. */
  announce(request: CommandRequest, view: View): Promise<void>;
};

export type Clock = {
  now(): number;
  /** Calls `task` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, task: () => void): () => void;
};

export type BotPorts = {
  readonly commands: readonly Command[];
  readonly store: ItemStore;
  readonly queue: CommandQueue;
  readonly responder: Responder;
  readonly policy: Policy;
  /** A client of the project; it is narrowed to the deadline of each command. */
  maxcompute(project: string): MaxComputeClient;
  /** The MaxCompute project of a conversation. */
  projectOf(replyTo: ReplyTo): string;
  readonly clock: Clock;
  newId(): string;
  readonly log: Log;
  readonly version: string;
};

export type Bot = {
  /** Takes something a person did: quick, and safe to be given the same thing twice. Never throws. */
  accept(incoming: Incoming): Promise<Accepted>;
  /** Runs a request and answers it, at most once however often it is delivered. Never throws. */
  run(request: CommandRequest): Promise<void>;
  /** Tells the person that a request did not come to its end, unless it was answered. */
  apologise(request: CommandRequest, why: Apology): Promise<void>;
  /** Finishes what an earlier process left unanswered. */
  sweep(): Promise<number>;
};

export type Apology = "stale" | "interrupted" | "cut off" | "slow";

/** A request older than this is refused: whoever asked has moved on (production rule 3). */
export const staleAfterMs = 60_000;
/** How long a command waits for MaxCompute in all; a stop watches its effect longer. */
const readWaitsMs = 10_000;
const actWaitsMs = 25_000;
/** After this the person hears what the bot is waiting for. */
const quietMs = 5_000;

export function createBot(ports: BotPorts): Bot {
  const { commands, store, queue, responder, policy, clock, log, version } = ports;
  const refs = createRefBook(store, clock.now);
  const recall = createRecallBook(store, clock.now);
  const intents = createIntents(store, clock.now, ports.newId);
  const ledger = createLedger(store, clock.now);

  /** What can be answered at once: help, a typing mistake, a right that is missing. */
  function answerNow({ ask, caller, replyTo }: Incoming, requestId: string): View | undefined {
    if (ask.kind !== "text") return undefined;
    const role = policy.roleOf(caller);
    try {
      const { command, values } = parse(ask.text, commands);
      demand(command.name, command.access, { role });
      if (command.name !== "help") return undefined;
      const asked = typeof values.command === "string" ? values.command.toLowerCase() : undefined;
      return helpView(commands, asked, { role, project: ports.projectOf(replyTo), version });
    } catch (error) {
      if (error instanceof UserError) return explain(error, requestId);
      throw error;
    }
  }

  async function accept(incoming: Incoming): Promise<Accepted> {
    const requestId = requestIdOf(incoming.delivery);
    const { caller, ask, replyTo, origin } = incoming;
    const request: CommandRequest = { schema: 1, id: requestId, ask, caller, replyTo, origin, requestedAt: clock.now() };
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
      log.error("request.not_accepted", { requestId, error });
      const view = explain(error, requestId);
      // Only a slash command can be answered in its acknowledgement; elsewhere this is the last chance to say something.
      if (origin !== "slash")
        await responder
          .reply(request, view, "final")
          .catch((lost: unknown) => log.error("request.unanswered", { requestId, error: lost }));
      return { kind: "answer", requestId, view };
    }
  }

  function contextOf(request: CommandRequest, collected: CommandContext["refs"]): CommandContext {
    const { caller, replyTo } = request;
    const deadline = clock.now() + (request.ask.kind === "intent" ? actWaitsMs : readWaitsMs);
    return {
      caller,
      role: policy.roleOf(caller),
      channel: replyTo.channel,
      project: ports.projectOf(replyTo),
      maxcompute: (project) => ports.maxcompute(project).withDeadline(deadline),
      recall: recall.of(caller, replyTo.channel),
      refs: collected,
      intents,
      request,
      now: clock.now,
      pause: (ms) => new Promise((resolve) => void clock.after(ms, resolve)),
      tell: (view) => interim(request, view),
      version,
    };
  }

  /** A word on the way to the answer. Losing one costs nothing: the answer follows. */
  async function interim(request: CommandRequest, view: View): Promise<void> {
    await responder
      .reply(request, view, "interim")
      .catch((error: unknown) => log.warn("reply.interim_failed", { requestId: request.id, error }));
  }

  async function execute(request: CommandRequest): Promise<Answer> {
    const collected = refs.collect(request.caller, request.id);
    const stopWaiting = clock.after(quietMs, () => void interim(request, waiting));
    try {
      const answer = await runAsk(request.ask, commands, { refs, intents }, contextOf(request, collected));
      await collected.save();
      return answer;
    } catch (error) {
      const view = explain(error, request.id);
      const isTheirs = error instanceof UserError;
      log[isTheirs ? "info" : "error"](isTheirs ? "request.refused" : "request.failed", { requestId: request.id, error });
      await collected.save();
      return { view };
    } finally {
      stopWaiting();
    }
  }

  async function deliver(request: CommandRequest, { view, share, announce }: Answer): Promise<void> {
    if (share === true) await shareOrReply(request, view);
    else await responder.reply(request, view, "final");
    if (announce !== undefined) {
      await responder
        .announce(request, announce)
        .catch((error: unknown) => log.error("announce.failed", { requestId: request.id, error }));
    }
    await ledger.close(request.id);
    log.info("request.answered", { requestId: request.id, view: view.kind, elapsedMs: clock.now() - request.requestedAt });
  }

  /** Where the bot may not post, the person still gets the answer. */
  async function shareOrReply(request: CommandRequest, view: View): Promise<void> {
    await responder.announce(request, view).catch(async (error: unknown) => {
      log.warn("share.failed", { requestId: request.id, error });
      await responder.reply(request, view, "final");
    });
  }

  async function run(request: CommandRequest): Promise<void> {
    try {
      if (clock.now() - request.requestedAt > staleAfterMs) return await apologise(request, "stale");
      if (!(await ledger.claim(request))) {
        log.info("request.repeated", { requestId: request.id });
        return;
      }
      const answer = await execute(request);
      if (await ledger.settle(request.id)) await deliver(request, answer);
      else log.warn("request.answered_by_apology", { requestId: request.id, view: answer.view.kind });
    } catch (error) {
      log.error("request.unanswered", { requestId: request.id, error });
    }
  }

  async function apologise(request: CommandRequest, why: Apology): Promise<void> {
    try {
      await ledger.receive(request);
      if (!(await ledger.settle(request.id))) return;
      log.warn("request.apologised", { requestId: request.id, why });
      await deliver(request, { view: apology(why, request) });
    } catch (error) {
      log.error("request.unanswered", { requestId: request.id, why, error });
    }
  }

  async function sweep(): Promise<number> {
    const left = await ledger.unfinished();
    for (const unfinished of left) await finish(unfinished);
    return left.length;
  }

  async function finish({ request, state }: Unfinished): Promise<void> {
    if (state === "received" && clock.now() - request.requestedAt <= staleAfterMs) return run(request);
    if (state !== "answering") return apologise(request, state === "received" ? "stale" : "interrupted");
    // The answer was on its way when the process died: nobody can know whether it arrived, so this says just that.
    await deliver(request, { view: apology("cut off", request) }).catch((error: unknown) =>
      log.error("request.unanswered", { requestId: request.id, error }),
    );
  }

  return { accept, run, apologise, sweep };
}

const waiting: View = { kind: "notice", text: "Still asking MaxCompute; I will answer here.", suggestions: [] };

/** An act that was begun may have happened; everything else certainly changed nothing. */
function apology(why: Apology, request: CommandRequest): View {
  const acted = request.ask.kind === "intent" && request.ask.press === "run";
  const titles: Readonly<Record<Apology, string>> = {
    stale: "Your command reached me too late, so I did nothing.",
    interrupted: acted ? "I was interrupted while I was stopping the instance." : "I was interrupted before I could answer.",
    "cut off": "I was interrupted while I was answering you.",
    slow: acted ? "Stopping takes longer than I can wait." : "This takes longer than I can wait.",
  };
  return {
    kind: "error",
    tone: "trouble",
    title: titles[why],
    next: nextStep(why, acted),
    errorId: request.id,
    suggestions: [],
  };
}

function nextStep(why: Apology, acted: boolean): string {
  if (acted && why !== "stale") return "The instance may or may not have been stopped: `status` shows how things stand.";
  return why === "cut off" ? "If you see no answer above, please ask again." : "Please ask again.";
}
