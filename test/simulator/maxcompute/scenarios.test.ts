import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { childAt, readXml, textAt, type XmlNode } from "../../../src/simulator/maxcompute/read-xml.ts";
import { instanceRecord } from "../../../src/simulator/maxcompute/record.ts";
import { scenarioForSql } from "../../../src/simulator/maxcompute/scenarios/from-sql.ts";
import { planOf, scenarios } from "../../../src/simulator/maxcompute/scenarios/index.ts";
import { recordOf } from "../../../src/simulator/maxcompute/seeds.ts";
import { aSimulator, texts } from "./wire.ts";

let world: Awaited<ReturnType<typeof aSimulator>>;
beforeAll(async () => {
  world = await aSimulator();
});
afterAll(() => world.simulator.close());

const tasksOf = (body: string): readonly XmlNode[] => childAt(readXml(body), "Tasks")?.children ?? [];
const resultsOf = async (scenario: string): Promise<string[]> => {
  const { body } = await world.get(scenario, ["result", ""]);
  return tasksOf(body).map((task) => {
    const text = childAt(task, "Result")?.text ?? "";
    return body.includes('Transform="Base64"') && /^[A-Za-z0-9+/]*=*$/.test(text)
      ? Buffer.from(text, "base64").toString("utf8")
      : text;
  });
};

