// The whole bot, without a chat platform and without a cloud: text comes in, a View goes out, everything else is a port.
import type { Accept } from "./commands/accept.ts";
import { createAccept } from "./commands/accept.ts";
import { createAnnouncements } from "./commands/announcements.ts";
import type { Apology } from "./commands/apology.ts";
import { askAgain, waiting } from "./commands/apology.ts";
import { createAudit } from "./commands/audit/audit-book.ts";
import { inAuditChannel } from "./commands/audit/posting.ts";
import type { AuditTrail } from "./commands/audit/trail.ts";
import { createBudgets } from "./commands/budget.ts";
import { closeApprovals } from "./commands/close-approvals.ts";
import type { Answer, Command, CommandContext } from "./commands/command.ts";
import { type ContextPorts, contextOf, readWaitsMs, waitsMs } from "./commands/context.ts";
import type { Checkup } from "./commands/doctor/checkup.ts";
import { UserError } from "./commands/errors.ts";
import { explain } from "./commands/explain.ts";
import { createIntents } from "./commands/intents.ts";
import { laterWord } from "./commands/later-word.ts";
import type { Unfinished } from "./commands/ledger.ts";
import { createLedger } from "./commands/ledger.ts";
import { createLimits } from "./commands/limits.ts";
import { createMakingUp } from "./commands/making-up.ts";
import type { FormOpener } from "./commands/opening.ts";
import type { Named } from "./commands/recall.ts";
import { createRecallBook, createShown, recallOf } from "./commands/recall.ts";
import { createRedraw } from "./commands/redraw.ts";
import { createRefBook } from "./commands/refs.ts";
import type { Caller, CommandQueue, CommandRequest, ReplyTo, TransferQueue } from "./commands/request.ts";
import { isAct } from "./commands/request.ts";
import type { RightsDesk } from "./commands/rights/desk.ts";
import type { PolicyBook } from "./commands/rights/policy-book.ts";
import { runAsk } from "./commands/run.ts";
import { createSubmissions } from "./commands/running/submissions.ts";
import { tendSubmissions } from "./commands/running/tend.ts";
import { createSending } from "./commands/sending.ts";
import type { ItemStore } from "./commands/store.ts";
import type { Responder } from "./commands/telling.ts";
import { createTelling } from "./commands/telling.ts";
import { createTransfers } from "./commands/transfers.ts";
import type { Ended, Turn } from "./commands/turn.ts";
import { quietFor, readingEndsAt, staleAfterMs } from "./commands/turn.ts";
import { asHeard, isUnasked } from "./commands/unasked.ts";
import type { WatchBook } from "./commands/watch-book.ts";
import { whereOpened } from "./commands/where-opened.ts";
import type { Log } from "./log.ts";
import type { MaxComputeClient } from "./maxcompute/index.ts";
import type { View } from "./view/index.ts";

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
  readonly forms: FormOpener;
  readonly rights: RightsDesk;
  readonly policyBook: PolicyBook;
  /** Whether somebody is of the workspace that the bot serves. */
  isOurs(caller: Caller): boolean;
  /** A client of the project, for what this person asked, or nobody; it is narrowed to the deadline of each command. */
  maxcompute(project: string, caller: Caller | undefined): MaxComputeClient;
  readonly watching: WatchBook;
  /** What `doctor` looks at: all about this bot, and what MaxCompute lets it do by this client. */
  checkups(request: CommandRequest, maxcompute: MaxComputeClient): readonly Checkup[];
  /** `team`: the workspace whose trail it is. `channel`: where each decision is told besides; nowhere when undefined. */
  readonly audit: { readonly trail: AuditTrail; readonly team: string; readonly channel: string | undefined };
  /** The MaxCompute project of a conversation for which none was chosen. */
  projectOf(replyTo: ReplyTo): string;
  readonly clock: Clock;
  newId(): string;
  readonly log: Log;
  readonly version: string;
};

