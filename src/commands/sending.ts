// How the files of an answer go out: on record before the answer, sent by whoever takes the transfer, given up in words at last.
import type { Log } from "../log.ts";
import { MaxComputeError } from "../maxcompute/index.ts";
import type { ResultFile } from "../view/index.ts";
import { fileLost, perhapsSent } from "./apology.ts";
import type { Answer } from "./command.ts";
import { UserError } from "./errors.ts";
import { explain } from "./explain.ts";
import type { Named } from "./recall.ts";
import type { CommandRequest, TransferQueue } from "./request.ts";
import type { Responder } from "./telling.ts";
import type { Taken, Transfers } from "./transfers.ts";
import type { Turn } from "./turn.ts";

export type SendingPorts = {
  readonly transfers: Transfers;
  readonly queue: TransferQueue;
  readonly responder: Pick<Responder, "reply" | "sendFile">;
  /** Makes the answer of a request once more, about the same instance: its files are not kept. */
  answerOf(request: CommandRequest, named: Named | undefined, turn: Turn): Promise<Answer>;
  readonly log: Log;
};

export type Sending = {
  /** Before the answer goes out, so that no file it promises is forgotten; sent on their own, because they may take long. */
  begin(request: CommandRequest, answer: Answer): Promise<void>;
  /** Starts what was put on record and never begun. */
  pickUp(request: CommandRequest): Promise<void>;
  /** Sends what is not out yet. Never throws; false when it has to be started again. */
  transfer(request: CommandRequest, turn: Turn): Promise<boolean>;
  /**
   * A sender, named `ended` where that is known, ended before it was done: the transfer starts again, or is given up in words. Never
   * throws; false when somebody has to look again.
   */
  resume(request: CommandRequest, ended: string | undefined, turn: Turn): Promise<boolean>;
};

/** What the files are of. */
const namedIn = ({ view }: Answer): Named | undefined =>
  "files" in view && view.link !== undefined ? { project: view.link.project, instanceId: view.link.instanceId } : undefined;
const filesIn = ({ view }: Answer): readonly ResultFile[] => ("files" in view ? view.files : []);
/** Beside the answer, never in the place of the button that was pressed. */
const beside = (request: CommandRequest): CommandRequest => ({
  ...request,
  replyTo: { ...request.replyTo, replaceable: false },
});

export function createSending({ transfers, queue, responder, answerOf, log }: SendingPorts): Sending {
  /** What the service or Slack refuses is told; anything else is tried again. */
  async function send(request: CommandRequest, taken: Extract<Taken, { kind: "yours" }>, turn: Turn): Promise<void> {
    const { sent, begun, named } = taken;
    try {
      const answer = await answerOf(request, named, turn);
      for (const file of filesIn(answer)) {
        if (sent.has(file.name)) continue;
        if (!(await transfers.begin(request.id, file.name, turn.worker))) return; // another sender has taken it
        await responder.sendFile(request, file, answer.share === true, begun.has(file.name) ? perhapsSent : undefined);
        await transfers.sent(request.id, file.name, turn.worker);
      }
    } catch (error) {
      if (!(error instanceof UserError) && !(error instanceof MaxComputeError)) throw error;
      if (error instanceof MaxComputeError && error.kind === "timeout") throw error; // the next sender has time of its own
      await responder.reply(beside(request), explain(error, request.id), "final");
    }
  }

  async function giveUp(request: CommandRequest, isPerhapsRepeated: boolean): Promise<void> {
    log.error("transfer.given_up", { requestId: request.id });
    await responder.reply(beside(request), fileLost(request, isPerhapsRepeated), "final");
  }

  /** Does its part of a transfer that it has taken; what fails is somebody else's to take at once. */
  async function carryOut({ id }: CommandRequest, { worker }: Turn, part: () => Promise<void>): Promise<boolean> {
    try {
      await part();
      await transfers.close(id, worker);
      return true;
    } catch (error) {
      log.error("transfer.failed", { requestId: id, error });
      await transfers
        .release(id, worker)
        .catch((lost: unknown) => log.error("transfer.not_released", { requestId: id, error: lost }));
      return false;
    }
  }

  const failed =
    ({ id }: CommandRequest) =>
    (error: unknown) => {
      log.error("transfer.failed", { requestId: id, error });
      return undefined;
    };

  return {
    async begin(request, answer) {
      if (filesIn(answer).length === 0) return;
      await transfers.add(request, namedIn(answer));
      await queue.start(request);
    },
    async pickUp(request) {
      if (await transfers.isWaiting(request.id)) await queue.start(request);
    },
    async transfer(request, turn) {
      const taken = await transfers.take(request, turn.worker).catch(failed(request));
      if (taken === undefined) return false;
      if (taken.kind === "taken") return true;
      const part = () => (taken.kind === "worn out" ? giveUp(request, taken.isPerhapsRepeated) : send(request, taken, turn));
      return carryOut(request, turn, part);
    },
    async resume(request, ended, turn) {
      const next = await transfers.resume(request, ended, turn.worker).catch(failed(request));
      if (next === "give up" || next === "give up again")
        return carryOut(request, turn, () => giveUp(request, next === "give up again"));
      if (next !== "start") return next === "nothing";
      return queue.start(request).then(
        () => true,
        (error: unknown) => failed(request)(error) ?? false,
      );
    },
  };
}
