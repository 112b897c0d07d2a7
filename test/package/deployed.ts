// What the code says of itself, for the check of what is deployed.
import { join } from "node:path";
import type { UsedActions } from "../../scripts/package/check/rights.ts";
import type { TableShape } from "../../scripts/package/check/table.ts";
import { usedActions } from "../../scripts/package/used-actions.ts";
import { dynamoTable, dynamoTtlAttribute } from "../../src/aws/dynamo-table.ts";
import { leaseMs } from "../../src/watch/index.ts";
import { functionNames } from "./packaged.ts";

export { auditActions, deployedSettings, secretsOf } from "../../src/aws/deployment.ts";
export { publicEventTypes } from "../../src/aws/public-events.ts";

export const leaseSeconds = leaseMs / 1_000;

const handlers = new URL("../../handlers/", import.meta.url).pathname;

export const storeTable: TableShape = { ...dynamoTable, ttlAttribute: dynamoTtlAttribute };

/** The IAM actions that each handler uses. */
export async function actionsOfHandlers(): Promise<UsedActions> {
  const entries = functionNames.map(async (name) => [name, await usedActions(join(handlers, `${name}.ts`))] as const);
  return Object.fromEntries(await Promise.all(entries));
}
