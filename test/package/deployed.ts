// What the code says of itself, for the check of what is deployed.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeployedSetting } from "../../scripts/package/check/environment.ts";
import type { UsedActions } from "../../scripts/package/check/rights.ts";
import type { TableShape } from "../../scripts/package/check/table.ts";
import { usedActions } from "../../scripts/package/used-actions.ts";
import { dynamoTable, dynamoTtlAttribute } from "../../src/aws/dynamo-table.ts";
import { functionNames } from "./packaged.ts";

const root = new URL("../..", import.meta.url).pathname;
const everyone = functionNames;
const workers = ["command", "transfer"] as const;

export const deployedSettings: readonly DeployedSetting[] = [
  { name: "TABLE_NAME", functions: ["command", "transfer", "apologise"] },
  { name: "PRIVATE_BUS", functions: ["slack", "command"] },
  { name: "PUBLIC_BUS", functions: ["command"] },
  { name: "SECRETS_PATH", functions: everyone },
  { name: "SLACK_TEAM_ID", functions: everyone },
  { name: "ODPS_ENDPOINT", functions: workers },
  { name: "ODPS_PROJECT", functions: workers },
  { name: "ODPS_ACCESS_ID", functions: workers },
  { name: "ODPS_REGION_NAME", functions: workers },
  { name: "ODPS_LOGVIEW_HOST", functions: workers },
  { name: "ODPS_OPERATORS", functions: workers },
  { name: "LOG_LEVEL", functions: everyone },
];

export const storeTable: TableShape = { ...dynamoTable, ttlAttribute: dynamoTtlAttribute };

/** The adapters that each handler is made of. */
const adapters: Readonly<Record<(typeof functionNames)[number], readonly string[]>> = {
  slack: ["eventbridge-queue", "secrets"],
  command: ["dynamo-store", "eventbridge-queue", "secrets"],
  transfer: ["dynamo-store", "secrets"],
  apologise: ["dynamo-store", "secrets"],
};

/** The IAM actions that each handler uses. */
export async function actionsOfHandlers(): Promise<UsedActions> {
  const folder = mkdtempSync(join(tmpdir(), "odps-handlers-"));
  try {
    const entries = functionNames.map(async (name) => {
      const handler = join(root, "handlers", `${name}.ts`);
      if (existsSync(handler)) return [name, await usedActions(handler)] as const;
      const stand = join(folder, `${name}.ts`);
      writeFileSync(
        stand,
        adapters[name].map((file) => `export * from ${JSON.stringify(join(root, "src", "aws", `${file}.ts`))};\n`).join(""),
      );
      return [name, await usedActions(stand)] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
