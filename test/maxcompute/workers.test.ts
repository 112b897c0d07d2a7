import { describe, expect, it } from "vitest";
import type { WorkerLogType } from "../../src/maxcompute/index.ts";
import { aClientOf, failureOf, instanceId } from "./a-client.ts";

const workersOf = async (detail: unknown) =>
  (await aClientOf({ body: typeof detail === "string" ? detail : JSON.stringify(detail) })).client.getWorkers(instanceId, "t");

describe("getWorkers", () => {
  it("finds every object that has instances, in order, and names the stage by that object", async () => {
    const stage = (name: string, ...ids: number[]) => ({ name, upTasks: [{ name: "x" }], instances: ids.map((id) => ({ id })) });
    const jobs = [{ name: "job0", tasks: [stage("M1", 0, 1), stage("R2", 0)] }, { tasks: [stage("M3", 5)] }];
    const { client, server } = await aClientOf({ body: JSON.stringify({ mapReduce: { jobs }, elsewhere: stage("J4", 9) }) });
    const found = await client.getWorkers(instanceId, "t");
    expect(found.map(({ type, id }) => `${type}#${id}`)).toEqual(["M1#0", "M1#1", "R2#0", "M3#5", "J4#9"]);
    expect(server.requests[0]?.target).toContain("?detail&taskname=t&");
  });

  it("reads numbers that were sent as text, and times in seconds or milliseconds", async () => {
    const [worker] = await workersOf({
      instances: [
        {
          id: "0",
          logId: "bG9n",
          status: "Terminated",
          startTime: "1795000000",
          endTime: 1795000060000,
          IpAndPath: "10.0.0.1",
          input_bytes: "1024",
          input_records: 10,
          output_bytes: 9007199254740992,
          output_records: "many",
        },
      ],
    });
    expect(worker).toEqual({
      id: "0",
      logId: "bG9n",
      type: undefined,
      status: "Terminated",
      startTime: 1795000000000,
      endTime: 1795000060000,
      address: "10.0.0.1",
      inputBytes: 1024,
      inputRecords: 10,
      outputBytes: undefined,
      outputRecords: undefined,
    });
  });

  it("keeps the digits of an id beyond 2^53, and takes no end for one that has not come", async () => {
    const [worker] = await workersOf('{"instances":[{"logId":9007199254740993,"endTime":0}]}');
    expect(worker).toMatchObject({ logId: "9007199254740993", endTime: undefined });
  });

  it.each(["", "{}", "[]", '{"instances":[]}', '{"instances":"many"}', '{"instances":[7,null,"x",[]]}'])(
    "finds none in %j",
    async (detail) => {
      expect(await workersOf(detail)).toEqual([]);
    },
  );

  it("looks into an object whose instances are not a list", async () => {
    expect(await workersOf({ instances: { name: "M1", instances: [{ id: 1 }] } })).toMatchObject([{ id: "1", type: "M1" }]);
  });
});

describe("getWorkerLog", () => {
  it.each([
    ["stdout", "stdout"],
    ["stderr", "stderr"],
    ["waterfall_summary", "waterfall_summary"],
    ["jstack", "jstack"],
    ["pstack", "pstack"],
    ["coreinfo", "coreinfo.tmp"],
    ["hs_err_log", "hs_err_*.log"],
    ["STDOUT", "stdout"],
  ])("asks for %s as %s", async (logType, sent) => {
    const { client, server } = await aClientOf({ body: "out\n" });
    expect(await client.getWorkerLog(instanceId, "bG9n+/=", logType as WorkerLogType, { size: 100 })).toBe("out\n");
    const { searchParams } = new URL(server.requests[0]?.target ?? "", "http://mc.test");
    expect(Object.fromEntries(searchParams)).toEqual({
      log: "",
      id: "bG9n+/=",
      logtype: sent,
      size: "100",
      curr_project: "demo_proj",
    });
  });

  it("asks for no size unless told one", async () => {
    const { client, server } = await aClientOf({ body: "" });
    expect(await client.getWorkerLog(instanceId, "l", "stdout")).toBe("");
    await client.getWorkerLog(instanceId, "l", "stdout", { size: 0 });
    expect(server.requests.filter(({ target }) => target.includes("size"))).toEqual([]);
  });

  it("reads what is not UTF-8 as well as it can: a log may be cut in a character", async () => {
    const { client } = await aClientOf({ body: Buffer.concat([Buffer.from("caf"), Buffer.of(0xc3)]) });
    expect(await client.getWorkerLog(instanceId, "l", "stderr")).toBe("caf\ufffd");
  });

  it.each([
    ["l", "passwd", 0],
    ["l", "__proto__", 0],
    ["l", "constructor", 0],
    ["", "stdout", 0],
    ["l", "stdout", -1],
    ["l", "stdout", 1.5],
    ["l", "stdout", Number.NaN],
  ])("refuses log %j, type %j, size %d before it asks", async (logId, logType, size) => {
    const { client, server } = await aClientOf({ body: "" });
    const answer = client.getWorkerLog(instanceId, logId, logType as WorkerLogType, { size });
    expect(await failureOf(answer)).toMatchObject({ kind: "invalid", instanceId });
    expect(server.requests).toHaveLength(0);
  });
});
