// Acts and the audit trail: the decision is on record before the act, or there is none; the outcome after it, come what may. What still
// lacks its outcome is remembered beside it, so that whoever sweeps can write it where a worker died or the trail was away.
import type { Log } from "../../log.ts";
import type { AuditOutcome } from "../../view/index.ts";
import { NotAudited } from "../errors.ts";
import type { Intent } from "../intents.ts";
import type { CommandRequest } from "../request.ts";
import type { ItemStore } from "../store.ts";
import { conclusionOf } from "./conclusion.ts";
import { type AuditAct, decisionRow, given } from "./decision.ts";
import { createOwedOutcomes, type Owed } from "./owed.ts";
import { type DecisionRow, type OutcomeRow, outcomeId } from "./row.ts";
import { AuditConflict, type AuditQuery, type AuditTrail } from "./trail.ts";

export type CameOut = {
  readonly outcome: AuditOutcome;
  readonly maxComputeRequests?: readonly string[];
  readonly code?: string | undefined;
};

/** An act that may be done now. */
export type Decided = { readonly row: DecisionRow; readonly posted: Promise<void> };

/** The trail as one request writes and reads it. */
export type Audit = {
  /** Before an act. Throws NotAudited when it cannot be stored: then nothing may be done. */
  decide(act: AuditAct): Promise<Decided>;
  /** After it. Never throws: what cannot be written now is written later. */
  outcome(decided: Decided, how: CameOut): Promise<void>;
  /** A decision after which nothing is done. Never throws. */
  note(act: AuditAct): Promise<void>;
  /** An approval that is over, with nothing done: its row is the same whoever writes it. Never throws; false when it has to be written again. */
  conclude(intentId: string, intent: Intent): Promise<boolean>;
  /** Of the caller's own team. */
  read(query: Omit<AuditQuery, "team">): ReturnType<AuditTrail["read"]>;
};

export type AuditBook = {
  of(request: CommandRequest, worker: string | undefined): Audit;
  /**
   * Writes what a request's acts still lack; one whose worker may be at it is left alone: that ended before `endedBefore` (epoch ms) or is
   * `endedWorker`. Never throws; false when somebody has to look again.
   */
  makeUp(requestId: string, endedBefore: number, endedWorker?: string): Promise<boolean>;
  /** Requests with an act that lacks its outcome. */
  unfinished(): Promise<readonly string[]>;
  /** As `Audit.conclude`, where nobody asks: the audit channel is not told. */
  conclude: Audit["conclude"];
};

export type AuditPorts = {
  readonly trail: AuditTrail;
  /** The workspace whose trail it is: what people of others are denied is read by its administrators. */
  readonly team: string;
  readonly store: ItemStore;
  now(): number;
  newId(): string;
  pause(ms: number): Promise<void>;
  /** Tells the audit channel, where there is one. */
  post?(request: CommandRequest, row: DecisionRow): Promise<void>;
  readonly log: Log;
};

/** How long an answer is held back for the word to the audit channel, which goes out beside the act. */
const postingMs = 3_000;

/** An id or a code of the service's, as a row can hold it: one that cannot would make the row unreadable. */
const held = (id: string | undefined): string | undefined => id?.slice(0, 255) || undefined;

function outcomeOf(decision: DecisionRow, { outcome, maxComputeRequests = [], code }: CameOut, at: number): OutcomeRow {
  const { decision: _, reason: __, ...common } = decision;
  return {
    ...common,
    id: outcomeId(decision.id),
    at,
    phase: "outcome",
    decisionId: decision.id,
    outcome,
    maxComputeRequests: maxComputeRequests.flatMap((each) => held(each) ?? []),
    ...given("code", held(code)),
  };
}

export function createAudit({ trail, team, store, now, newId, pause, post, log }: AuditPorts): AuditBook {
  const owed = createOwedOutcomes(store, now, log);

  const decisionOf = ({ id, caller, replyTo }: CommandRequest, act: AuditAct): DecisionRow =>
    decisionRow({ at: now(), unique: newId(), team, who: caller.user, where: replyTo, requestId: id }, act);

  const posting = (request: CommandRequest, row: DecisionRow): Promise<void> =>
    (post?.(request, row) ?? Promise.resolve()).catch((error: unknown) =>
      log.error("audit.not_posted", { requestId: request.id, row: row.id, error }),
    );

  /** Of a decision exactly one outcome is kept: one that came before stands. */
  async function close(row: OutcomeRow, decision: DecisionRow): Promise<void> {
    await trail.write(row).catch((error: unknown) => {
      if (!(error instanceof AuditConflict)) throw error;
      log.warn("audit.outcome_repeated", { row: row.id, outcome: row.outcome });
    });
    await owed.settle(decision);
  }

  async function decide(request: CommandRequest, act: AuditAct, worker: string | undefined): Promise<Decided> {
    const row = decisionOf(request, act);
    const mine: Owed = { decision: row, ...given("worker", worker) };
    try {
      await owed.begin(mine);
      await trail.write(row);
    } catch (cause) {
      log.error("audit.not_written", { requestId: request.id, row: row.id, error: cause });
      // It may have been written, though nobody heard so: then it is said, too, that nothing was done.
      await owed.remember({ ...mine, outcome: outcomeOf(row, { outcome: "not begun" }, now()) });
      throw new NotAudited({ cause });
    }
    return { row, posted: posting(request, row) };
  }

  /** Never throws; false when the row may not be there. */
  async function written(row: DecisionRow): Promise<boolean> {
    try {
      await trail.write(row);
      return true;
    } catch (error) {
      // What another release made of the same decision stands.
      if (error instanceof AuditConflict) return true;
      log.error("audit.not_written", { requestId: row.requestId, row: row.id, error });
      return false;
    }
  }

  async function note(request: CommandRequest, row: DecisionRow): Promise<boolean> {
    if (!(await written(row))) return false;
    await posting(request, row);
    return true;
  }

  const conclusion = (intentId: string, intent: Intent) => conclusionOf(team, intentId, intent);

  async function outcome({ row: decision, posted }: Decided, how: CameOut): Promise<void> {
    const row = outcomeOf(decision, how, now());
    await close(row, decision).catch(async (error: unknown) => {
      log.error("audit.outcome_not_written", { requestId: row.requestId, row: row.id, outcome: row.outcome, error });
      await owed.remember({ decision, outcome: row });
    });
    if (post !== undefined) await Promise.race([posted, pause(postingMs)]);
  }

  return {
    of: (request, worker) => ({
      decide: (act) => decide(request, act, worker),
      outcome,
      note: async (act) => void (await note(request, decisionOf(request, act))),
      conclude: (intentId, intent) => note(request, conclusion(intentId, intent)),
      read: (query) => trail.read({ ...query, team: request.caller.team }),
    }),
    async makeUp(requestId, endedBefore, endedWorker) {
      try {
        let isDone = true;
        for (const { decision, outcome: known, worker } of await owed.ofRequest(requestId)) {
          const isOver = decision.at <= endedBefore || (worker !== undefined && worker === endedWorker);
          const row = known ?? (isOver ? outcomeOf(decision, { outcome: "unknown" }, now()) : undefined);
          if (row === undefined) {
            isDone = false;
            continue;
          }
          await trail.write(decision); // its writer may have died before it was
          await close(row, decision);
        }
        return isDone;
      } catch (error) {
        log.error("audit.not_made_up", { requestId, error });
        return false;
      }
    },
    unfinished: owed.requests,
    conclude: (intentId, intent) => written(conclusion(intentId, intent)),
  };
}
