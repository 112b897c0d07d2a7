import { QueryCommand } from "@aws-sdk/client-dynamodb";
import type { DynamoTable } from "./dynamo-read.ts";
import { type Attributes, type Row, rowOf, rowSchema } from "./dynamo-row.ts";

/** Rows asked for at least, once expired ones turned out to stand in the way: they count towards DynamoDB's limit, not ours. */
const longPage = 100;

export type RowPage = { readonly limit: number; readonly after?: string };

/**
 * Unexpired rows (at `now`, epoch ms) of a partition in the order of their ids, at most `limit`, from behind `after`; strongly
 * consistent. DynamoDB may answer with a short or even an empty page and yet have more: only a missing LastEvaluatedKey ends it.
 */
export async function listRows(
  { client, table }: DynamoTable,
  partition: string,
  { limit, after = "" }: RowPage,
  now: number,
  withinMs: number,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const abortSignal = AbortSignal.timeout(withinMs);
  let from: Attributes | undefined;
  let atOnce = limit;
  while (rows.length < limit) {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        // DynamoDB refuses an empty text as a key, also to compare with.
        KeyConditionExpression: after === "" ? "pk = :pk" : "pk = :pk AND sk > :after",
        // An item that a later release wrote is left to it: it must not keep a whole list from being read.
        FilterExpression: "expiresMs > :now AND #schema = :schema",
        ExpressionAttributeNames: { "#schema": "schema" },
        ExpressionAttributeValues: {
          ":schema": { N: rowSchema },
          ":pk": { S: partition },
          ":now": { N: String(now) },
          ...(after === "" ? {} : { ":after": { S: after } }),
        },
        Limit: atOnce,
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      }),
      { abortSignal },
    );
    rows.push(...Items.map(rowOf));
    if (LastEvaluatedKey === undefined) break;
    from = LastEvaluatedKey;
    atOnce = Math.max(limit - rows.length, longPage);
  }
  return rows.slice(0, limit);
}
