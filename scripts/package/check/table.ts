// The tables: of the store's own shape, restorable, swept by their expiry, and kept when the stack goes.
import { ofType, property, type Template } from "../template.ts";

/** What the store says of its table (src/aws/dynamo-table.ts). */
export type TableShape = {
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
  readonly BillingMode: string;
  readonly ttlAttribute: string;
};

export function checkTable(template: Template, { ttlAttribute, ...shape }: TableShape): string[] {
  const tables = ofType(template, "AWS::DynamoDB::Table");
  const wrong = tables.flatMap(([id, table]) => [
    ...Object.entries(shape)
      .filter(([name, value]) => JSON.stringify(property(table, name)) !== JSON.stringify(value))
      .map(([name]) => `${id}: ${name} is not the store's`),
    ...(property(table, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled") === true
      ? []
      : [`${id}: cannot be restored`]),
    ...(property(table, "TimeToLiveSpecification", "Enabled") === true ? [] : [`${id}: never forgets`]),
    ...(property(table, "TimeToLiveSpecification", "AttributeName") === ttlAttribute
      ? []
      : [`${id}: is not swept by ${ttlAttribute}`]),
    ...(property(table, "SSESpecification") === undefined ? [] : [`${id}: has a key that costs money`]),
    ...(table.DeletionPolicy === "Retain" ? [] : [`${id}: is deleted with the stack`]),
    ...(table.UpdateReplacePolicy === "Retain" ? [] : [`${id}: is deleted when it is replaced`]),
  ]);
  return tables.length === 2 ? wrong : [...wrong, `there are ${tables.length} tables, not the store's and the audit trail's`];
}
