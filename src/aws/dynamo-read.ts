// One consistent read of the item store, for the door: it looks up what a menu offers, and must not load a client for that.
import type { ItemStore } from "../commands/store.ts";
import type { Attributes } from "./dynamo-row.ts";
import { itemOf, keyAttributes, rowOf } from "./dynamo-row.ts";
import type { AwsCall } from "./json-call.ts";

/** Slack waits three seconds for the options of a menu. */
const readMs = 900;
const attempts = 2;

export type DynamoReaderPorts = { readonly call: AwsCall; readonly table: string; now(): number };

/** Reads as the whole store does. Throws what DynamoDB refused it with. */
export const createDynamoReader = ({ call, table, now }: DynamoReaderPorts): Pick<ItemStore, "get"> => ({
  async get(key) {
    const input = { TableName: table, Key: keyAttributes(key), ConsistentRead: true };
    const answer = await call("DynamoDB_20120810.GetItem", input, { withinMs: readMs, attempts });
    const { Item } = answer as { readonly Item?: Attributes };
    const row = Item === undefined ? undefined : rowOf(Item);
    return row === undefined || row.expiresAt <= now() ? undefined : itemOf(row);
  },
});
