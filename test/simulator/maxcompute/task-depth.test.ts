import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aSimulator, errorCode } from "./wire.ts";

let world: Awaited<ReturnType<typeof aSimulator>>;
beforeAll(async () => {
  world = await aSimulator();
});
afterAll(() => world.simulator.close());

const taskName = "AnonymousSQLTask";
const task = ["taskname", taskName] as const;

type Worker = { id: string; logId: string; status: string; startTime?: number; endTime?: number; IpAndPath: string } & Record<
  "input_bytes" | "input_records" | "output_bytes" | "output_records",
  number
>;
type Stage = { name: string; upTasks: object[]; downTasks: object[]; instances: Worker[] };

const stagesOf = async (scenarioOrId: string, action = "detail"): Promise<Stage[]> => {
  const { body } = await world.get(scenarioOrId, [action, ""], task);
  return JSON.parse(body).mapReduce.jobs.flatMap((job: { tasks: Stage[] }) => job.tasks);
};

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
const inputs = ({ instances }: Stage): readonly number[] => instances.map(({ input_records }) => input_records);

describe.each(["detail", "instancedetail"])("?%s", (action) => {
  it("has the workers of every stage, with where they ran and what they read", async () => {
    const stages = await stagesOf("success", action);
    expect(stages.map(({ name, upTasks, downTasks, instances }) => [name, upTasks, downTasks, instances.length])).toEqual([
      ["M1_Stg1", [], [{ name: "R2_1_Stg2" }], 8],
      ["R2_1_Stg2", [{ name: "M1_Stg1" }], [], 2],
    ]);
    const worker = stages[0]?.instances[0];
    expect(worker).toEqual({
      id: "M1_Stg1#0_0",
      logId: expect.stringMatching(/^[\w-]{12,}$/),
      status: "Terminated",
      IpAndPath: expect.stringMatching(/^10(\.\d+){3}:\d+\//),
      startTime: Date.UTC(2026, 10, 22, 9, 30, 1) / 1_000,
      endTime: Date.UTC(2026, 10, 22, 9, 30, 4) / 1_000,
      input_bytes: (worker?.input_records ?? 0) * 64,
      input_records: worker?.input_records,
      output_bytes: (worker?.output_records ?? 0) * 32,
      output_records: worker?.output_records,
    });
    expect(inputs(stages[0] as Stage).reduce((sum, records) => sum + records, 0)).toBeCloseTo(120_000, -1);
  });

  it("has no job before the first stage, and wants a task that is there", async () => {
    expect(await stagesOf("queued", action)).toEqual([]);
    expect(errorCode(await world.get("success", [action, ""], ["taskname", "Other"]))).toBe("InvalidArgument");
    expect(errorCode(await world.get("success", [action, ""]))).toBe("InvalidArgument");
  });
});

describe("data skew", () => {
  it.each(["data_skew", "data_skew_running"])("of %s is one worker that reads many times the median", async (scenario) => {
    const [map, reduce] = await stagesOf(world.simulator.start(scenario));
    expect(Math.max(...inputs(map as Stage)) / median(inputs(map as Stage))).toBeLessThan(1.3);
    expect(Math.max(...inputs(reduce as Stage)) / median(inputs(reduce as Stage))).toBeGreaterThan(10);
  });
});

describe("?log", () => {
  const logOf = async (id: string, worker: Worker | undefined, ...query: (readonly [string, string])[]): Promise<string> =>
    (await world.get(id, ["log", ""], ["id", worker?.logId ?? ""], ...query)).body;

  it("has what a worker wrote, by type", async () => {
    const [stage] = await stagesOf("success");
    const worker = stage?.instances[3];
    expect(await logOf("success", worker, ["logtype", "stdout"])).toContain("M1_Stg1#3 begins on 10.");
    expect(await logOf("success", worker, ["logtype", "waterfall_summary"])).toContain("TableScan");
    expect(await logOf("success", worker, ["logtype", "stderr"])).toBe("");
    for (const type of ["jstack", "pstack", "coreinfo.tmp", "hs_err_*.log"])
      expect((await world.get("success", ["log", ""], ["id", worker?.logId ?? ""], ["logtype", type])).status).toBe(200);
  });

  it("has the whole stack trace in the stderr of the worker that failed, and its end when asked for less", async () => {
    const id = world.simulator.start("user_script");
    const [stage] = await stagesOf(id);
    const failed = stage?.instances.filter(({ status }) => status === "Failed") ?? [];
    expect(failed).toHaveLength(1);
    const whole = await logOf(id, failed[0], ["logtype", "stderr"], ["size", "0"]);
    expect(whole.split("\n").length).toBeGreaterThan(300);
    expect(whole.startsWith("Traceback (most recent call last):\n")).toBe(true);
    expect(await logOf(id, failed[0], ["logtype", "stderr"], ["size", "60"])).toBe(whole.slice(-60));
    const [other] = stage?.instances.filter(({ status }) => status === "Terminated") ?? [];
    expect(await logOf(id, other, ["logtype", "stderr"])).toBe("");
  });

  it.each([
    [{ id: "nobody", logtype: "stdout" }, "NoSuchObject"],
    [{ logtype: "stdout" }, "NoSuchObject"],
    [{ id: "nobody", logtype: "secrets" }, "InvalidArgument"],
    [{ id: "nobody" }, "InvalidArgument"],
    [{ id: "nobody", logtype: "stdout", size: "-1" }, "InvalidArgument"],
  ])("refuses %j", async (query, code) => {
    expect(errorCode(await world.get("success", ["log", ""], ...Object.entries(query)))).toBe(code);
  });

  it("of another instance's worker is not found", async () => {
    const [stage] = await stagesOf("success");
    const answer = await world.get("large", ["log", ""], ["id", stage?.instances[0]?.logId ?? ""], ["logtype", "stdout"]);
    expect(errorCode(answer)).toBe("NoSuchObject");
  });
});

it("?instancequota says what the task holds, and nothing when it is asked again within thirty seconds", async () => {
  const fresh = await aSimulator();
  const quota = async (scenario: string) => JSON.parse((await fresh.get(scenario, ["instancequota", ""], task)).body);
  await fresh.clock.advance(60_000);
  expect(await quota("running")).toMatchObject({ quotaName: "default", cpuUsed: 6_400, memUsed: 65_536 });
  await fresh.clock.advance(29_999);
  expect([await quota("running"), (await quota("queued")).quotaName]).toEqual([{}, "batch_quota"]);
  await fresh.clock.advance(1);
  expect((await quota("running")).quotaName).toBe("default");
  expect(await quota("running")).toEqual({});
  fresh.simulator.reset();
  expect((await quota("running")).quotaName).toBe("default");
  await fresh.simulator.close();
});

describe("?info", () => {
  const info = async (scenario: string, key: string): Promise<string> =>
    (await world.get(scenario, ["info", ""], task, ["key", key])).body;
  const put = (scenario: string, body: string) =>
    world.ask({ method: "PUT", path: world.instancePath(scenario), query: [["info", ""], task], body });

  it("has the compiler's warnings", async () => {
    expect(JSON.parse(await info("wide", "warnings")).warnings).toHaveLength(2);
    expect(await info("success", "warnings")).toBe('{"warnings":[]}');
  });

  it("keeps what was put for a task and a key, and is empty for anything else", async () => {
    const answer = await put("running", "<Instance><Key>note</Key><Value>a &lt;b&gt;</Value></Instance>");
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { result: "a <b>", status: "ok" }]);
    expect([await info("running", "note"), await info("queued", "note"), await info("running", "other")]).toEqual([
      "a <b>",
      "",
      "",
    ]);
    expect((await world.get("running")).body).toContain("Running");
  });

  it.each([
    "<Instance><Value>v</Value></Instance>",
    "<Instance><Key>k</Key></Instance>",
    "<Other><Key>k</Key><Value>v</Value></Other>",
  ])("refuses to put %s", async (body) => {
    expect(errorCode(await put("running", body))).toBe("InvalidArgument");
  });

  it("needs a key, and a right to the instance", async () => {
    expect(errorCode(await world.get("success", ["info", ""], task))).toBe("InvalidArgument");
    expect(errorCode(await put("denied", "<Instance><Key>k</Key><Value>v</Value></Instance>"))).toBe("NoPermission");
  });
});

