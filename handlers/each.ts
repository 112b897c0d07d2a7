// A batch of a queue, record by record: what becomes of one is nothing to the others.
import type { SQSBatchResponse, SQSRecord } from "aws-lambda";
import type { Log } from "../src/log.ts";

/** Side by side: one may have to wait for the end of a worker's turn. `tell` answers false, or throws, when its record has to come again. */
export async function each(
  records: readonly SQSRecord[],
  tell: (record: SQSRecord) => Promise<boolean>,
  log: Log,
): Promise<SQSBatchResponse> {
  const again = await Promise.all(
    records.map(async (record) => {
      const { messageId } = record;
      try {
        return (await tell(record)) ? [] : [{ itemIdentifier: messageId }];
      } catch (error) {
        log.error("record.failed", { messageId, error });
        return [{ itemIdentifier: messageId }];
      }
    }),
  );
  return { batchItemFailures: again.flat() };
}
