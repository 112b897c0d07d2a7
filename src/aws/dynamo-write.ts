// One write, carried through to a yes, a no or an honest error.
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Condition } from "./dynamo-condition.ts";
import { type DynamoTable, readRow } from "./dynamo-read.ts";
import { attributesOf, type Row } from "./dynamo-row.ts";
import { failureOf, verdictOn } from "./dynamo-verdict.ts";

export const unsure = (cause: unknown, why: string) =>
  new Error(`DynamoDB did not say whether a write was applied, and ${why}: it may or may not have been`, { cause });

/**
 * Writes the row if the condition holds, and says whether it did. Throws what DynamoDB rejected, and, when neither the write
 * nor a read after it got an answer that decides, an Error that says so, with the write's own error as its cause.
 */
export async function writeRow(
  { client, table }: DynamoTable,
  row: Row,
  condition: Condition,
  limits: { readonly writeMs: number; readonly decideMs: number },
): Promise<boolean> {
  const put = new PutItemCommand({
    TableName: table,
    Item: attributesOf(row),
    ...(condition.expression === undefined ? {} : { ConditionExpression: condition.expression }),
    ...(condition.values === undefined ? {} : { ExpressionAttributeValues: condition.values }),
  });
  try {
    await client.send(put, { abortSignal: AbortSignal.timeout(limits.writeMs) });
    return true;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === "rejected") throw error;
    const found = await readRow({ client, table }, row.key, limits.decideMs).catch((readError: unknown) => {
      throw unsure(error, `the item could not be read (${readError instanceof Error ? readError.name : "unknown error"})`);
    });
    const verdict = verdictOn(failure, found, row.version, condition);
    if (verdict === "unknown") throw unsure(error, "it is not there yet");
    return verdict === "won";
  }
}
