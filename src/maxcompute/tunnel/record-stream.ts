import { setImmediate as nextTurn } from "node:timers/promises";
import type { AnswerStream } from "../answer-stream.ts";
import { type Api, malformedAnswer } from "../api.ts";
import { explainBreak } from "../attempt.ts";
import { MaxComputeError } from "../errors.ts";
import type { WireResponse } from "../exchange.ts";
import { ExchangeError } from "../exchange-error.ts";
import { MalformedBody } from "../malformed-body.ts";
import type { ApiRequest } from "../request.ts";
import { inflateStream } from "./inflate.ts";
import { RecordDecoder, type RecordSink } from "./record-decoder.ts";
import { type RecordRange, recordsRequest } from "./record-range.ts";
import { TooLong } from "./wire-reader.ts";

/** A stream that broke off, and may be taken up where it did; `error` is for when it is not. */
export type Cut = { readonly fault: ExchangeError["fault"]; readonly error: MaxComputeError };

/** What a stream brought; it is complete without a cut. */
export type StreamEnd = { readonly records: number; readonly cut: Cut | undefined };

/** Where to begin and until when to go on. */
export type StreamPlace = { readonly start: number; readonly signal: AbortSignal };

const streamOf = ({ stream, header }: WireResponse): AnswerStream => {
  if (stream === undefined) throw new Error("an answer that was to be streamed has no stream");
  return header("content-encoding") === "deflate" ? inflateStream(stream) : stream;
};

const cutShort = ({ instanceId }: RecordRange, { header, status }: WireResponse): Cut => {
  const details = { instanceId, requestId: header("x-odps-request-id"), httpStatus: status };
  const error = new MaxComputeError("malformed", "MaxCompute's records end before they are complete", details);
  return { fault: "connection-lost", error };
};

/** The error a stream ended with, when it may be taken up again; throws it when not. */
const cutBy = (thrown: unknown, api: Api, request: ApiRequest, response: WireResponse): Cut => {
  const { connection } = api;
  if (thrown instanceof MalformedBody) throw malformedAnswer(connection, request, response, thrown);
  if (thrown instanceof TooLong) {
    const details = { instanceId: request.instanceId, requestId: response.header("x-odps-request-id") };
    throw new MaxComputeError("too-large", `MaxCompute sent ${thrown.message}`, details);
  }
  if (!(thrown instanceof ExchangeError)) throw thrown;
  return { fault: thrown.fault, error: explainBreak(thrown, request, connection.identity.secrets()) };
};

/** Whether all there is to read was read; throws MalformedBody when there was more of it, or less, than the session promised. */
const isRead = ({ records, isComplete }: RecordDecoder, { isPart }: RecordRange, expected: number): boolean => {
  if (records > expected || (isComplete && records < expected && !isPart)) {
    throw new MalformedBody(`${records} records where the session promised ${expected}`);
  }
  return isComplete || (isPart && records === expected);
};

const nextChunk = (stream: AnswerStream, api: Api, { signal }: StreamPlace) => {
  const timeLeftMs = api.deadline - api.connection.now();
  if (signal.aborted) throw new ExchangeError("aborted", "called off");
  if (timeLeftMs <= 0) throw new ExchangeError("timed-out", "time limit");
  return stream.next(Math.min(api.connection.settings.requestMs, timeLeftMs));
};

/**
 * One connection's worth of records into `sink`; yields what `take` makes of them whenever there are some. Silence and lost connections
 * are told as a cut, like a stream without its footers, which is no result, however good its records are. Throws MaxComputeError.
 */
export async function* streamRecords<Batch>(
  api: Api,
  range: RecordRange,
  place: StreamPlace,
  sink: RecordSink,
  take: () => Batch,
): AsyncGenerator<Batch, StreamEnd> {
  const request = { ...recordsRequest(api, range, place.start), signal: place.signal };
  const response = await api.ask(request, (answer) => answer);
  const stream = streamOf(response);
  const { maxResponseBytes } = api.connection.settings;
  const expected = range.count - place.start;
  const decoder = new RecordDecoder(range.types, sink, maxResponseBytes, range.isPart ? expected : undefined);
  let told = 0;
  place.signal.addEventListener("abort", stream.close);
  try {
    for (;;) {
      const chunk = await nextChunk(stream, api, place);
      if (chunk === undefined) decoder.finish();
      else decoder.push(chunk);
      const isAll = isRead(decoder, range, expected);
      if (decoder.records > told) yield take();
      told = decoder.records;
      if (isAll) return { records: told, cut: undefined };
      if (chunk === undefined) return { records: told, cut: cutShort(range, response) };
    }
  } catch (thrown) {
    return { records: told, cut: cutBy(thrown, api, request, response) };
  } finally {
    place.signal.removeEventListener("abort", stream.close);
    // The answer's end is noticed a turn after its last byte; a connection that has come to it can serve another call.
    if (decoder.isComplete) await nextTurn();
    stream.close();
  }
}
