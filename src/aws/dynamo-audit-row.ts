// A row of the audit trail as DynamoDB keeps it. A partition is a team's day: none grows for ever, and a time is a few of them.
import * as z from "zod/mini";
import { type AuditRow, dayOf } from "../commands/audit/row.ts";
import { days } from "../commands/store.ts";
import type { Attributes } from "./dynamo-row.ts";
import type { Envelope } from "./envelope.ts";

/** Of the attributes. What is sealed in them has its own. */
const rowSchema = "1";

export const partitionOf = (team: string, day: string): string => `${team}/${day}`;

/** What is authenticated with the row, so that it cannot be moved to another team or day. */
export const kindOf = (partition: string): string => `audit ${partition}`;

export const auditKey = ({ team, id }: Pick<AuditRow, "team" | "id">) => ({ partition: partitionOf(team, dayOf(id)), id });

/** `keptDays` after the decision DynamoDB removes it; never when that is 0. */
export function auditAttributes(row: AuditRow, envelope: Envelope, keptDays: number): Attributes {
  const { partition, id } = auditKey(row);
  const decidedAt = Date.parse(id.slice(0, "2026-11-26T01:33:27.000Z".length));
  return {
    pk: { S: partition },
    sk: { S: id },
    value: { S: JSON.stringify(envelope) },
    schema: { N: rowSchema },
    ...(keptDays === 0 ? {} : { expiresAt: { N: String(Math.ceil((decidedAt + days(keptDays)) / 1_000)) } }),
  };
}

const Stored = z.object({
  sk: z.object({ S: z.string() }),
  value: z.object({ S: z.string() }),
  schema: z.object({ N: z.literal(rowSchema) }),
});

/** The envelope in a stored row; undefined when a later release wrote it. */
export function envelopeIn(attributes: Attributes): unknown {
  const { data } = Stored.safeParse(attributes);
  // Under the id it was found under, whatever the envelope says of itself.
  return data === undefined ? undefined : { ...JSON.parse(data.value.S), id: data.sk.S };
}
