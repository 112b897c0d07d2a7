import type { Api } from "../api.ts";
import { MaxComputeError } from "../errors.ts";
import { nextStep, repeatRead, withRetries } from "../retry.ts";
import { readValue } from "./read-value.ts";
import type { RecordSink } from "./record-decoder.ts";
import type { RecordRange } from "./record-range.ts";
import { type Cut, streamRecords } from "./record-stream.ts";

/** Even if each brought some records: what breaks off so often is not worth another try. */
const maxResumptions = 100;

/** Waits as the policy of reads has it; throws when there is to be no other try. `fruitless` counts the tries that brought nothing new. */
const waitAfter = async (api: Api, { instanceId }: RecordRange, cut: Cut, fruitless: number): Promise<void> => {
  const { now, sleep, random, settings } = api.connection;
  const failed = { fault: cut.fault, retryAfterMs: undefined, attempt: fruitless, timeLeftMs: api.deadline - now() };
  const step = nextStep(withRetries(repeatRead, settings.retries), failed, random());
  if (step.kind === "give-up") throw cut.error;
  if (step.kind !== "repeat") {
    const message = "The result could not be read in the time there was";
    throw new MaxComputeError("timeout", message, { instanceId, requestId: cut.error.requestId, cause: cut.error });
  }
  await sleep(step.afterMs);
};

/** For a record that was handed out already. */
const nowhere: RecordSink = {
  field: (reader, _, type) => void readValue(reader, type),
  endRecord: () => undefined,
  undoRecord: () => undefined,
};

const endOf = async <End>(stream: AsyncGenerator<unknown, End>): Promise<End> => {
  for (;;) {
    const { done, value } = await stream.next();
    if (done) return value;
  }
};

/**
 * Reads a range of records into `sink`, and yields what `take` makes of them whenever there are some. A stream that breaks off is opened
 * again after the last record that was told. Throws MaxComputeError; aborting `signal` closes the connection at once.
 */
export async function* readRecords<Batch>(
  api: Api,
  range: RecordRange,
  sink: RecordSink,
  take: () => Batch,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  let cursor = 0;
  let fruitless = 0;
  for (let tries = 0; range.count > 0; tries += 1) {
    // Cut between the last record and the footers: the last one is read once more, since an empty range may not be asked for.
    const isRepeated = cursor === range.count;
    const start = isRepeated ? cursor - 1 : cursor;
    const stream = streamRecords(api, range, { start, signal }, isRepeated ? nowhere : sink, take);
    const { records, cut } = isRepeated ? await endOf(stream) : yield* stream;
    if (cut === undefined) return;
    if (tries === maxResumptions || signal.aborted) throw cut.error;
    const isNew = records > 0 && !isRepeated;
    if (isNew) cursor += records;
    fruitless = isNew ? 1 : fruitless + 1;
    await waitAfter(api, range, cut, fruitless);
  }
}
