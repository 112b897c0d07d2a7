// An item store on a fresh table, with a clock that stands still and versions that are the same in every run.
import { createDynamoStore, type DynamoStoreOptions } from "../../src/aws/dynamo-store.ts";
import { aDynamoClient, makeTable } from "./dynalite.ts";
import { manualClock } from "./manual-clock.ts";

let tables = 0;

/** `direct` reaches DynamoDB itself, `through` what stands before it; by default the same. */
export async function aDynamoStore(direct: string, through = direct, over: Partial<DynamoStoreOptions> = {}) {
  const clock = manualClock();
  tables += 1;
  const table = `items-${tables}`;
  let versions = 0;
  const newVersion = () => `version-${versions++}`;
  const client = aDynamoClient(direct);
  await makeTable(client, table);
  const open = (endpoint: string) =>
    createDynamoStore({ client: aDynamoClient(endpoint), table, now: clock.now, newVersion, ...over });
  return { store: open(through), undisturbed: open(direct), clock, client, table };
}
