import { setImmediate as nextTurn } from "node:timers/promises";
import type { Dispatcher } from "undici";
import { type AnswerStream, answerStream, longestTimerMs } from "./answer-stream.ts";
import { ExchangeError, faultOf } from "./exchange-error.ts";

export type WireRequest = {
  readonly origin: string;
  /** Percent-encoded path and query. */
  readonly path: string;
  readonly method: "GET" | "PUT" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
};

export type WireResponse = {
  readonly status: number;
  /** By lower-case name; a header sent several times counts once, the first. */
  readonly header: (name: string) => string | undefined;
  readonly body: Uint8Array;
  /** Instead of a body, where a streamed answer was asked for and is no error. */
  readonly stream?: AnswerStream | undefined;
};

export type ExchangeLimits = {
  /** From the first try to connect to the last byte of the answer; to the end of its headers, where it is streamed. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** An answer that is not 2xx is cut here, not refused: its status is news enough. */
  readonly maxErrorBytes: number;
  /** Hand over an answer that is 2xx while it still comes in. */
  readonly isStreamed?: boolean | undefined;
  /** Breaks the exchange off. */
  readonly signal?: AbortSignal | undefined;
};

type Headers = Dispatcher.ResponseData["headers"];

const headerReader = (headers: Headers) => (name: string) => {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return Array.isArray(value) ? value[0] : value;
};

/** Reads at most `maxBytes` and one chunk; leaving the loop early closes the connection. */
const readBody = async (stream: AsyncIterable<Uint8Array>, maxBytes: number) => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length > maxBytes) break;
  }
  const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  return { body: body.subarray(0, maxBytes), isCut: length > maxBytes };
};

/**
 * One HTTP exchange: no repetition, no redirect, no decompression (none is asked for). Throws ExchangeError.
 * The one timer covers everything, so neither a silent server nor one that sends a byte a second can hold us longer.
 */
export async function exchange(dispatcher: Dispatcher, request: WireRequest, limits: ExchangeLimits): Promise<WireResponse> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error("time limit")), Math.min(limits.timeoutMs, longestTimerMs));
  const onAbort = () => controller.abort(new Error("called off"));
  // A listener of our own, taken off again: AbortSignal.any would tie every exchange to a signal that may live for hours.
  limits.signal?.addEventListener("abort", onAbort);
  let requestId: string | undefined;
  try {
    if (limits.signal?.aborted) throw new ExchangeError("aborted", "called off");
    const {
      statusCode,
      headers,
      body: stream,
    } = await dispatcher.request({
      origin: request.origin,
      path: request.path,
      method: request.method,
      headers: { ...request.headers },
      body: request.body ?? null,
      signal: controller.signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const header = headerReader(headers);
    requestId = header("x-odps-request-id");
    const isSuccess = statusCode >= 200 && statusCode < 300;
    if (isSuccess && limits.isStreamed)
      return { status: statusCode, header, body: new Uint8Array(), stream: answerStream(stream, controller, requestId) };
    const { body, isCut } = await readBody(stream, isSuccess ? limits.maxBytes : limits.maxErrorBytes);
    if (isSuccess && isCut)
      throw new ExchangeError("too-large", `an answer of more than ${limits.maxBytes} bytes`, { requestId });
    // undici frees a connection a turn after its answer has ended: a call made at once would open another.
    await nextTurn();
    return { status: statusCode, header, body };
  } catch (cause) {
    if (cause instanceof ExchangeError) throw cause;
    if (limits.signal?.aborted) throw new ExchangeError("aborted", "called off", { requestId });
    if (controller.signal.aborted) throw new ExchangeError("timed-out", "time limit", { requestId });
    throw new ExchangeError(faultOf(cause), "the exchange failed", { cause, requestId });
  } finally {
    clearTimeout(timer);
    limits.signal?.removeEventListener("abort", onAbort);
  }
}
