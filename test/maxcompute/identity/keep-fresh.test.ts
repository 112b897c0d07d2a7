import { describe, expect, it } from "vitest";
import type { Credential } from "../../../src/maxcompute/index.ts";
import { keepFresh } from "../../../src/maxcompute/index.ts";
import { failureOf } from "../a-client.ts";

const minute = 60_000;

/** A source that gives `key-1`, `key-2` and so on, each valid for an hour unless said otherwise; a clock to move, and a way to break it. */
const aSource = (validMs: number | "for good" = 60 * minute) => {
  const world = { now: 0, loads: 0, isAway: false };
  const load = async (): Promise<Credential> => {
    world.loads += 1;
    await Promise.resolve();
    if (world.isAway) throw new Error("away");
    const expiresAt = validMs === "for good" ? undefined : world.now + validMs;
    return { id: `key-${world.loads}`, secret: "s", expiresAt };
  };
  const provider = keepFresh(load, () => world.now);
  const idAt = async (at: number) => {
    world.now = at;
    return (await provider.get()).id;
  };
  return { world, provider, idAt };
};

describe("a credential that is kept fresh", () => {
  it("is replaced five minutes before it expires, not earlier", async () => {
    const { idAt } = aSource();
    expect([await idAt(0), await idAt(54 * minute), await idAt(55 * minute)]).toEqual(["key-1", "key-1", "key-2"]);
  });

  it("is kept for good when it does not expire", async () => {
    const { idAt } = aSource("for good");
    expect([await idAt(0), await idAt(10 ** 12)]).toEqual(["key-1", "key-1"]);
  });

  it("is loaded once for all who ask at the same time", async () => {
    const { provider, world } = aSource();
    await Promise.all(Array.from({ length: 5 }, () => provider.get()));
    expect(world.loads).toBe(1);
  });

  it("serves while it is valid when it cannot be replaced, and its source is asked twice a minute", async () => {
    const { idAt, world } = aSource();
    await idAt(0);
    world.isAway = true;
    expect([await idAt(56 * minute), await idAt(56 * minute + 29_000)]).toEqual(["key-1", "key-1"]);
    expect(world.loads).toBe(2);
    expect(await idAt(56 * minute + 30_000)).toBe("key-1");
    expect(world.loads).toBe(3);
    world.isAway = false;
    expect(await idAt(57 * minute)).toBe("key-4");
  });

  it("does not serve once it has expired", async () => {
    const { idAt, world } = aSource();
    await idAt(0);
    world.isAway = true;
    expect(await failureOf(idAt(60 * minute))).toMatchObject({ message: "away" });
    world.isAway = false;
    expect(await idAt(60 * minute + 1)).toBe("key-3");
  });

  it("is asked for anew when it was refused, twice a minute at most", async () => {
    const { idAt, provider } = aSource();
    expect(await idAt(0)).toBe("key-1");
    await provider.refresh?.();
    expect(await idAt(0)).toBe("key-2");
    await provider.refresh?.();
    expect(await idAt(29_000)).toBe("key-2");
    await provider.refresh?.();
    expect(await idAt(29_000)).toBe("key-2");
    expect(await idAt(30_000)).toBe("key-2");
    await provider.refresh?.();
    expect(await idAt(30_000)).toBe("key-3");
  });

  it("is kept when it was refused and its source is away: the refusal may be the mistake", async () => {
    const { idAt, provider, world } = aSource();
    await idAt(0);
    world.isAway = true;
    await provider.refresh?.();
    expect(await idAt(1)).toBe("key-1");
  });
});
