// The stores of the watches on DynamoDB as dynalite has it, and at its worst.
import { afterAll } from "vitest";
import { watchingContract } from "../contracts/watching.ts";
import { aDynamoStore } from "../support/a-dynamo-store.ts";
import { startDynalite } from "../support/dynalite.ts";
import { startHostileDynamo } from "../support/hostile-dynamo.ts";

const dynalite = await startDynalite();
afterAll(() => dynalite.close());

watchingContract("DynamoDB", () => aDynamoStore(dynalite.endpoint));

// `npm run cloud` plays more of them.
const seeds = Array.from({ length: Number(process.env.ARTEFACT_SEEDS ?? "1") }, (_, index) => 21 + index);
for (const seed of seeds) {
  const hostile = await startHostileDynamo({ target: dynalite.endpoint, now: () => 0, seed, slowMs: 2 });
  afterAll(() => hostile.close());
  watchingContract(`DynamoDB at its worst (seed ${seed})`, () => aDynamoStore(dynalite.endpoint, hostile.endpoint));
}
