import { type Clock, systemClock } from "../../simulator/clock.ts";

const heartbeatMs = 15_000;
/** A browser keeps one stream a tab; more than this many means that somebody forgot to close theirs, and the oldest goes. */
const mostStreams = 32;

/** As much of a node:http response as a stream needs. */
export type EventSink = {
  writeHead(status: number, headers: Record<string, string>): unknown;
  write(text: string): unknown;
  end(): unknown;
  on(event: "close", listener: () => void): unknown;
};

/**
 * Server-sent events: "change" with { channel? } after every visible change, "hello" at the start so that a page which lost the
 * connection reads everything again, and a comment every 15 s that shows both ends a dead connection.
 */
export function createEventStreams(clock: Clock = systemClock) {
  const streams = new Set<EventSink>();
  let cancelBeat: (() => void) | undefined;

  const write = (text: string) => {
    for (const stream of streams) stream.write(text);
  };
  const beat = () => {
    write(": still here\n\n");
    cancelBeat = streams.size > 0 ? clock.after(heartbeatMs, beat) : undefined;
  };

  return {
    open(response: EventSink): void {
      response.writeHead(200, {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      });
      response.write("retry: 1000\nevent: hello\ndata: {}\n\n");
      const [oldest] = streams;
      if (oldest !== undefined && streams.size >= mostStreams) oldest.end();
      streams.add(response);
      response.on("close", () => streams.delete(response));
      cancelBeat ??= clock.after(heartbeatMs, beat);
    },
    tell(change: { readonly channel?: string }): void {
      write(`event: change\ndata: ${JSON.stringify(change)}\n\n`);
    },
    close(): void {
      cancelBeat?.();
      for (const stream of streams) stream.end();
      streams.clear();
    },
  };
}
