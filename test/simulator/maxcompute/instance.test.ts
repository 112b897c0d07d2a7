import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aSimulator, errorCode, texts, untilSeen } from "./wire.ts";

let world: Awaited<ReturnType<typeof aSimulator>>;
beforeAll(async () => {
  world = await aSimulator({ settings: { longPollMs: 8_000 } });
});
afterAll(() => world.simulator.close());

const task = "AnonymousSQLTask";

describe("an instance's status", () => {
  it("comes with owner and times in headers, and no end while it runs", async () => {
    const { status, headers, body } = await world.get("running");
    expect([status, texts(body, "Status")]).toEqual([200, ["Running"]]);
    expect(headers["x-odps-owner"]).toBe("ALIYUN$alice@example.com");
    expect(headers["x-odps-start-time"]).toBe("Sun, 22 Nov 2026 10:00:00 GMT");
    expect(headers["x-odps-end-time"]).toBeUndefined();
    expect(headers.date).toBe("Sun, 22 Nov 2026 10:00:00 GMT");
  });

  it("is NoSuchObject for an unknown id, NoPermission for a denied one, NoSuchProject elsewhere", async () => {
    const answers = [
      await world.get("20260101000000000gnobody"),
      await world.get("denied", ["taskstatus", ""]),
      await world.get("__proto__"),
      await world.ask({ path: "/projects/elsewhere/instances/x" }),
    ];
    expect(answers.map((answer) => [answer.status, errorCode(answer)])).toEqual([
      [404, "NoSuchObject"],
      [403, "NoPermission"],
      [404, "NoSuchObject"],
      [404, "NoSuchProject"],
    ]);
  });

  it("is refused for an action nobody knows, and 405 for a method nobody has", async () => {
    const unknown = await world.get("running", ["xyzzy", ""]);
    expect([unknown.status, errorCode(unknown)]).toEqual([400, "InvalidArgument"]);
    const deleted = await world.ask({ method: "DELETE", path: world.instancePath("running") });
    expect([deleted.status, errorCode(deleted), deleted.headers.allow]).toEqual([405, "MethodNotAllowed", "GET, PUT, POST"]);
    const nowhere = await world.ask({ path: "/constructor/toString" });
    expect([nowhere.status, errorCode(nowhere)]).toEqual([404, "NoSuchPath"]);
  });
});

describe("?instancestatus", () => {
  it("answers at once when the instance has ended", async () => {
    expect(texts((await world.get("success", ["instancestatus", ""])).body, "Status")).toEqual(["Terminated"]);
  });

  it("is held until the instance ends", async () => {
    const id = world.simulator.start("short", { durationMs: 3_000 });
    const seen = world.simulator.requests().length;
    const held = world.get(id, ["instancestatus", ""]);
    await untilSeen(world.simulator, seen + 1);
    // The request is recorded before its body is read; a second round trip lets the first one reach its wait.
    await world.get("running");
    await world.clock.advance(4_000);
    expect(texts((await held).body, "Status")).toEqual(["Terminated"]);
  });

  it("answers Running when nothing changed until the server has waited long enough", async () => {
    const id = world.simulator.start("running");
    const seen = world.simulator.requests().length;
    const held = world.get(id, ["instancestatus", ""]);
    await untilSeen(world.simulator, seen + 1);
    await world.get("running");
    await world.clock.advance(8_000);
    expect(texts((await held).body, "Status")).toEqual(["Running"]);
  });
});

describe("?instanceprogress", () => {
  it.each([
    [
      "both keys",
      [
        ["instanceprogress", task],
        ["taskname", task],
      ],
    ],
    ["the name in the action", [["instanceprogress", task]]],
    [
      "an empty action and taskname",
      [
        ["instanceprogress", ""],
        ["taskname", task],
      ],
    ],
  ] as const)("takes %s", async (_case, query) => {
    const { body } = await world.get("document", ...query);
    expect(body).toContain(
      '<Progress><Stage ID="M1_Stg1_job0"><Status>TERMINATED</Status><BackupWorkers>0</BackupWorkers><TerminatedWorkers>1</TerminatedWorkers>' +
        "<RunningWorkers>0</RunningWorkers><TotalWorkers>1</TotalWorkers><InputRecords>1</InputRecords><OutputRecords>1</OutputRecords>" +
        "<FinishedPercentage>100</FinishedPercentage></Stage></Progress>",
    );
  });

  it("has no stages while the instance is queued, and refuses a task that is not there", async () => {
    expect((await world.get("queued", ["instanceprogress", task])).body).toContain("<Progress/>");
    expect(errorCode(await world.get("queued", ["instanceprogress", "Other"]))).toBe("InvalidArgument");
    expect(errorCode(await world.get("queued", ["instanceprogress", ""]))).toBe("InvalidArgument");
  });

  it("shows the stages of the running instance at different speeds", async () => {
    const id = world.simulator.start("running");
    await world.clock.advance(240_000);
    const { body } = await world.get(id, ["instanceprogress", task]);
    expect(texts(body, "FinishedPercentage")).toEqual(["79", "44", "0", "0"]);
    expect(texts(body, "TerminatedWorkers")).toEqual(["31", "53", "0", "0"]);
  });
});

describe("other actions", () => {
  it("?instancesummary has the cost of a finished task, and says whether it can still change", async () => {
    const finished = await world.get("success", ["instancesummary", ""], ["taskname", task]);
    expect(finished.headers["x-odps-task-finalized"]).toBe("true");
    const { Cost, ...others } = JSON.parse(JSON.parse(finished.body).Instance.JsonSummary);
    expect(Cost).toEqual({ CPU: 40_000, Memory: 409_600, Input: 7_948_800 });
    expect(Object.keys(others)).toEqual(["jobs"]);
    const running = await world.get("running", ["instancesummary", ""], ["taskname", task]);
    expect([running.headers["x-odps-task-finalized"], running.body]).toEqual(["false", '{"Instance":{"JsonSummary":null}}']);
  });

  it("?source has statement and priority", async () => {
    const { body } = await world.get("queued", ["source", ""]);
    expect(body).toContain("<Query><![CDATA[SELECT max(id) FROM orders;]]></Query>");
    expect(texts(body, "Priority")).toEqual(["5"]);
  });

  it("?cached has the place in the queue, and the progress under both of its names", async () => {
    const info = JSON.parse((await world.get("queued", ["cached", ""])).body);
    expect(info).toMatchObject({ instancePriority: 5, waitPos: 3, instanceProcess: 0, instanceProgress: 0, status: "Running" });
    expect(info.startTime).toBe("2026-11-22 10:00:00 +0000");
  });

  it("?taskstatus lists the tasks, with empty times where there are none yet", async () => {
    const { body } = await world.get("queued", ["taskstatus", ""]);
    expect(body).toContain(
      `<Task Type="SQL"><Name>${task}</Name><StartTime/><EndTime/><Status>Waiting</Status><Histories/></Task>`,
    );
  });
});

it("forgets a finished instance after the retention, when one is set", async () => {
  const short = await aSimulator({ settings: { retentionMs: 60_000 } });
  const id = short.simulator.start("no_result", { startedAt: short.clock.now() });
  await short.clock.advance(60_000);
  expect((await short.get(id)).status).toBe(200);
  await short.clock.advance(60_000);
  expect(errorCode(await short.get(id))).toBe("NoSuchObject");
  await short.simulator.close();
});
