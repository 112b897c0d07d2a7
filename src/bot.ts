// The whole bot, without a chat platform and without a cloud: text comes in, a View goes out, everything else is a port.
import type { Accept } from "./commands/accept.ts";
import { createAccept } from "./commands/accept.ts";
import { createAnnouncements } from "./commands/announcements.ts";
import type { Apology } from "./commands/apology.ts";
import { apology, askAgain, waiting } from "./commands/apology.ts";
import type { Answer, Command, CommandContext } from "./commands/command.ts";
import { UserError } from "./commands/errors.ts";
import { explain } from "./commands/explain.ts";
import type { IntentDraft } from "./commands/intents.ts";
import { createIntents } from "./commands/intents.ts";
import type { Unfinished } from "./commands/ledger.ts";
import { createLedger } from "./commands/ledger.ts";
import { createRecallBook } from "./commands/recall.ts";
import { createRefBook } from "./commands/refs.ts";
import type { CommandQueue, CommandRequest, ReplyTo, TransferQueue } from "./commands/request.ts";
import type { Policy } from "./commands/roles.ts";
import { runAsk } from "./commands/run.ts";
import { createSending } from "./commands/sending.ts";
import type { ItemStore } from "./commands/store.ts";
import type { Responder } from "./commands/telling.ts";
import { createTelling } from "./commands/telling.ts";
import { createTransfers } from "./commands/transfers.ts";
import type { Log } from "./log.ts";
import type { MaxComputeClient } from "./maxcompute/index.ts";
import type { View } from "./view.ts";

export type { Accepted, Incoming } from "./commands/accept.ts";
export type { Responder } from "./commands/telling.ts";

export type Clock = {
  now(): number;
  /** Calls `task` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, task: () => void): () => void;
};

export type BotPorts = {
  readonly commands: readonly Command[];
  readonly store: ItemStore;
  readonly queue: CommandQueue;
  readonly transfers: TransferQueue;
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
  readonly accept: Accept;
  /** Runs a request and answers it, at most once however often it is delivered. Never throws. */
  run(request: CommandRequest): Promise<void>;
  /** Sends the files of a request's answer, each once; ends in its own words when that fails. False when it has to be tried again. */
  transfer(request: CommandRequest): Promise<boolean>;
  /** A sender ended before it was done: the transfer starts again, or is given up in words. */
  resume(request: CommandRequest): Promise<void>;
  /** Tells the person that a request did not come to its end, unless it was answered. False when that has to be tried again. */
  apologise(request: CommandRequest, why: Apology): Promise<boolean>;
  /** Finishes requests without an answer that moved on last between `after` and `before` (epoch ms); says how many there were. */
  sweep(when: { readonly before: number; readonly after?: number }): Promise<number>;
};

/** A request older than this is refused: whoever asked has moved on (production rule 3). */
export const staleAfterMs = 60_000;
/** How long a command waits for MaxCompute in all; a stop watches its effect longer, and so does who follows. */
const readWaitsMs = 10_000;
const longWaitsMs = 25_000;
/** No answer is under way for longer: whoever sent it has ended. */
const answeringEndsMs = 40_000;
/** Others have to hear of what a pressed button changed. */
const isAct = ({ ask }: CommandRequest): boolean => ask.kind === "intent" && ask.press === "run";
/** After this the person hears what the bot is waiting for. */
const quietMs = 5_000;