export type Bot = {
  /** Takes something a person did: quick, and safe to be given the same thing twice. Never throws. */
  readonly accept: Accept;
  /** Runs a request and answers it, at most once however often it is delivered. Never throws; false when it broke before its end. */
  run(request: CommandRequest, turn?: Turn): Promise<boolean>;
  /** Sends the files of a request's answer, each once; ends in its own words when that fails. False when it has to be tried again. */
  transfer(request: CommandRequest, turn?: Turn): Promise<boolean>;
  /**
   * A sender, named `ended` where that is known, ended before it was done: the transfer starts again, or is given up in words. Never
   * throws; false when that has to be tried again.
   */
  resume(request: CommandRequest, ended?: string, turn?: Turn): Promise<boolean>;
  /**
   * Tells the person that a request did not come to its end, unless it was answered. False when that has to be tried again.
   * `ended` names a worker that is known to have ended.
   */
  apologise(request: CommandRequest, why: Apology, ended?: string, turn?: Turn): Promise<boolean>;
  /** Finishes requests without an answer that moved on last between `after` and `before` (epoch ms), and approvals that are overdue; says how many requests there were. */
  sweep(when: { readonly before: number; readonly after?: number }): Promise<number>;
};

/** A request's uses of its response_url before its answer (production rule 15); further words on the way are left out. */
const wordsOnTheWay = 2;

