// The item store on one DynamoDB table. Every expiry is checked in the write's own condition, every read is consistent, and
// every write carries a version nobody else has, by which it is known again.
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ItemKey, ItemStore } from "../commands/store.ts";
import { type Condition, isFree, isUnchanged, whatever } from "./dynamo-condition.ts";
import { listRows } from "./dynamo-list.ts";
import { readRow } from "./dynamo-read.ts";
import { itemOf, valueText } from "./dynamo-row.ts";
import { writeRow } from "./dynamo-write.ts";

export type DynamoLimits = {
  /** Milliseconds for a get or a whole list. */
  readonly readMs: number;
  /** Milliseconds for a write with its repetitions, */
  readonly writeMs: number;
  /** and for the read that decides when it got no clear answer: five seconds together. */
  readonly decideMs: number;
};

export const dynamoLimits: DynamoLimits = { readMs: 5_000, writeMs: 3_500, decideMs: 1_500 };

export type DynamoStoreOptions = {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Epoch ms; decides what has expired. */
  readonly now: () => number;
  /** Must never give the same text twice, in any process: a write is known by it. */
  readonly newVersion: () => string;
  readonly limits?: DynamoLimits;
};

/**
 * An item store in `table` (keys `pk` and `sk`, both text). Its errors are the SDK's; a write that may or may not have been
 * applied throws an Error that says so; a value above 350 KB of JSON throws a RangeError. `put` is for values where the last
 * writer may win: when its answer is lost it is repeated, over whatever was written meanwhile.
 */
export function createDynamoStore(options: DynamoStoreOptions): ItemStore {
  const { client, table, now, newVersion, limits = dynamoLimits } = options;
  const place = { client, table };
  const write = async (key: ItemKey, value: unknown, expiresAt: number, condition: Condition, replaced?: string) => {
    const row = { key, text: valueText(value), version: newVersion(), expiresAt };
    return writeRow(place, replaced === undefined ? row : { ...row, replaced }, condition, limits);
  };
  return {
    async get(key) {
      const row = await readRow(place, key, limits.readMs);
      return row === undefined || row.expiresAt <= now() ? undefined : itemOf(row);
    },
    create: (key, value, expiresAt) => write(key, value, expiresAt, isFree(now())),
    async put(key, value, expiresAt) {
      await write(key, value, expiresAt, whatever);
    },
    replace: (key, value, expiresAt, version) => write(key, value, expiresAt, isUnchanged(version, now()), version),
    async list(partition, page) {
      return (await listRows(place, partition, page, now(), limits.readMs)).map(itemOf);
    },
  };
}
