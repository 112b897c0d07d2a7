// The benches of the tick on few watches: that they measure what they say, not how fast it is.
import { describe, expect, it } from "vitest";
import { measureGrowth, barsOf as ofGrowth } from "../../bench/growth.ts";
import { every, measureTick, barsOf as ofTick } from "../../bench/tick.ts";
import { countingStore } from "../../bench/watching/counting.ts";
import { slackAnswer } from "../../bench/watching/slack-answer.ts";
import type { Measured } from "../../bench/watching/stage.ts";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";

const measured = (over: Partial<Measured> = {}): Measured => ({
  pages: 10,
  calls: 400,
  posts: 100,
  edits: 100,
  refusals: 0,
  reads: 1_700,
  writes: 620,
  published: 100,
  ms: 30_000,
  cpuMs: 5_000,
  peakMb: 160,
  processes: 3,
  ...over,
});
const isMet = ({ measured: value, limit }: { readonly measured: number; readonly limit: number }) => value <= limit;

describe("the bars of a tick", () => {
  const size = { watches: 10_000, ending: 100, channels: 100 };
  const loop = [{ ms: 300_000, calls: 10_000, peakMb: 90 }];

  it("are met at their very limits", () => {
    expect(ofTick(size, [measured()], loop).filter((bar) => !isMet(bar))).toEqual([]);
  });

  it.each<[string, Partial<Measured>]>([
    ["an end that is not told", { posts: 99 }],
    ["an end that is published twice", { published: 101 }],
    ["a page more", { pages: 11 }],
    ["a call more", { calls: 401 }],
    ["a write more", { writes: 621 }],
    ["a megabyte more", { peakMb: 161 }],
    ["a second more", { ms: 31_000 }],
  ])("are missed for %s", (_, over) => {
    expect(ofTick(size, [measured(over)], loop).filter((bar) => !isMet(bar))).toHaveLength(1);
  });
});

describe("the bars of growth", () => {
  const of = (watches: number, over: Partial<Measured> = {}) => {
    const times = watches / 10_000;
    const { pages, calls, reads, writes, cpuMs } = measured();
    const grown = {
      pages: pages * times,
      calls: calls * times,
      reads: reads * times,
      writes: writes * times,
      cpuMs: cpuMs * times,
    };
    const told = { posts: watches / 100, published: watches / 100 };
    return { watches, found: [measured({ ...grown, ...told, ...over })] };
  };

  it("are met while the cost of a watch stays", () => {
    expect(ofGrowth([of(10_000), of(100_000)]).filter((bar) => !isMet(bar))).toEqual([]);
  });

  it.each<[string, Partial<Measured>]>([
    ["of MaxCompute", { calls: 4_001 }],
    ["of the store", { reads: 17_001 }],
    ["of the processor", { cpuMs: 50_001 }],
    ["more than a minute", { ms: 60_001 }],
    ["more than 256 MB", { peakMb: 257 }],
  ])("are missed when a watch costs more %s", (_, over) => {
    expect(ofGrowth([of(10_000), of(100_000, over)]).filter((bar) => !isMet(bar))).toHaveLength(1);
  });
});

describe("a bench of the tick", () => {
  it("tells every end once on both stores, and counts what it took", async () => {
    const kinds = every.filter(({ what }) => /^(DynamoDB, Slack's limits off|SQLite, Slack's limits on)$/.test(what));
    const { rows, bars } = await measureTick({ watches: 40, ending: 2, channels: 2 }, 1, () => undefined, kinds);
    expect(rows.map(({ what }) => what)).toEqual([
      ...kinds.map(({ what }) => what),
      "the plain loop",
      "the plain loop, eight at a time",
    ]);
    expect(rows.slice(0, 2).map(({ values }) => [values.pages, values["other calls"], values.told])).toEqual([
      ["1", "6", "2"],
      ["1", "6", "2"],
    ]);
    expect(rows.slice(2).map(({ values }) => values["other calls"])).toEqual(["40", "40"]);
    expect(bars.slice(0, 4).filter((bar) => !isMet(bar))).toEqual([]);
  }, 120_000);

  it("grows", async () => {
    const { rows, bars } = await measureGrowth([100], 1, () => undefined);
    expect(rows.map(({ what }) => what)).toEqual(["100 watches"]);
    expect(bars.map(({ limit }) => limit)).toEqual([0, 1, 1]);
    expect(bars[0]?.measured).toBe(0);
    expect(bars.filter(({ measured: value }) => !Number.isFinite(value))).toEqual([]);
  }, 120_000);
});

describe("what stands beside a tick", () => {
  it("counts a page as one read, and a write that lost as one as well", async () => {
    const { store, counted } = countingStore(openSqliteStore(":memory:", () => 0));
    await store.create({ partition: "p", id: "a" }, 1, 10);
    await store.create({ partition: "p", id: "a" }, 2, 10);
    await store.list("p", { limit: 10 });
    expect(counted).toEqual({ reads: 1, writes: 2 });
  });

  it("has Slack's limits where they are on: fifty edits a minute, ten posts at once in a channel and one a second", () => {
    const limited = slackAnswer(true);
    const edits = Array.from({ length: 51 }, () => limited("chat.update", "C1", 0).status);
    expect([edits.filter((status) => status === 200).length, limited("chat.update", "C1", 60_000).status]).toEqual([50, 200]);
    const posts = Array.from({ length: 11 }, () => limited("chat.postMessage", "C1", 0).status);
    expect([posts.filter((status) => status === 200).length, limited("chat.postMessage", "C1", 1_000).status]).toEqual([10, 200]);
    const free = slackAnswer(false);
    expect(Array.from({ length: 60 }, () => free("chat.update", "C1", 0).status).every((status) => status === 200)).toBe(true);
  });
});
