// What the door needs to fill a menu, loaded when somebody opens the first one.
import { createDynamoClient } from "../src/aws/dynamo-client.ts";
import { createDynamoReader } from "../src/aws/dynamo-read.ts";
import { createSealedReader } from "../src/aws/sealed-store.ts";
import type { Secrets } from "../src/aws/secrets.ts";
import type { Shown } from "../src/commands/recall.ts";
import { createShown } from "../src/commands/recall.ts";

/** Slack waits three seconds for the options of a menu. */
const readMs = 1_800;
const timeouts = { connectMs: 500, requestMs: 800 };

export type MenuPorts = { readonly table: string; readonly secrets: Pick<Secrets, "values" | "doubt">; now(): number };

export function openMenus({ table, secrets, now }: MenuPorts): Shown {
  const client = createDynamoClient({ region: process.env.AWS_REGION ?? "", timeouts });
  const store = createDynamoReader({ client, table }, { withinMs: readMs, now });
  return createShown(createSealedReader({ store, keys: () => secrets.values("seal-key"), doubt: secrets.doubt }), now);
}
