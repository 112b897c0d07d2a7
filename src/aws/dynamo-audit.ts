// The audit trail on a DynamoDB table of its own: rows are put where nothing stands, and read; nothing here could change or remove one.
import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type DynamoDBClient, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { AuditRow, dayOf, idsFrom } from "../commands/audit/row.ts";
import { AuditConflict, type AuditPage, type AuditTrail } from "../commands/audit/trail.ts";
import { days } from "../commands/store.ts";
import { auditAttributes, auditKey, envelopeIn, kindOf, partitionOf } from "./dynamo-audit-row.ts";
import type { Attributes } from "./dynamo-row.ts";
import { type DynamoLimits, dynamoLimits } from "./dynamo-store.ts";
import { failureOf } from "./dynamo-verdict.ts";
import { unsure } from "./dynamo-write.ts";
import { open, type SealKey, seal } from "./envelope.ts";

export type DynamoAuditOptions = {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Newest first: the first seals, all of them open. A key that is gone takes with it what it sealed. */
  keys(): Promise<readonly SealKey[]>;
  /** Called when none opens a row: the next `keys` may be newer ones (production rule 29). */
  doubt?(): void;
  now(): number;
  /** How long DynamoDB keeps a row; 0 is for ever. */
  readonly keptDays: number;
  readonly limits?: DynamoLimits;
  readonly random?: (size: number) => Buffer;
};

/** Descending, the later one first; none when there is no time between them. */
function daysBetween(fromId: string, toId: string): string[] {
  const found: string[] = [];
  const oldest = dayOf(fromId);
  for (let at = Date.parse(dayOf(toId)); ; at -= days(1)) {
    const day = dayOf(idsFrom(at));
    if (day < oldest) return found;
    found.push(day);
  }
}

/** A trail in `table` (keys `pk` and `sk`, both text). Its errors are the SDK's; a write that may or may not have been applied says so. */
export function createDynamoAudit(options: DynamoAuditOptions): AuditTrail {
  const { client, table, keys, doubt, now, keptDays, limits = dynamoLimits, random = randomBytes } = options;

  async function opened(partition: string, attributes: Attributes): Promise<AuditRow | undefined> {
    const envelope = envelopeIn(attributes);
    if (envelope === undefined) return undefined;
    const value = open(kindOf(partition), envelope, await keys());
    if (value === undefined) doubt?.();
    return AuditRow.safeParse(value ?? open(kindOf(partition), envelope, await keys())).data;
  }

  type Range = { readonly partition: string; readonly from: string; readonly to: string };
  /** At most `limit` rows of a partition, the newest first, from behind `after`; strongly consistent. */
  async function query({ partition, from, to }: Range, limit: number, withinMs: number, after?: string): Promise<Attributes[]> {
    const found: Attributes[] = [];
    const abortSignal = AbortSignal.timeout(withinMs);
    let start: Attributes | undefined = after === undefined ? undefined : { pk: { S: partition }, sk: { S: after } };
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          ScanIndexForward: false,
          KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
          ExpressionAttributeValues: { ":pk": { S: partition }, ":from": { S: from }, ":to": { S: to } },
          Limit: limit - found.length,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
        { abortSignal },
      );
      found.push(...Items);
      start = LastEvaluatedKey;
    } while (start !== undefined && found.length < limit);
    return found;
  }

  return {
    async write(row) {
      const { partition, id } = auditKey(row);
      const [newest] = await keys();
      if (newest === undefined) throw new Error("there is no key to seal with");
      const put = new PutItemCommand({
        TableName: table,
        Item: auditAttributes(row, seal(kindOf(partition), id, now(), row, newest, random), keptDays),
        ConditionExpression: "attribute_not_exists(pk)",
      });
      try {
        await client.send(put, { abortSignal: AbortSignal.timeout(limits.writeMs) });
      } catch (error) {
        if (failureOf(error) === "rejected") throw error;
        // The SDK repeats a write whose answer was lost, and then fails on the very row that it wrote: what stands there decides.
        const [found] = await query({ partition, from: id, to: id }, 1, limits.decideMs).catch((readError: unknown) => {
          throw unsure(error, `the row could not be read (${readError instanceof Error ? readError.name : "unknown error"})`);
        });
        if (found === undefined) throw unsure(error, "it is not there yet");
        if (!isDeepStrictEqual(await opened(partition, found), JSON.parse(JSON.stringify(row)))) throw new AuditConflict(id);
      }
    },
    async read({ team, from, to, page: { limit, after } }): Promise<AuditPage> {
      if (from >= to) return { rows: [], unreadable: 0 };
      const [oldest, newest] = [idsFrom(from), idsFrom(to)];
      const rows: AuditRow[] = [];
      let seen = 0;
      for (const day of daysBetween(oldest, after ?? newest)) {
        const partition = partitionOf(team, day);
        const behind = after !== undefined && dayOf(after) === day ? after : undefined;
        const found = await query({ partition, from: oldest, to: newest }, limit - seen, limits.readMs, behind);
        seen += found.length;
        for (const each of found) rows.push(...[(await opened(partition, each)) ?? []].flat());
        const last = found.at(-1)?.sk?.S;
        if (seen >= limit && last !== undefined) return { rows, unreadable: seen - rows.length, next: last };
      }
      return { rows, unreadable: seen - rows.length };
    },
  };
}
