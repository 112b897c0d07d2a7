import { Readable } from "node:stream";

/** A few chunks ahead of whoever reads, and no more. */
const highWaterMark = 3;

/**
 * A stream of what a generator yields, begun by the first read. Unlike Readable.from, destroying it does not wait for the generator,
 * which may be waiting for the network, but tells it through the signal.
 */
export function pullReadable(begin: (signal: AbortSignal) => AsyncGenerator<Buffer>): Readable {
  const controller = new AbortController();
  const chunks = begin(controller.signal);
  return new Readable({
    // Chunks go out as they came: a stream of bytes copies those that wait into one for whoever iterates over it.
    objectMode: true,
    highWaterMark,
    read() {
      chunks.next().then(
        ({ done, value }) => this.push(done ? null : value),
        (error: Error) => this.destroy(error),
      );
    },
    destroy(error, callback) {
      controller.abort();
      // Its last words come too late for anybody.
      chunks.return(undefined).catch(() => undefined);
      callback(error);
    },
  });
}
