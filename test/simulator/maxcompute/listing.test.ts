import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { childAt, readXml } from "../../../src/simulator/maxcompute/read-xml.ts";
import { type Ask, aSimulator, errorCode, texts } from "./wire.ts";

let world: Awaited<ReturnType<typeof aSimulator>>;
beforeAll(async () => {
  world = await aSimulator();
});
afterAll(() => world.simulator.close());

type Query = NonNullable<Ask["query"]>;
const path = "/projects/demo_project/instances";
const list = async (query: Query, { ask } = world): Promise<string[]> => texts((await ask({ path, query })).body, "Name");
const named = (ids: readonly string[]): string[] =>
  ids.map((id) => Object.entries(world.simulator.instances).find(([, known]) => known === id)?.[0] ?? id).sort();

/** Sizes of the pages that so many entries fill. */
const pageSizes = (entries: number, size: number): number[] =>
  Array.from({ length: Math.ceil(entries / size) }, (_, page) => Math.min(size, entries - page * size));

/** Follows markers to the end; returns the names of each page. */
const pages = async (query: Query, { ask } = world): Promise<string[][]> => {
  const found: string[][] = [];
  let marker = "";
  do {
    const { body } = await ask({ path, query: [...query, ...(marker === "" ? [] : [["marker", marker] as const])] });
    found.push(texts(body, "Name"));
    marker = texts(body, "Marker")[0] ?? "";
    expect(marker).toMatch(/^[A-Za-z0-9._/=-]*$/);
  } while (marker !== "");
  return found;
};

describe("listing", () => {
  it.each([
    [[["status", "Running"]], ["failing", "queued", "running", "short", "xflow_running"]],
    [[["status", "Suspended"]], ["suspended"]],
    [
      [
        ["status", "Terminated"],
        ["daterange", "1795339800:"],
      ],
      ["denied", "failed", "hostile", "success", "syntax"],
    ],
    [[["daterange", ":1500000000"]], ["document"]],
    [
      [
        ["onlyowner", "yes"],
        ["status", "Suspended"],
      ],
      [],
    ],
    [
      [
        ["onlyowner", "no"],
        ["status", "Suspended"],
      ],
      ["suspended"],
    ],
    [[["quotaIndex", "batch_quota"]], ["oom", "queued"]],
    [[["quotaindex", "batch_quota"]], ["oom", "queued"]],
    [[["jobname", "daily_orders"]], ["success"]],
  ] as const)("case %#: the filters leave what they say", async (query, expected) => {
    expect(named(await list(query))).toEqual([...expected].sort());
  });

  it("takes a range from its first second up to, not with, its last", async () => {
    const start = Date.UTC(2026, 10, 22, 10) / 1_000;
    const startedNow = ["failing", "queued", "running", "short", "xflow_running"];
    expect(named(await list([["daterange", `${start}:`]]))).toEqual(startedNow);
    expect(named(await list([["daterange", `${start}:${start + 1}`]]))).toEqual(startedNow);
    expect(await list([["daterange", `${start - 1}:${start}`]])).toEqual([]);
  });

  it("writes one entry as the service does, without an end while it runs", async () => {
    const { body } = await world.ask({ path, query: [["jobname", "region_report"]] });
    expect(body).toContain(
      `<Instances><Marker/><MaxItems>1000</MaxItems><Instance><Name>${world.simulator.instances.running}</Name><Owner>ALIYUN$alice@example.com</Owner>` +
        "<StartTime>Sun, 22 Nov 2026 10:00:00 GMT</StartTime><EndTime/><Status>Running</Status></Instance></Instances>",
    );
  });

  it("pages newest first, every instance once", async () => {
    const all = await list([]);
    const found = await pages([["maxitems", "4"]]);
    expect(all).toHaveLength(world.simulator.list().length);
    expect(found.map((page) => page.length)).toEqual(pageSizes(all.length, 4));
    expect(found.flat()).toEqual(all);
    expect(all.at(-1)).toBe(world.simulator.instances.document);
  });

  it("neither repeats nor skips when an instance starts between two pages", async () => {
    const fresh = await aSimulator();
    const before = await list([], fresh);
    const { body } = await fresh.ask({ path, query: [["maxitems", "10"]] });
    await fresh.clock.advance(1_000);
    fresh.simulator.start("short");
    const rest = await list([["marker", texts(body, "Marker")[0] ?? ""]], fresh);
    expect([...texts(body, "Name"), ...rest]).toEqual(before);
    await fresh.simulator.close();
  });

  it.each([
    [["status", "running"]],
    [["daterange", "yesterday"]],
    [["onlyowner", "true"]],
    [["maxitems", "0"]],
    [["marker", "made-up"]],
  ] as const)("refuses %j", async (parameter) => {
    const answer = await world.ask({ path, query: [parameter] });
    expect([answer.status, errorCode(answer)]).toEqual([400, "InvalidArgument"]);
  });

  it("answers an empty first page, other page sizes and the caller's own instances when it is set so", async () => {
    const odd = await aSimulator({
      settings: { emptyPageFirst: true, defaultPageSize: 5, maxPageSize: 7, onlyOwnerDefault: "yes" },
    });
    const sizes = async (query: Query) => (await pages(query, odd)).map((page) => page.length);
    const [all, own] = [await list([["onlyowner", "no"]]), await list([["onlyowner", "yes"]])];
    expect(own.length).toBeLessThan(all.length);
    expect(await sizes([])).toEqual([0, ...pageSizes(own.length, 5)]);
    expect(
      await sizes([
        ["maxitems", "50"],
        ["onlyowner", "no"],
      ]),
    ).toEqual([0, ...pageSizes(all.length, 7)]);
    await odd.simulator.close();
  });

  it("pages oldest first when it is set so", async () => {
    const oldest = await aSimulator({ settings: { listingOrder: "oldest" } });
    const found = await pages([["maxitems", "7"]], oldest);
    expect(found.map((page) => page.length)).toEqual(pageSizes(oldest.simulator.list().length, 7));
    expect(found.flat()[0]).toBe(oldest.simulator.instances.document);
    expect(found.flat().sort()).toEqual((await list([])).sort());
    await oldest.simulator.close();
  });
});

it("queueing information of unfinished instances is JSON inside XML", async () => {
  const { body } = await world.ask({ path: "/projects/demo_project/cachedinstances", query: [["status", "Suspended"]] });
  const content: { instanceId: string; status: string }[] = JSON.parse(childAt(readXml(body), "Content")?.text ?? "");
  expect(content.map(({ instanceId, status }) => [instanceId, status])).toEqual([
    [world.simulator.instances.suspended, "Suspended"],
  ]);
  const none = await world.ask({ path: "/projects/demo_project/cachedinstances", query: [["status", "Terminated"]] });
  expect(childAt(readXml(none.body), "Content")?.text).toBe("[]");
});
