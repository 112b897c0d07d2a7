import { afterAll } from "vitest";
import { limitsContract } from "../contracts/limits.ts";
import { aDynamoStore } from "../support/a-dynamo-store.ts";
import { startDynalite } from "../support/dynalite.ts";

const dynalite = await startDynalite();
afterAll(() => dynalite.close());

limitsContract("DynamoDB", () => aDynamoStore(dynalite.endpoint));
