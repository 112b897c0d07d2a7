// Writes whose answer was lost: what happened is told by the version that stands there afterwards.
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { aDynamoStore } from "../support/a-dynamo-store.ts";
import { startDynalite } from "../support/dynalite.ts";
import { type HostileDynamo, startHostileDynamo } from "../support/hostile-dynamo.ts";

const dynalite = await startDynalite();
afterAll(() => dynalite.close());

const key = { partition: "p", id: "one" };
let hostile: HostileDynamo;
let opened: Awaited<ReturnType<typeof aDynamoStore>>;
beforeEach(async () => {
  hostile = await startHostileDynamo({ target: dynalite.endpoint, now: () => 0 });
  opened = await aDynamoStore(dynalite.endpoint, hostile.endpoint);
});
afterEach(() => hostile.close());

const versionOf = async () => (await opened.undisturbed.get(key))?.version ?? "";
const valueNow = async () => (await opened.undisturbed.get(key))?.value;
const later = () => opened.clock.now() + 1_000;
const operations = () => hostile.seen.map(({ operation }) => operation);

describe("a conditional write to DynamoDB", () => {
  it.each(["lost", "half", "broken", "twice"] as const)("has won when it was applied and its answer was %s", async (trouble) => {
    const { store } = opened;
    hostile.script("PutItem", trouble);
    expect(await store.create(key, 1, later())).toBe(true);
    hostile.script("PutItem", trouble);
    expect(await store.replace(key, 2, later(), await versionOf())).toBe(true);
    expect(await valueNow()).toBe(2);
  });

  it.each(["throttled", "limited", "failed", "cut"] as const)(
    "is tried again when it was not applied but %s",
    async (trouble) => {
      hostile.script("PutItem", trouble, trouble);
      expect(await opened.store.create(key, 1, later())).toBe(true);
      expect(operations()).toEqual(["PutItem", "PutItem", "PutItem"]);
    },
  );

  it("has won when every answer was lost, as the read after it shows", async () => {
    hostile.script("PutItem", "lost", "lost", "lost");
    expect(await opened.store.create(key, 1, later())).toBe(true);
    expect(operations().at(-1)).toBe("GetItem");
  });

  it("has won also when somebody replaced it before its repetition was refused", async () => {
    const { store, undisturbed } = opened;
    const meanwhile = async () => expect(await undisturbed.replace(key, "next", later(), await versionOf())).toBe(true);
    hostile.script("PutItem", { trouble: "lost", meanwhile });
    expect(await store.create(key, "mine", later())).toBe(true);
    expect(await valueNow()).toBe("next");
  });

  it("has lost when the key was taken while its own attempts failed", async () => {
    const { store, undisturbed } = opened;
    await undisturbed.put(key, "theirs", later());
    hostile.script("PutItem", "lost", "lost", "lost");
    expect(await store.create(key, "mine", later())).toBe(false);
    hostile.script("PutItem", "cut", "cut", "cut");
    expect(await store.replace(key, "mine", later(), "an older version")).toBe(false);
    expect(await valueNow()).toBe("theirs");
  });

  it("says that it does not know when nothing stands against it and it is not there", async () => {
    const { store, undisturbed } = opened;
    hostile.script("PutItem", "cut", "cut", "cut");
    await expect(store.create(key, 1, later())).rejects.toThrow("it is not there yet: it may or may not have been");
    await undisturbed.put(key, 1, later());
    hostile.script("PutItem", "failed", "failed", "failed");
    await expect(store.replace(key, 2, later(), await versionOf())).rejects.toThrow("may or may not have been");
  });

  it("says that it does not know when reading fails too, and keeps the first cause", async () => {
    hostile.script("PutItem", "lost", "lost", "lost");
    hostile.script("GetItem", "throttled", "throttled", "throttled");
    const failed = await opened.store.create(key, 1, later()).catch((error: Error) => error);
    expect(failed).toMatchObject({
      message: expect.stringContaining("could not be read (ProvisionedThroughputExceededException)"),
      cause: { code: "ECONNRESET" },
    });
  });

  it("passes on what DynamoDB rejected at once, without reading", async () => {
    const { store } = opened;
    await expect(store.create({ partition: "", id: "one" }, 1, later())).rejects.toThrow(/ValidationException|empty/i);
    expect(operations()).toEqual(["PutItem"]);
  });

  it("does not take a rejection at its word when an earlier attempt may have been applied", async () => {
    // The connection is lost, and before the next attempt the table becomes busy for good.
    hostile.script("PutItem", "lost", "throttled", "throttled");
    expect(await opened.store.create(key, 1, later())).toBe(true);
  });
});

describe("an unconditional put to DynamoDB", () => {
  it("is done once its version is there, whatever the answers were", async () => {
    hostile.script("PutItem", "lost", "broken", "half");
    await opened.store.put(key, 1, later());
    expect(await valueNow()).toBe(1);
  });

  it("says that it does not know when its version is not there", async () => {
    await opened.undisturbed.put(key, "before", later());
    hostile.script("PutItem", "cut", "cut", "cut");
    await expect(opened.store.put(key, "after", later())).rejects.toThrow("may or may not have been");
  });
});