export function createBot(ports: BotPorts): Bot {
  const { commands, store, responder, policy, clock, log, version } = ports;
  const refs = createRefBook(store, clock.now);
  const recall = createRecallBook(store, clock.now);
  const intents = createIntents(store, clock.now, ports.newId);
  const ledger = createLedger(store, clock.now);
  const transfers = createTransfers(store, clock.now);
  const telling = createTelling(responder, log);
  const announcements = createAnnouncements(store, clock.now, telling);
  const sending = createSending({
    transfers,
    queue: ports.transfers,
    responder,
    log,
    answerOf: (request) =>
      runAsk(
        request.ask,
        commands,
        { refs, intents },
        contextOf(request, { refs: refs.collect(request.caller, request.id), tell: async () => undefined }),
      ),
  });

  const accept = createAccept({
    ...ports,
    now: clock.now,
    lastWord: (request, view) => responder.reply(request, view, "final"),
  });

  function contextOf(request: CommandRequest, { refs, tell }: Pick<CommandContext, "refs" | "tell">): CommandContext {
    const { caller, replyTo } = request;
    const startedAt = clock.now();
    const deadline = (isLong: boolean) => startedAt + (isLong ? longWaitsMs : readWaitsMs);
    return {
      caller,
      role: policy.roleOf(caller),
      channel: replyTo.channel,
      project: ports.projectOf(replyTo),
      maxcompute: (project, waits) =>
        ports.maxcompute(project).withDeadline(deadline(waits === "long" || request.ask.kind === "intent")),
      recall: recall.of(caller, replyTo.channel),
      refs,
      intents,
      request,
      now: clock.now,
      pause: (ms) => new Promise((resolve) => void clock.after(ms, resolve)),
      tell,
      promise: (act) => announcements.promise(request, act),
      version,
    };
  }

  async function execute(request: CommandRequest): Promise<Answer> {
    const collected = refs.collect(request.caller, request.id);
    let saidToWait = Promise.resolve();
    const stopWaiting = clock.after(quietMs, () => {
      saidToWait = telling.interim(request, waiting);
    });
    const tell = async (view: View) => {
      stopWaiting(); // whoever has heard something is not left in the dark
      await collected.save();
      await telling.interim(request, view);
    };
    try {
      const answer = await runAsk(request.ask, commands, { refs, intents }, contextOf(request, { refs: collected, tell }));
      await collected.save();
      return answer;
    } catch (error) {
      const view = explain(error, request.id);
      const isTheirs = error instanceof UserError;
      log[isTheirs ? "info" : "error"](isTheirs ? "request.refused" : "request.failed", { requestId: request.id, error });
      const isPassing = view.tone === "trouble" && view.suggestions.length === 0;
      return { view: isPassing ? { ...view, suggestions: askAgain(request.ask) } : view };
    } finally {
      stopWaiting();
      await saidToWait; // the answer comes last
    }
  }

  async function deliver(request: CommandRequest, answer: Answer): Promise<void> {
    await telling.answer(request, answer);
    await ledger.close(request.id);
    const elapsedMs = clock.now() - request.requestedAt;
    log.info("request.answered", { requestId: request.id, view: answer.view.kind, elapsedMs });
  }

  async function run(request: CommandRequest): Promise<void> {
    try {
      if (clock.now() - request.requestedAt > staleAfterMs) {
        await apologise(request, "stale");
        return;
      }
      if (!(await ledger.claim(request))) {
        log.info("request.repeated", { requestId: request.id });
        return;
      }
      const answer = await execute(request);
      if (await ledger.settle(request.id)) {
        await sending.begin(request, answer);
        await deliver(request, answer);
      } else log.warn("request.answered_by_apology", { requestId: request.id, view: answer.view.kind });
      // What was changed is told to the others even where the person has an apology.
      if (isAct(request)) await announcements.keep(request, answer.announce);
    } catch (error) {
      log.error("request.unanswered", { requestId: request.id, error });
    }
  }

  async function apologise(request: CommandRequest, why: Apology, endedBefore?: number): Promise<boolean> {
    const before = endedBefore ?? clock.now() - answeringEndsMs;
    try {
      await ledger.receive(request);
      const reason = await reasonToSpeak(request, why, before);
      if (reason !== "answered" && reason !== "too early") {
        log.warn("request.apologised", { requestId: request.id, why: reason });
        // The file that a worker meant to send is sent, though it ended before anybody was asked to.
        if (reason === "cut off") await sending.pickUp(request);
        await deliver(request, { view: apology(reason, request, await confirmedBy(request)) });
      }
      // Whoever is only slow tells what came out; it is looked at again later.
      const isTold = !isAct(request) || (await announcements.makeUp(request.id, reason === "slow" ? 0 : before));
      return isTold && reason !== "too early";
    } catch (error) {
      log.error("request.unanswered", { requestId: request.id, why, error });
      return false;
    }
  }

  /** An answer that was on its way when its worker ended, before `endedBefore`, may have arrived: then the apology says just that. */
  async function reasonToSpeak({ id }: CommandRequest, why: Apology, endedBefore: number) {
    if (await ledger.settle(id)) return why;
    const doubt = await ledger.doubt(id, endedBefore);
    return doubt === "yours" ? "cut off" : doubt;
  }

  /** What an intent's button was about; undefined when it cannot be told. An apology goes out without it too. */
  async function confirmedBy({ id, ask }: CommandRequest): Promise<IntentDraft | undefined> {
    if (ask.kind !== "intent") return undefined;
    return intents.draftOf(ask.intentId).catch((error: unknown) => {
      log.warn("intent.unreadable", { requestId: id, error });
      return undefined;
    });
  }

  async function sweep(when: { readonly before: number; readonly after?: number }): Promise<number> {
    const left = await ledger.unfinished(when);
    for (const unfinished of left) await finish(unfinished, when.before);
    for (const id of await announcements.unfinished()) await announcements.makeUp(id, when.before);
    for (const request of await transfers.unfinished()) await ports.transfers.start(request);
    return left.length;
  }

  async function finish({ request, state }: Unfinished, endedBefore: number): Promise<void> {
    if (state === "received" && clock.now() - request.requestedAt <= staleAfterMs) return run(request);
    await apologise(request, state === "received" ? "stale" : "interrupted", endedBefore);
  }

  const { transfer, resume } = sending;
  return { accept, run, transfer, resume, apologise: (request, why) => apologise(request, why), sweep };
}
