// Consistent reads of single items: all that the door ever does with the table.
import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import type { ItemKey, ItemStore } from "../commands/store.ts";
import { itemOf, keyAttributes, type Row, rowOf } from "./dynamo-row.ts";

export type DynamoTable = { readonly client: DynamoDBClient; readonly table: string };

/** What stands under a key, expired or not; strongly consistent. */
export async function readRow({ client, table }: DynamoTable, key: ItemKey, withinMs: number): Promise<Row | undefined> {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table, Key: keyAttributes(key), ConsistentRead: true }),
    // Over all attempts and the waits between them; the client's time-outs are for one attempt.
    { abortSignal: AbortSignal.timeout(withinMs) },
  );
  return Item === undefined ? undefined : rowOf(Item);
}

/** Reads as the whole store does, `withinMs` at most. Throws what DynamoDB refused it with. */
export const createDynamoReader = (
  place: DynamoTable,
  { withinMs, now }: { readonly withinMs: number; now(): number },
): Pick<ItemStore, "get"> => ({
  async get(key) {
    const row = await readRow(place, key, withinMs);
    return row === undefined || row.expiresAt <= now() ? undefined : itemOf(row);
  },
});