export function createBot(ports: BotPorts): Bot {
  const { commands, store, responder, clock, log, version } = ports;
  const refs = createRefBook(store, clock.now);
  const recall = createRecallBook(store, clock.now);
  const intents = createIntents(store, clock.now, ports.newId);
  const budgets = createBudgets(store, clock.now);
  const submissions = createSubmissions(store, clock.now);
  const ledger = createLedger(store, clock.now);
  const limits = createLimits(store, clock.now, log);
  const redraw = createRedraw(responder, clock, log);
  const transfers = createTransfers(store, clock.now);
  const telling = createTelling(responder, log);
  const announcements = createAnnouncements(store, clock.now, telling);
  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const audit = createAudit({
    trail: ports.audit.trail,
    team: ports.audit.team,
    store,
    now: clock.now,
    newId: ports.newId,
    pause,
    log,
    ...inAuditChannel(ports.audit.channel, responder),
  });
  const sending = createSending({
    transfers,
    queue: ports.transfers,
    responder,
    log,
    answerOf: async (request, named, turn) =>
      runAsk(request.ask, commands, { refs, intents }, await senderContext(request, named, turn)),
  });

  const accept = createAccept({
    ...ports,
    shown: createShown(store, clock.now),
    now: clock.now,
    lastWord: (request, view) => responder.reply(request, view, "final"),
  });

  const around: ContextPorts = {
    ...{ rights: ports.rights, policyBook: ports.policyBook, watching: ports.watching, responder, redraw, version },
    ...{ recall, intents, audit, budgets, submissions, announcements, pause, now: clock.now },
    maxcompute: (project, caller) => ports.maxcompute(project, caller),
    checkups: (request, maxcompute) => ports.checkups(request, maxcompute),
    projectOf: (replyTo) => ports.projectOf(replyTo),
  };

  /** To somebody who did not ask now, in a direct message. */
  const tellAlone = async (caller: Caller, view: View, request: CommandRequest): Promise<void> => {
    const replyTo = { channel: caller.user, direct: true, replaceable: false };
    await responder
      .reply({ ...request, caller, replyTo }, view, "final")
      .catch((error: unknown) => log.warn("other.not_told", { requestId: request.id, user: caller.user, error }));
  };

  const tellLater = (caller: Caller, view: View, id: string): Promise<void> =>
    responder.reply(laterWord(caller, id, clock.now()), view, "final");

  const ofNobody = (project: string) => ports.maxcompute(project, undefined);
  const tended = (project: string) => ofNobody(project).withDeadline(clock.now() + readWaitsMs);

  /** Nobody waits for a sender's looks, and it changes nothing. All its files share the time for reading; the next sender has it anew. */
  async function senderContext(request: CommandRequest, named: Named | undefined, turn: Turn): Promise<CommandContext> {
    const deadline = readingEndsAt(clock.now(), waitsMs.file, turn);
    const quiet = {
      refs: refs.collect(request.caller, request.id),
      tell: async () => undefined,
      tellOther: async () => undefined,
    };
    return {
      ...(await contextOf(around, request, turn, quiet)),
      deadline,
      maxcompute: (project) => ports.maxcompute(project, request.caller).withDeadline(deadline),
      recall: recallOf(named),
    };
  }

  async function execute(request: CommandRequest, turn: Turn): Promise<Answer> {
    const collected = refs.collect(request.caller, request.id);
    let left = wordsOnTheWay;
    const interim = async (view: View) => {
      left -= 1;
      if (left >= 0) await telling.interim(request, view);
    };
    let saidToWait = Promise.resolve();
    const sayToWait = () => {
      saidToWait = interim(waiting);
    };
    const stopWaiting = isUnasked(request) ? () => undefined : clock.after(quietFor(request.requestedAt, clock.now()), sayToWait);
    // Of an act the answer is worth more than its buttons.
    const keepRefs = () =>
      collected.save().catch((error: unknown) => {
        if (!isAct(request)) throw error;
        log.error("refs.not_kept", { requestId: request.id, error });
      });
    const tell = async (view: View) => {
      stopWaiting(); // whoever has heard something is not left in the dark
      await keepRefs();
      await interim(view);
    };
    const tellOther = async (other: Caller, view: View) => {
      await keepRefs();
      await tellAlone(other, view, request);
    };
    try {
      if (!isUnasked(request)) await limits.demand(request);
      const context = await contextOf(around, request, turn, { refs: collected, tell, tellOther });
      const answer = await runAsk(request.ask, commands, { refs, intents }, context);
      await keepRefs();
      return answer;
    } catch (error) {
      const view = asHeard(explain(error, request.id), request);
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

  async function run(given: CommandRequest, turn: Turn = {}): Promise<boolean> {
    const request = await whereOpened(given, { refs, intents }, log);
    try {
      if (clock.now() - request.requestedAt > staleAfterMs) return await apologise(request, "stale", {}, turn);
      if (!(await ledger.claim(request, turn.worker))) {
        log.info("request.repeated", { requestId: request.id });
        return true;
      }
      const answer = await execute(request, turn);
      if (await ledger.settle(request.id, turn)) {
        await sending.begin(request, answer);
        await deliver(request, answer);
      } else log.warn("request.answered_by_apology", { requestId: request.id, view: answer.view.kind });
      // What was changed is told to the others even where the person has an apology.
      if (!isAct(request)) return true;
      if (clock.now() >= (turn.endsAt ?? Number.POSITIVE_INFINITY)) return false; // whoever makes up for this worker tells it
      await announcements.keep(request, answer.announce);
      return true;
    } catch (error) {
      log.error("request.unanswered", { requestId: request.id, error });
      return false;
    }
  }

  const makeUp = createMakingUp({ ledger, announcements, audit, intents, sending, deliver, now: clock.now, pause, log });

  async function apologise(given: CommandRequest, why: Apology, ended: Partial<Ended>, turn: Turn): Promise<boolean> {
    return makeUp(await whereOpened(given, { refs, intents }, log), why, ended, turn);
  }

  async function sweep(when: { readonly before: number; readonly after?: number }): Promise<number> {
    const left = await ledger.unfinished(when);
    for (const unfinished of left) await finish(unfinished, when.before);
    for (const id of await announcements.unfinished()) await announcements.makeUp(id, when.before);
    for (const id of await audit.unfinished()) await audit.makeUp(id, when.before);
    for (const request of await transfers.unfinished()) await ports.transfers.start(request);
    const { editCard } = responder;
    await closeApprovals({ intents, audit, editCard, maxcompute: ofNobody, now: clock.now, log });
    await tendSubmissions({
      submissions,
      budgets,
      watching: ports.watching,
      maxcompute: tended,
      tell: tellLater,
      queue: ports.queue,
      now: clock.now,
      log,
    });
    return left.length;
  }

  async function finish({ request, state }: Unfinished, endedBefore: number): Promise<void> {
    if (state === "received" && clock.now() - request.requestedAt <= staleAfterMs) await run(request);
    else await apologise(request, state === "received" ? "stale" : "interrupted", { before: endedBefore }, {});
  }

  return {
    accept,
    run,
    transfer: (request, turn = {}) => sending.transfer(request, turn),
    resume: (request, ended, turn = {}) => sending.resume(request, ended, turn),
    apologise: (request, why, ended, turn = {}) => apologise(request, why, ended === undefined ? {} : { worker: ended }, turn),
    sweep,
  };
}
