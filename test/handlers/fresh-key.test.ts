import { describe, expect, it } from "vitest";
import { type AccessKey, withFreshKey } from "../../handlers/fresh-key.ts";
import { MaxComputeError } from "../../src/maxcompute/index.ts";
import { anInstance, aTask, fakeMaxCompute } from "../support/fake-maxcompute.ts";

const running = { instance: anInstance(), tasks: [aTask()] };
const { id } = running.instance;
const refused = new MaxComputeError("unauthorized", "signature does not match", { httpStatus: 401 });
const old: AccessKey = { id: "an-id", secret: "old" };
const next: AccessKey = { id: "an-id", secret: "next" };

/** A MaxCompute that takes one key alone, and says which keys each call came with. */
function aService({ good = next, newest = next, failure = refused as unknown } = {}) {
  const seen: string[] = [];
  let asked = 0;
  const clients = withFreshKey({
    first: old,
    newest: async () => {
      asked += 1;
      return newest;
    },
    clientsWith: (key) => () => {
      const isGood = key.secret === good.secret;
      const failing = isGood ? {} : { getInstance: failure, stopInstance: failure };
      const fake = fakeMaxCompute([running], { failing });
      const note = <T>(what: string, then: T): T => {
        seen.push(`${what} ${key.secret}`);
        return then;
      };
      return {
        ...fake,
        getInstance: (one) => note("get", fake.getInstance(one)),
        stopInstance: (one) => note("stop", fake.stopInstance(one)),
        withDeadline: () => ({ ...fake, getInstance: (one) => note("get in time", fake.getInstance(one)) }),
        async *listInstances(filter) {
          note("list", undefined);
          if (!isGood) throw failure;
          yield* fake.listInstances(filter);
        },
      };
    },
  });
  return { client: clients("demo_project"), seen, asked: () => asked };
}

describe("production rule 29: a call that MaxCompute refuses for its key", () => {
  it("is made once more with the new one, a write too, and so are all calls behind it", async () => {
    const { client, seen, asked } = aService();
    await client.stopInstance(id);
    await client.getInstance(id);
    expect(seen).toEqual(["stop old", "stop next", "get next"]);
    expect(asked()).toBe(1);
  });

  it("is made once more within its deadline, and where calls go side by side each is", async () => {
    const { client, seen } = aService();
    const inTime = client.withDeadline(1_000);
    await Promise.all([inTime.getInstance(id), inTime.getInstance(id)]);
    expect(seen.toSorted()).toEqual(["get in time next", "get in time next", "get in time old", "get in time old"]);
  });

  it("is a listing that is begun again", async () => {
    const { client, seen } = aService();
    const listed = [];
    for await (const each of client.listInstances()) listed.push(each.id);
    expect(listed).toEqual([id]);
    expect(seen).toEqual(["list old", "list next"]);
  });

  it("is not made again when the key is the same", async () => {
    const { client, seen } = aService({ newest: { ...old } });
    await expect(client.stopInstance(id)).rejects.toBe(refused);
    expect(seen).toEqual(["stop old"]);
  });

  it("is made once more and no oftener when the new key is refused too", async () => {
    const { client, seen } = aService({ good: { id: "an-id", secret: "nobody's" } });
    await expect(client.stopInstance(id)).rejects.toBe(refused);
    expect(seen).toEqual(["stop old", "stop next"]);
  });

  it.each([
    new MaxComputeError("denied", "no right", { httpStatus: 403 }),
    new MaxComputeError("timeout", "no answer"),
    new Error("something else"),
  ])("is told from any other failure: %s", async (failure) => {
    const { client, seen, asked } = aService({ failure });
    await expect(client.stopInstance(id)).rejects.toBe(failure);
    expect(seen).toEqual(["stop old"]);
    expect(asked()).toBe(0);
  });
});
