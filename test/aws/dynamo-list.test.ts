import { afterAll, describe, expect, it } from "vitest";
import { aDynamoStore } from "../support/a-dynamo-store.ts";
import { startDynalite } from "../support/dynalite.ts";
import { startHostileDynamo } from "../support/hostile-dynamo.ts";

const dynalite = await startDynalite();
const hostile = await startHostileDynamo({ target: dynalite.endpoint, now: () => 0 });
afterAll(async () => {
  await hostile.close();
  await dynalite.close();
});

describe("listing a partition of DynamoDB", () => {
  it("goes on behind pages that are empty because all in them has expired", async () => {
    const { store, undisturbed, clock } = await aDynamoStore(dynalite.endpoint, hostile.endpoint);
    for (const id of ["1", "2", "3", "4", "5", "6"]) await undisturbed.put({ partition: "p", id }, id, clock.now() + 1_000);
    await undisturbed.put({ partition: "p", id: "7" }, "7", clock.now() + 5_000);
    await clock.advance(1_000);
    const before = hostile.seen.length;
    expect((await store.list("p", { limit: 1 })).map(({ value }) => value)).toEqual(["7"]);
    expect(hostile.seen.slice(before).map(({ operation }) => operation)).toEqual(["Query", "Query", "Query"]);
  });

  it("asks for more at once when expired items stand in the way of a short page", async () => {
    const counting = await startHostileDynamo({ target: dynalite.endpoint, now: () => 0, pageItems: 1_000 });
    const { store, undisturbed, clock } = await aDynamoStore(dynalite.endpoint, counting.endpoint);
    for (let id = 100; id < 300; id += 1) await undisturbed.put({ partition: "p", id: `${id}` }, id, clock.now());
    await undisturbed.put({ partition: "p", id: "999" }, "last", clock.now() + 1_000);
    expect(await store.list("p", { limit: 1 })).toHaveLength(1);
    expect(counting.seen.length).toBeLessThanOrEqual(4);
    await counting.close();
  });
});
