// The store that all invocations share, and the parent reads past every proxy.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDynamoClient } from "../../../src/aws/dynamo-client.ts";
import { createDynamoStore } from "../../../src/aws/dynamo-store.ts";
import { createSealedStore } from "../../../src/aws/sealed-store.ts";
import type { ItemStore } from "../../../src/commands/store.ts";
import { openSqliteStore } from "../../../src/local/sqlite-store.ts";
import { startDynalite } from "../dynalite.ts";
import { makeTable } from "../lambda-stage.ts";
import type { StoreName } from "../lanes.ts";

export type Shelf = {
  readonly store: ItemStore;
  readonly table: string;
  readonly dynamoUrl: string;
  close(): Promise<void>;
};

function openFile(now: () => number): Shelf {
  const folder = mkdtempSync(join(tmpdir(), "odps-faults-"));
  const table = join(folder, "bot.db");
  const store = openSqliteStore(table, now);
  const close = async () => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { store, table, dynamoUrl: "", close };
}

async function openTable(now: () => number, sealKey: string): Promise<Shelf> {
  const dynalite = await startDynalite();
  const credentials = { accessKeyId: "parent", secretAccessKey: "parent" };
  const client = createDynamoClient({ region: "eu-central-1", endpoint: dynalite.url, credentials });
  const table = `faults-${randomUUID()}`;
  await makeTable(client, table);
  const rows = createDynamoStore({ client, table, now, newVersion: randomUUID });
  const close = async () => {
    client.destroy();
    await dynalite.close();
  };
  return {
    store: createSealedStore({ store: rows, keys: async () => [sealKey], now }),
    table,
    dynamoUrl: dynalite.url,
    close,
  };
}
export const openShelf = async (store: StoreName, now: () => number, sealKey: string): Promise<Shelf> =>
  store === "sqlite" ? openFile(now) : openTable(now, sealKey);
