// The store of a run: as a local run has it, or as it is deployed, every value sealed.
import { randomUUID } from "node:crypto";
import type { ItemStore } from "../../src/commands/store.ts";
import type { StorePlace } from "./places.ts";

export type OpenStore = { readonly store: ItemStore; close(): void };

/** What one kind needs the other does not load. */
export async function openStore(place: StorePlace): Promise<OpenStore> {
  if (place.kind === "sqlite") {
    const { openSqliteStore } = await import("../../src/local/sqlite-store.ts");
    const store = openSqliteStore(place.file, Date.now);
    return { store, close: store.close };
  }
  const { createDynamoClient } = await import("../../src/aws/dynamo-client.ts");
  const { createDynamoStore } = await import("../../src/aws/dynamo-store.ts");
  const { createSealedStore } = await import("../../src/aws/sealed-store.ts");
  const client = createDynamoClient({
    region: "eu-central-1",
    endpoint: place.url,
    credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
    // dynalite is one process for all: what DynamoDB answers in milliseconds may wait there for its turn.
    timeouts: { connectMs: 5_000, requestMs: 30_000 },
  });
  const limits = { readMs: 60_000, writeMs: 60_000, decideMs: 10_000 };
  const table = createDynamoStore({ client, table: place.table, now: Date.now, newVersion: randomUUID, limits });
  const store = createSealedStore({ store: table, keys: async () => [place.sealKey], now: Date.now });
  return { store, close: () => client.destroy() };
}