describe("the seeded instances", () => {
  it.each([
    ["success", "Terminated", ["Success"]],
    ["text", "Terminated", ["Success"]],
    ["no_result", "Terminated", ["Success"]],
    ["medium", "Terminated", ["Success"]],
    ["large", "Terminated", ["Success"]],
    ["types", "Terminated", ["Success"]],
    ["wide", "Terminated", ["Success"]],
    ["two_tasks", "Terminated", ["Success", "Failed"]],
    ["document", "Terminated", ["Success"]],
    ["failed", "Terminated", ["Failed"]],
    ["syntax", "Terminated", ["Failed"]],
    ["oom", "Terminated", ["Failed"]],
    ["cancelled", "Terminated", ["Cancelled"]],
    ["hostile", "Terminated", ["Success", "Failed"]],
    ["running", "Running", ["Waiting"]],
    ["short", "Running", ["Waiting"]],
    ["failing", "Running", ["Waiting"]],
    ["queued", "Running", ["Waiting"]],
    ["suspended", "Suspended", ["Suspended"]],
    ["xflow", "Terminated", ["Success"]],
    ["xflow_failed", "Terminated", ["Failed"]],
    ["xflow_running", "Running", ["Running"]],
  ])("%s is %s when the simulator starts, its tasks %j", async (scenario, status, tasks) => {
    const { body } = await world.get(scenario, ["taskstatus", ""]);
    expect(textAt(readXml(body), "Status")).toBe(status);
    expect(tasksOf(body).map((task) => textAt(task, "Status"))).toEqual(tasks);
  });

  it("have ids of the service's form, all different, and the documented one is the documented one", () => {
    const ids = Object.values(world.simulator.instances);
    expect(ids.filter((id) => !/^\d{14}\d{0,3}g[a-z0-9]{8}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(world.simulator.instances.document).toBe("20160519101349613gzbzufck2");
  });

  it("keep their ids in another simulator, and change them with the seed", async () => {
    const [same, other] = [await aSimulator(), await aSimulator({ seed: "other" })];
    expect(same.simulator.instances).toEqual(world.simulator.instances);
    expect(other.simulator.instances.success).not.toBe(world.simulator.instances.success);
    await Promise.all([same.simulator.close(), other.simulator.close()]);
  });
});

describe("results", () => {
  it("document is the documented one, to the byte", async () => {
    expect(await resultsOf("document")).toEqual([
      '"sepallength","sepalwidth","petallength","petalwidth","name"\n4.9,3.0,1.4,0.2,"Iris-setosa"\n',
    ]);
  });

  it("success has NULL, quotes and a line break inside a value", async () => {
    const [csv = ""] = await resultsOf("success");
    expect(csv).toContain('1,"Ann",12.5,0.25,true,"2026-11-20 08:15:00",\\N\n');
    expect(csv).toContain('"Bob ""the builder"""');
    expect(csv).toContain('"first line\nsecond line"');
    const { body } = await world.get("success", ["result", ""]);
    expect(JSON.parse(textAt(tasksOf(body)[0], "ResultDescriptor") ?? "").Schema.Columns[2]).toEqual({
      Name: "amount",
      Type: "decimal(10,2)",
    });
  });

  it.each([
    ["failed", "ODPS-0130131:[1,15] Table not found - table demo_project.nope cannot be resolved"],
    ["syntax", "ODPS-0130161:[1,1] Parse exception - "],
    ["oom", "ODPS-0123144: Fuxi job failed - "],
    ["text", "+-----"],
  ])("%s begins with %j", async (scenario, beginning) => {
    expect((await resultsOf(scenario))[0]?.slice(0, beginning.length)).toBe(beginning);
  });

  it("medium has 300 rows, wide 30 columns, a statement without a result nothing", async () => {
    expect((await resultsOf("medium"))[0]?.trimEnd().split("\n")).toHaveLength(301);
    expect((await resultsOf("wide"))[0]?.split("\n")[0]?.split(",")).toHaveLength(30);
    expect(await resultsOf("no_result")).toEqual([""]);
  });

  it("large is cut at 10,000 rows and says so, unless it was started with no more", async () => {
    const inline = async (scenario: string) => {
      const { body } = await world.get(scenario, ["result", ""]);
      const descriptor = JSON.parse(textAt(tasksOf(body)[0], "ResultDescriptor") ?? "");
      const lines = (await resultsOf(scenario))[0]?.trimEnd().split("\n") ?? [];
      return { status: descriptor.SelectResultStatus, rows: lines.length - 1, last: lines.at(-1)?.split(",")[0] };
    };
    expect(await inline("large")).toEqual({ status: "TRUNCATED", rows: 10_000, last: "10000" });
    const started = (rows: number) => inline(world.simulator.start("large", { rows }));
    expect(await started(10_001)).toEqual({ status: "TRUNCATED", rows: 10_000, last: "10000" });
    expect(await started(10_000)).toEqual({ status: "COMPLETE", rows: 10_000, last: "10000" });
    expect((await started(0)).rows).toBe(0);
  });

  it("no other scenario takes a number of rows, and none takes less than none", () => {
    expect(() => world.simulator.start("medium", { rows: 5 })).toThrow("The scenario medium takes no number of rows");
    expect(() => world.simulator.start("large", { rows: -1 })).toThrow(/rows/);
  });

  it("types shows times, intervals and nested values as texts, bytes escaped, and 64-bit numbers whole", async () => {
    const [csv = ""] = await resultsOf("types");
    const [header, ordinary, empty, smallest] = csv.split("\n");
    expect(header?.split(",")).toHaveLength(25);
    expect(empty).toBe(Array.from({ length: 25 }, () => "\\N").join(","));
    expect(ordinary).toContain('"bytes","{""a"":[1,2,{""b"":null}]}","2026-11-20 08:15:00","2026-11-20",');
    expect(ordinary).toContain('"1 02:03:04.000000005","2-6","[""a"",""b""]","{""k"":1,""j"":2}","{""p"":5,""q"":""five""}",');
    expect(smallest).toContain("-9223372036854775807,");
    expect(csv).toContain('"=00=FF=0A=0D"""');
    expect(smallest).toContain('"{""low"":-9223372036854775807}","{""p"":null,""q"":null}"');
  });

  it("a task that has not ended has none yet", async () => {
    expect(await resultsOf("running")).toEqual([""]);
  });
});

describe("failures that a person has to do something about", () => {
  it.each([
    ["oom", "ODPS-0123144: Fuxi job failed - WorkerRestart errCode:9,errMsg:SigKill(OOM), usually caused by OOM(out of memory)"],
    ["data_skew", "ODPS-0123144: Fuxi job failed - kInstanceMonitorTimeout(errCode:252)"],
    [
      "no_permission",
      "ODPS-0130013:Authorization exception - Authorization Failed [4019], You have NO privilege 'odps:Select' on ",
    ],
    ["user_script", "ODPS-0123055:User script exception - Traceback (most recent call last):\n"],
    ["user_script_java", "ODPS-0123055:User script exception - com.aliyun.odps.udf.UDFException: "],
    ["unknown_error", "the service was restarted"],
  ])("%s has failed when it is started, with %j", async (scenario, beginning) => {
    const id = world.simulator.start(scenario);
    expect(texts((await world.get(id, ["taskstatus", ""])).body, "Status")).toEqual(["Terminated", "Failed"]);
    expect((await resultsOf(id))[0]?.slice(0, beginning.length)).toBe(beginning);
  });

  it.each(["user_script", "user_script_java"])("%s comes with hundreds of lines", async (scenario) => {
    const [text = ""] = await resultsOf(world.simulator.start(scenario));
    expect(text.split("\n").length).toBeGreaterThan(300);
  });

  it("data_skew_running runs on at one worker less than all", async () => {
    const id = world.simulator.start("data_skew_running");
    expect(texts((await world.get(id)).body, "Status")).toEqual(["Running"]);
    const { body } = await world.get(id, ["instanceprogress", "AnonymousSQLTask"]);
    expect([texts(body, "FinishedPercentage"), texts(body, "RunningWorkers")]).toEqual([
      ["100", "99"],
      ["0", "1"],
    ]);
  });

  it("a syntax error is named where it stands in the statement", async () => {
    const [text] = await resultsOf(world.simulator.start("syntax", { sql: "set a=b;\n/* why */\n  selec 1;" }));
    expect(text).toMatch(/^ODPS-0130161:\[3,3\] Parse exception - invalid token 'selec', /);
  });
});

describe("hostile", () => {
  it("is well-formed XML everywhere and arrives unchanged", async () => {
    const { body } = await world.get("hostile", ["taskstatus", ""]);
    const names = tasksOf(body).map((task) => childAt(task, "Name")?.text ?? "");
    expect(names[0]).toContain("<!channel> <@U123> & *b* _i_ ~s~ `c` \u{202E}evil\u{202C} \u{1F4A5} ]]> </Name>");
    expect(names[1]).toHaveLength(3_000);
    const [, failure] = await resultsOf("hostile");
    expect(failure).toContain("]]> </Name>");
    for (const name of names) {
      const progress = await world.get("hostile", ["instanceprogress", name], ["taskname", name]);
      expect(progress.status).toBe(200);
      expect(readXml(progress.body).name).toBe("Progress");
      for (const action of ["detail", "instancesummary", "instancequota"])
        expect(JSON.parse((await world.get("hostile", [action, ""], ["taskname", name])).body)).toBeTypeOf("object");
    }
    const owner = Buffer.from(String((await world.get("hostile")).headers["x-odps-owner"]), "latin1").toString("utf8");
    expect(owner).toContain("ALIYUN$<!channel> <@U123>");
    const listing = readXml((await world.ask({ path: "/projects/demo_project/instances" })).body);
    expect(listing.children.map((entry) => textAt(entry, "Owner"))).toContain(owner);
  });
});

describe("scenarios that move", () => {
  it("short succeeds and failing fails within thirty seconds, running takes 25 minutes", async () => {
    const moving = await aSimulator();
    const statusAfter = async (ms: number, scenario: string) => {
      await moving.clock.advance(ms);
      return texts((await moving.get(scenario, ["taskstatus", ""])).body, "Status");
    };
    expect(await statusAfter(20_000, "failing")).toEqual(["Terminated", "Failed"]);
    expect(await statusAfter(9_999, "short")).toEqual(["Running", "Running"]);
    expect(await statusAfter(1, "short")).toEqual(["Terminated", "Success"]);
    expect(await statusAfter(24 * 60_000, "running")).toEqual(["Running", "Running"]);
    expect(await statusAfter(30_000, "running")).toEqual(["Terminated", "Success"]);
    await moving.simulator.close();
  });

  it("can be started again, in a length of one's own", async () => {
    const id = world.simulator.start("running", { durationMs: 10_000, owner: "ALIYUN$dan@example.com", quota: "q", priority: 1 });
    await world.clock.advance(6_000);
    expect(texts((await world.get(id, ["instanceprogress", "AnonymousSQLTask"])).body, "FinishedPercentage")).toEqual([
      "100",
      "100",
      "34",
      "0",
    ]);
    expect((await world.get(id)).headers["x-odps-owner"]).toBe("ALIYUN$dan@example.com");
  });

  it("refuses a scenario nobody knows", () => {
    expect(() => world.simulator.start("toString")).toThrow('There is no scenario "toString"; known are success,');
  });
});

it.each([
  ["select * from nope", "missing_table"],
  ["SELECT a FROM demo_project.nope;", "missing_table"],
  ["-- a remark\nset odps.sql.x=true; select 1", "select"],
  ["/* a */ /* b */ with t as (select 1) select * from t", "select"],
  ["create table t (a bigint)", "no_result"],
  ["desc t", "text"],
  ["selec 1", "syntax"],
  ["123", "syntax"],
  ["select /* scenario: oom */ 1", "oom"],
  ["select /* scenario: constructor */ 1", "select"],
  ["select /* scenario: data_skew */ 1", "data_skew"],
])("the statement %j becomes %s", (sql, scenario) => {
  expect(scenarioForSql(sql, (name) => scenarios.has(name))).toBe(scenario);
});

it("a missing table is named where it stands in the statement", () => {
  const identity = { id: "i", project: "p", caller: "c", startedAt: 0 };
  const record = instanceRecord.parse(recordOf("missing_table", identity, { sql: "select a, b from other.nope where a = 1" }));
  expect(planOf(record).tasks[0]?.result.text).toBe(
    "ODPS-0130131:[1,18] Table not found - table demo_project.nope cannot be resolved",
  );
});
