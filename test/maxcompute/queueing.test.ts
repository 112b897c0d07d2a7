import { describe, expect, it } from "vitest";
import { parseQueueingTime } from "../../src/maxcompute/decode/queueing-time.ts";
import { aClient, aClientOf, aServer, collect, failureOf, instanceId } from "./a-client.ts";

const infoOf = async (info: unknown) =>
  (await aClientOf({ body: typeof info === "string" ? info : JSON.stringify(info) })).client.getQueueingInfo(instanceId);

describe("getQueueingInfo", () => {
  it.each([
    [{ instanceProcess: 0.25 }, 0.25],
    [{ instanceProgress: 0.5 }, 0.5],
    [{ instanceProcess: 0.25, instanceProgress: 0.5 }, 0.25],
    [{ instanceProcess: "0.75" }, 0.75],
    [{ instanceProcess: 0 }, 0],
    [{ instanceProcess: 1 }, 1],
    [{ instanceProcess: -1 }, undefined],
    [{ instanceProcess: 25 }, undefined],
    [{ instanceProcess: null, instanceProgress: 0.5 }, 0.5],
    [{}, undefined],
  ])("of %j has progress %j", async (info, progress) => {
    expect((await infoOf(info)).progress).toBe(progress);
  });

  it("has the place in the queue and what is used, also when numbers were sent as text", async () => {
    const info = {
      instancePriority: "0",
      cpuUsage: "100",
      memUsage: 2048,
      totalCpuUsage: 200,
      totalMemUsage: "4096",
      waitPos: "3",
      queueLength: 17,
    };
    expect(await infoOf(info)).toMatchObject({
      priority: 0,
      cpuUsage: 100,
      memUsage: 2048,
      totalCpuUsage: 200,
      totalMemUsage: 4096,
      waitPosition: 3,
      queueLength: 17,
    });
  });

  it.each([
    [{ description: "Waiting" }, ["Waiting"]],
    [
      [{ description: "a" }, { description: "b" }, "c", { code: 1 }, null],
      ["a", "b", "c"],
    ],
    [{}, undefined],
    [null, undefined],
    [[], undefined],
  ])("of the sub-status %j says %j", async (subStatus, said) => {
    expect((await infoOf({ subStatus })).subStatuses).toEqual(said);
  });

  it("keeps a status that is added tomorrow, and has none where none was sent", async () => {
    expect((await infoOf({ status: "running" })).status).toBe("Running");
    expect((await infoOf({ status: "Hibernating" })).status).toBe("Hibernating");
    expect((await infoOf({ status: "" })).status).toBeUndefined();
  });

  it.each(["", "{}", '{"instanceId":""}'])("knows nothing but the id that was asked for when answered %j", async (body) => {
    expect(await infoOf(body)).toEqual({ instanceId });
  });

  it("keeps the digits of an id", async () => {
    expect(await infoOf('{"instanceId":20261122130000001999,"skynetId":12}')).toMatchObject({
      instanceId: "20261122130000001999",
      skynetId: "12",
    });
  });
});

describe("a queue's time", () => {
  const at = Date.UTC(2026, 10, 22, 10, 11, 12);
  it.each([
    ["2026-11-22 10:11:12", at],
    ["2026-11-22T10:11:12Z", at],
    ["2026-11-22 10:11:12 +0800", at - 8 * 3_600_000],
    ["2026-11-22 10:11:12 -03:30", at + 3.5 * 3_600_000],
    ["2026-11-22 10:11:12 -0030", at + 0.5 * 3_600_000],
    ["2026-11-22 10:11:12.123456+0800", at - 8 * 3_600_000 + 123],
    ["2026-11-22 10:11:12.5", at + 500],
    ["2026-02-31 10:11:12", undefined],
    ["2026-11-22 24:00:00", undefined],
    ["2026-13-01 10:11:12", undefined],
    ["yesterday", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%j is %j", (text, expected) => {
    expect(parseQueueingTime(text)).toBe(expected);
  });
});

const page = (marker: string, content: string) =>
  `<Instances><Marker>${marker}</Marker><Content><![CDATA[${content}]]></Content></Instances>`;
const queue = (...ids: string[]) => JSON.stringify(ids.map((id) => ({ instanceId: id })));

const clientOfPages = async (...bodies: string[]) => {
  const server = await aServer((_, index) => ({ body: bodies[index % bodies.length] }));
  return { server, client: aClient(server).client };
};

describe("listQueueingInfos", () => {
  it("goes on after a page without content that has a marker", async () => {
    const { client, server } = await clientOfPages(
      page("m1", queue("i1")),
      page("m2", ""),
      "<Instances><Content/><Marker>m3</Marker></Instances>",
      page("", queue("i2")),
    );
    expect((await collect(client.listQueueingInfos())).map(({ instanceId: id }) => id)).toEqual(["i1", "i2"]);
    expect(server.requests[3]?.target).toContain("marker=m3");
  });

  it("asks for no further page once the limit is reached, and sends the filter", async () => {
    const { client, server } = await clientOfPages(page("m1", queue("i1", "i2")), page("", queue("i3")));
    const infos = await collect(
      client.listQueueingInfos({ limit: 1, status: "suspended", onlyOwner: false, quota: "7", pageSize: 50 }),
    );
    expect(infos).toHaveLength(1);
    expect(server.requests).toHaveLength(1);
    const { pathname, searchParams } = new URL(server.requests[0]?.target ?? "", "http://mc.test");
    expect(pathname).toBe("/api/projects/demo_proj/cachedinstances");
    expect(Object.fromEntries(searchParams)).toEqual({
      status: "Suspended",
      onlyowner: "no",
      quotaIndex: "7",
      maxitems: "50",
      curr_project: "demo_proj",
    });
  });

  it("stops with an error when a marker comes back", async () => {
    const { client } = await clientOfPages(page("m1", ""));
    expect(await failureOf(collect(client.listQueueingInfos()))).toMatchObject({ kind: "malformed" });
  });

  it.each(["{}", "not json", "[7]", "[{}]", '[{"instanceId":""}]'])("refuses the content %j", async (content) => {
    const { client } = await clientOfPages(page("", content));
    expect(await failureOf(collect(client.listQueueingInfos()))).toMatchObject({ kind: "malformed" });
  });
});
