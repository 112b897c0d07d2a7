// The table of the item store and that of the audit trail, in DynamoDB's own words. Neither has an index: everything is found by its key.

export const dynamoTable = {
  AttributeDefinitions: [
    { AttributeName: "pk", AttributeType: "S" },
    { AttributeName: "sk", AttributeType: "S" },
  ],
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ],
  BillingMode: "PAY_PER_REQUEST",
} as const;

/** Epoch seconds. DynamoDB sweeps by it, days late at worst; no decision rests on it. */
export const dynamoTtlAttribute = "expiresAt";
