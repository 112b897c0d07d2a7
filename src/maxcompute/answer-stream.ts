import type { Dispatcher } from "undici";
import { ExchangeError, faultOf } from "./exchange-error.ts";

/** An answer's bytes while they come in. Nothing is read ahead beyond what the connection buffers: whoever is slow slows the sender. */
export type AnswerStream = {
  /** The next bytes, undefined at the end. Throws ExchangeError "timed-out" when none come within `idleMs`, and for a lost connection. */
  readonly next: (idleMs: number) => Promise<Uint8Array | undefined>;
  /** Ends it and closes the connection, unless the answer has come in full. Also ends a `next` that waits. */
  readonly close: () => void;
};

/** Node fires a timer set for longer at once. */
export const longestTimerMs = 2 ** 31 - 1;

/** The body of an exchange, which `controller` breaks off. */
export function answerStream(
  body: Dispatcher.ResponseData["body"],
  controller: AbortController,
  requestId: string | undefined,
): AnswerStream {
  const chunks: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
  // What goes wrong is told by `next`; after that, or when nobody asks any more, it is no news.
  body.on("error", () => undefined);
  return {
    async next(idleMs) {
      const timer = setTimeout(() => controller.abort(new Error("time limit")), Math.min(idleMs, longestTimerMs));
      try {
        const chunk = await chunks.next();
        return chunk.done ? undefined : chunk.value;
      } catch (cause) {
        if (controller.signal.aborted) throw new ExchangeError("timed-out", "time limit", { requestId });
        throw new ExchangeError(faultOf(cause), "the exchange failed", { cause, requestId });
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => controller.abort(new Error("closed")),
  };
}
