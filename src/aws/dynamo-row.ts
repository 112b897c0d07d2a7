// An item as DynamoDB keeps it: a few attributes, of which the value is one text of JSON.
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import type { Item, ItemKey } from "../commands/store.ts";

/** DynamoDB takes items of 400 KB, attribute names and key included; this leaves room for those. */
export const largestValueBytes = 350 * 1024;

/** Of the attributes. What is inside a value has its own. */
export const rowSchema = "1";

export type Row = {
  readonly key: ItemKey;
  /** JSON. */
  readonly text: string;
  readonly version: string;
  /** The version that stood there before, where this write replaced one. */
  readonly replaced?: string;
  /** Epoch ms. */
  readonly expiresAt: number;
};

export type Attributes = Record<string, AttributeValue>;

const text = z.object({ S: z.string() });
const count = z.object({ N: z.string() });
const Stored = z.object({
  pk: text,
  sk: text,
  value: text,
  version: text,
  replaced: z.optional(text),
  expiresMs: count,
  /** An item that a later release wrote is an error, not a guess. */
  schema: z.object({ N: z.literal(rowSchema) }),
});

export const keyAttributes = ({ partition, id }: ItemKey): Attributes => ({ pk: { S: partition }, sk: { S: id } });

/** The value as JSON. Throws a RangeError above 350 KB of UTF-8, and a TypeError for what JSON cannot say. */
export function valueText(value: unknown): string {
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined) throw new TypeError("A stored value must be something that JSON can say");
  const bytes = Buffer.byteLength(json);
  if (bytes > largestValueBytes) {
    throw new RangeError(`A stored value may have ${largestValueBytes} bytes as JSON, and this one has ${bytes}`);
  }
  return json;
}

/** The row as attributes: `expiresAt` in whole seconds, never early, for the sweep; `expiresMs` exact, for every decision. */
export function attributesOf({ key, text: json, version, replaced, expiresAt }: Row): Attributes {
  if (!Number.isFinite(expiresAt)) throw new RangeError(`An item must expire at some time, not at ${expiresAt}`);
  return {
    ...keyAttributes(key),
    value: { S: json },
    version: { S: version },
    ...(replaced === undefined ? {} : { replaced: { S: replaced } }),
    expiresAt: { N: String(Math.ceil(expiresAt / 1000)) },
    expiresMs: { N: String(expiresAt) },
    schema: { N: rowSchema },
  };
}

/** Throws when the attributes are not such as this store writes. */
export function rowOf(attributes: Attributes): Row {
  const { pk, sk, value, version, replaced, expiresMs } = Stored.parse(attributes);
  return {
    key: { partition: pk.S, id: sk.S },
    text: value.S,
    version: version.S,
    ...(replaced === undefined ? {} : { replaced: replaced.S }),
    expiresAt: Number(expiresMs.N),
  };
}

export const itemOf = ({ key, text: json, version, expiresAt }: Row): Item => ({
  key,
  value: JSON.parse(json),
  version,
  expiresAt,
});
