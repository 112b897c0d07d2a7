import { Readable } from "node:stream";
import { createInflate } from "node:zlib";
import type { AnswerStream } from "../answer-stream.ts";
import { ExchangeError } from "../exchange-error.ts";
import { MalformedBody } from "../malformed-body.ts";
import { errorCode } from "../redact.ts";

/** What is undone at a time: however well it was compressed, no more of it is ever in memory. */
const chunkSize = 64 * 1024;

/** The bytes of a stream compressed with deflate as HTTP means it: zlib's format, RFC 1950. `next` throws MalformedBody for what is not. */
export function inflateStream(source: AnswerStream): AnswerStream {
  const inflate = createInflate({ chunkSize });
  let idleMs = 0;
  async function* compressed() {
    for (;;) {
      const chunk = await source.next(idleMs);
      if (chunk === undefined) return;
      yield chunk;
    }
  }
  const input = Readable.from(compressed());
  input.on("error", (error) => inflate.destroy(error));
  inflate.on("error", () => undefined);
  const chunks: AsyncIterator<Uint8Array> = input.pipe(inflate)[Symbol.asyncIterator]();
  return {
    async next(limitMs) {
      idleMs = limitMs;
      try {
        const chunk = await chunks.next();
        return chunk.done ? undefined : chunk.value;
      } catch (cause) {
        const code = errorCode(cause);
        // The compressed bytes ended too early: the connection was lost, even if it looks as if it had been closed in order.
        if (code === "Z_BUF_ERROR") throw new ExchangeError("connection-lost", "the compressed answer was cut", { cause });
        if (code?.startsWith("Z_")) throw new MalformedBody("a compressed answer that is broken", { cause });
        throw cause;
      }
    },
    close() {
      source.close();
      inflate.destroy();
    },
  };
}
