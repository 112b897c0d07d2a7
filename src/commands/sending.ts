// How the files of an answer go out: on record before the answer, sent by whoever takes the transfer, given up in words at last.
import type { Log } from "../log.ts";
import { MaxComputeError } from "../maxcompute/index.ts";
import type { ResultFile } from "../view.ts";
import { fileLost, perhapsSent } from "./apology.ts";
import type { Answer } from "./command.ts";
import { UserError } from "./errors.ts";
import { explain } from "./explain.ts";
import type { CommandRequest, TransferQueue } from "./request.ts";
import type { Responder } from "./telling.ts";
import type { Taken, Transfers } from "./transfers.ts";

export type SendingPorts = {
  readonly transfers: Transfers;
  readonly queue: TransferQueue;
  readonly responder: Pick<Responder, "reply" | "sendFile">;
  /** Makes the answer of a request once more: its files are not kept. */
  answerOf(request: CommandRequest): Promise<Answer>;
  readonly log: Log;
};

export type Sending = {
  /** Before the answer goes out, so that no file it promises is forgotten; sent on their own, because they may take long. */
  begin(request: CommandRequest, answer: Answer): Promise<void>;
  /** Starts what was put on record and never begun. */
  pickUp(request: CommandRequest): Promise<void>;
  /** Sends what is not out yet. Never throws; false when it has to be started again. */
  transfer(request: CommandRequest): Promise<boolean>;
  /** A sender ended before it was done: the transfer starts again, or is given up in words. */
  resume(request: CommandRequest): Promise<void>;
};

const filesIn = ({ view }: Answer): readonly ResultFile[] => (view.kind === "result" ? view.files : []);
/** Beside the answer, never in the place of the button that was pressed. */
const beside = (request: CommandRequest): CommandRequest => ({
  ...request,
  replyTo: { ...request.replyTo, replaceable: false },
});

export function createSending({ transfers, queue, responder, answerOf, log }: SendingPorts): Sending {
  /** What the service or Slack refuses is told; anything else is tried again. */
  async function send(request: CommandRequest, { sent, begun }: Extract<Taken, { kind: "yours" }>): Promise<void> {
    try {
      const answer = await answerOf(request);
      for (const file of filesIn(answer)) {
        if (sent.has(file.name)) continue;
        await transfers.begin(request.id, file.name);
        await responder.sendFile(request, file, answer.share === true, begun.has(file.name) ? perhapsSent : undefined);
        await transfers.sent(request.id, file.name);
      }
    } catch (error) {
      if (!(error instanceof UserError) && !(error instanceof MaxComputeError)) throw error;
      await responder.reply(beside(request), explain(error, request.id), "final");
    }
  }

  async function giveUp(request: CommandRequest): Promise<void> {
    log.error("transfer.given_up", { requestId: request.id });
    await responder.reply(beside(request), fileLost(request), "final");
  }

  return {
    async begin(request, answer) {
      if (filesIn(answer).length === 0) return;
      await transfers.add(request);
      await queue.start(request);
    },
    async pickUp(request) {
      if (await transfers.isWaiting(request.id)) await queue.start(request);
    },
    async transfer(request) {
      try {
        const taken = await transfers.take(request);
        if (taken.kind === "taken") return true;
        if (taken.kind === "worn out") await giveUp(request);
        else await send(request, taken);
        await transfers.close(request.id);
        return true;
      } catch (error) {
        log.error("transfer.failed", { requestId: request.id, error });
        await transfers
          .release(request.id)
          .catch((lost: unknown) => log.error("transfer.not_released", { requestId: request.id, error: lost }));
        return false;
      }
    },
    async resume(request) {
      await transfers.release(request.id);
      await queue.start(request);
    },
  };
}
