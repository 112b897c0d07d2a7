// The name of a request to DynamoDB; of a write, what is written, which only who has the key can read.
import * as z from "zod/mini";
import { open } from "../../../src/aws/envelope.ts";
import { dynamoLabel } from "../labels.ts";
import type { Seen } from "../proxy.ts";
import { itemName } from "./item-name.ts";

const text = z.object({ S: z.string() });
const Put = z.object({ Item: z.object({ pk: text, sk: text, value: text }) });

export function dynamoName(seen: Seen, sealKey: string): string {
  const label = dynamoLabel(seen);
  if (!label.startsWith("dynamo PutItem")) return label;
  const { pk, sk, value } = Put.parse(JSON.parse(seen.body.toString())).Item;
  const key = { partition: pk.S, id: sk.S };
  const written: unknown = JSON.parse(value.S);
  const envelope = typeof written === "object" ? { ...written, id: key.id } : undefined;
  // Numbers and switches are not sealed.
  return `dynamo PutItem ${itemName(key, open(`item ${key.partition}`, envelope, [sealKey]) ?? written)}`;
}
