// What is done about a request that nobody answered: whoever looks after it tells the person, unless somebody did or still may.
import type { Log } from "../log.ts";
import type { View } from "../view/index.ts";
import type { Announcements } from "./announcements.ts";
import { type Apology, apology } from "./apology.ts";
import type { AuditBook } from "./audit/audit-book.ts";
import type { Answer } from "./command.ts";
import type { IntentDraft, Intents } from "./intents.ts";
import type { Ledger } from "./ledger.ts";
import { type CommandRequest, isAct } from "./request.ts";
import type { Sending } from "./sending.ts";
import { type Ended, patienceMs, type Turn } from "./turn.ts";
import { asHeard } from "./unasked.ts";

export type MakingUpPorts = {
  readonly ledger: Ledger;
  readonly announcements: Announcements;
  readonly audit: Pick<AuditBook, "makeUp">;
  readonly intents: Pick<Intents, "draftOf">;
  readonly sending: Pick<Sending, "pickUp">;
  /** Tells the person, and closes the request. */
  deliver(request: CommandRequest, answer: Answer): Promise<void>;
  now(): number;
  pause(ms: number): Promise<void>;
  readonly log: Log;
};

/** Never throws; false when somebody has to look again. */
export type MakeUp = (request: CommandRequest, why: Apology, ended: Partial<Ended>, turn: Turn) => Promise<boolean>;

/** The apology, as its reader needs it. */
function sorry(why: Apology, request: CommandRequest, draft: IntentDraft | undefined): View {
  const view = apology(why, request, draft);
  return view.kind === "error" ? asHeard(view, request) : view;
}

/** Nobody is at telling others for longer. */
const tellingEndsMs = 40_000;

export function createMakingUp(ports: MakingUpPorts): MakeUp {
  const { ledger, announcements, audit, intents, sending, deliver, now, pause, log } = ports;

  /** An answer that was on its way when its worker ended may have arrived: then the apology says just that. */
  async function reasonToSpeak({ id }: CommandRequest, why: Apology, ended: Ended, turn: Turn) {
    if (await ledger.settle(id, turn)) return why;
    for (;;) {
      const doubt = await ledger.doubt(id, ended, turn);
      if (doubt.kind !== "too early") return doubt.kind === "yours" ? "cut off" : doubt.kind;
      const leftMs = doubt.until - now();
      if (leftMs <= 0 || leftMs > patienceMs) return doubt.kind;
      await pause(leftMs);
    }
  }

  /** What an intent's button was about; undefined when it cannot be told. An apology goes out without it too. */
  async function confirmedBy({ id, ask }: CommandRequest): Promise<IntentDraft | undefined> {
    if (ask.kind !== "intent") return undefined;
    return intents.draftOf(ask.intentId).catch((error: unknown) => {
      log.warn("intent.unreadable", { requestId: id, error });
      return undefined;
    });
  }

  return async (request, why, { before, worker }, turn) => {
    try {
      await ledger.receive(request);
      const reason = await reasonToSpeak(request, why, { before: before ?? 0, worker }, turn);
      if (reason !== "answered" && reason !== "too early") {
        log.warn("request.apologised", { requestId: request.id, why: reason });
        // The file that a worker meant to send is sent, though it ended before anybody was asked to.
        if (reason === "cut off") await sending.pickUp(request);
        await deliver(request, { view: sorry(reason, request, await confirmedBy(request)) });
      }
      // Whoever is only slow tells what came out; it is looked at again later.
      const toldBefore = reason === "slow" ? 0 : (before ?? now() - tellingEndsMs);
      const isTold = !isAct(request) || (await announcements.makeUp(request.id, toldBefore, worker));
      const isAudited = await audit.makeUp(request.id, toldBefore, worker);
      return isTold && isAudited && reason !== "too early";
    } catch (error) {
      log.error("request.unanswered", { requestId: request.id, why, error });
      return false;
    }
  };
}