describe("the summary", () => {
  it("has figures of every stage, least and most among them", async () => {
    const { body } = await world.get("success", ["instancesummary", ""], task);
    const { JsonSummary, Summary } = JSON.parse(body).Instance;
    const [map] = JSON.parse(JsonSummary).jobs[0].tasks;
    expect(map).toMatchObject({ name: "M1_Stg1", instanceCount: 8, runTime: 25, inputBytes: map.inputRecords.total * 64 });
    expect(map.inputRecords.min).toBeLessThan(map.inputRecords.max);
    expect(Summary).toMatch(/^resource cost: cpu 6\.67 Core \* Min, memory 6\.67 GB \* Min\nJob run time: 40\.000\n/);
    expect(Summary).toContain("M1_Stg1:\n\tinstance count: 8\n\trun time: 25.000\n");
  });

  it("is the same when odpscmd asks, and empty while the task runs", async () => {
    const { mapReduce } = JSON.parse((await world.get("success", ["summary", ""], task)).body);
    expect(Object.keys(mapReduce)).toEqual(["jsonSummary", "summary"]);
    expect((await world.get("running", ["summary", ""], task)).body).toBe('{"mapReduce":{}}');
  });
});

it("?cached shows how an instance that waits moves up, until it runs", async () => {
  const fresh = await aSimulator();
  const place = async (minutes: number) => {
    await fresh.clock.advance(minutes * 60_000);
    const { waitPos, queueLength, subStatus } = JSON.parse((await fresh.get("queued", ["cached", ""])).body);
    return [waitPos, queueLength, subStatus.description];
  };
  expect(await place(0)).toEqual([3, 7, "Waiting for scheduling"]);
  expect(await place(11)).toEqual([2, 7, "Waiting for scheduling"]);
  expect(await place(18)).toEqual([1, 7, "Waiting for scheduling"]);
  expect(await place(1)).toEqual([0, 7, ""]);
  await fresh.simulator.close();
});
