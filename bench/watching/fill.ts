// A store as it is when many watches have been at work for hours, and a scan has just been made.
import { randomUUID } from "node:crypto";
import { BatchWriteItemCommand, DeleteTableCommand } from "@aws-sdk/client-dynamodb";
import { attributesOf, type Row, valueText } from "../../src/aws/dynamo-row.ts";
import { createSealedStore } from "../../src/aws/sealed-store.ts";
import { causeOf } from "../../src/commands/cause.ts";
import type { ItemStore } from "../../src/commands/store.ts";
import { createWatchingStores } from "../../src/commands/watching/stores.ts";
import { createMaxComputeClient } from "../../src/maxcompute/index.ts";
import { groupIdOf, lookEvery, newWatch, noMemory, observe, type Watch, watchIdOf } from "../../src/watch/index.ts";
import { splitPoints } from "../../src/watch/parts.ts";
import { step } from "../../src/watch/step.ts";
import { aDynamoClient, makeTable } from "../../test/support/dynalite.ts";
import { type Places, place, type Size, type StorePlace } from "./places.ts";

const hours = 3_600_000;
const pageSize = 1_000;
const itemsInBatch = 25;

/** A table of 100,000 items is not gone in a moment. */
const patient = { timeouts: { connectMs: 5_000, requestMs: 120_000 } };

/** Watches of these instances, as many a channel, as looks have left them: the card is posted, and says what there is to see. */
export async function watchesOf(places: Places, ids: readonly string[], { channels }: Size): Promise<readonly Watch[]> {
  const { endpoint, project, accessId, accessKey } = places;
  const client = createMaxComputeClient({ endpoint, project, accessKey: { id: accessId, secret: accessKey } });
  const wanted = { ...place, project, channel: "C0", startedBy: "U1" };
  const instanceId = ids.at(-1) ?? "";
  const now = Date.now();
  const opened: Watch = {
    ...newWatch({ ...wanted, instanceId }, now - 3 * hours),
    thread: { channel: "C0", ts: "1.000001" },
    told: ["card:opened"],
    outbox: [],
  };
  const seen = await observe(client, Date.now, causeOf).look(instanceId, { endedSubs: new Set() });
  const { watch: looked } = step(opened, seen, now, now + lookEvery(opened, now));
  const like: Watch = { ...looked, outbox: [], version: 1, fence: 1, faceAt: now };
  return ids.map((id, index) => {
    const channel = `C${Math.floor((index * channels) / ids.length)}`;
    const jobName = `job-${index}`;
    return {
      ...like,
      id: watchIdOf({ ...wanted, instanceId: id, channel }),
      instanceId: id,
      thread: { channel, ts: "1.000001" },
      ...(like.seen === undefined ? {} : { seen: { ...like.seen, jobName } }),
    };
  });
}

/** Their group, due and listed a minute ago; all turns up to `turnsUntil` (epoch ms) were taken. */
export async function fillGroup(store: ItemStore, project: string, ids: readonly string[], turnsUntil: number): Promise<void> {
  const { groups } = createWatchingStores(store, Date.now);
  const now = Date.now();
  await groups.wake({ ...place, project }, now - 60_000);
  const groupId = groupIdOf({ ...place, project });
  const leased = await groups.lease(groupId, now, now + 60_000);
  if (leased === undefined) throw new Error("the group could not be leased");
  const memory = {
    ...noMemory,
    pages: Math.ceil(ids.length / pageSize),
    scannedAt: turnsUntil,
    listedAt: now - 60_000,
    watches: ids.length,
  };
  await groups.release(leased.lease, { nextScanAt: now - 1, memory, splitAt: splitPoints(ids.toSorted()) });
}

export async function fillWatches(store: ItemStore, watches: readonly Watch[]): Promise<void> {
  const stores = createWatchingStores(store, Date.now);
  for (const watch of watches) await stores.watches.addIfAbsent(watch);
}

/** What a round has left in DynamoDB is in memory, and in the way of the next. */
export async function dropStore(store: StorePlace): Promise<void> {
  if (store.kind !== "dynamo") return;
  const client = aDynamoClient(store.url, patient);
  await client.send(new DeleteTableCommand({ TableName: store.table }));
  client.destroy();
}

/** The same into DynamoDB, many in one request. */
export async function fillTable(
  { url, table, sealKey }: Extract<StorePlace, { kind: "dynamo" }>,
  watches: readonly Watch[],
): Promise<void> {
  const client = aDynamoClient(url, patient);
  await makeTable(client, table);
  let rows: Row[] = [];
  const refuse = () => Promise.reject(new Error("only new items are written here"));
  const collecting: ItemStore = {
    get: refuse,
    list: refuse,
    put: refuse,
    replace: refuse,
    async create(key, value, expiresAt) {
      rows.push({ key, text: valueText(value), version: randomUUID(), expiresAt });
      return true;
    },
  };
  const store = createSealedStore({ store: collecting, keys: async () => [sealKey], now: Date.now });
  for (let from = 0; from < watches.length; from += itemsInBatch) {
    rows = [];
    await fillWatches(store, watches.slice(from, from + itemsInBatch));
    const puts = rows.map((row) => ({ PutRequest: { Item: attributesOf(row) } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: puts } }));
  }
  client.destroy();
}
