// An audit trail on a fresh table, sealed with the same bytes in every run.
import { createDynamoAudit, type DynamoAuditOptions } from "../../src/aws/dynamo-audit.ts";
import { aDynamoClient, makeTable } from "./dynalite.ts";

export const aSealKey = (byte: number): string => Buffer.alloc(32, byte).toString("base64");

let tables = 0;

/** `direct` reaches DynamoDB itself, `through` what stands before it; by default the same. */
export async function aDynamoAudit(direct: string, through = direct, over: Partial<DynamoAuditOptions> = {}) {
  tables += 1;
  const table = `audit-${tables}`;
  const client = aDynamoClient(direct);
  await makeTable(client, table);
  let ivs = 0;
  const random = (size: number) => Buffer.alloc(size, ivs++ % 256);
  const open = (more: Partial<DynamoAuditOptions> = {}) =>
    createDynamoAudit({
      client: aDynamoClient(through),
      table,
      keys: async () => [aSealKey(1)],
      now: () => 0,
      keptDays: 400,
      random,
      ...over,
      ...more,
    });
  return { trail: open(), open, client, table };
}
