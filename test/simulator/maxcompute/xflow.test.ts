import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { instanceRecord } from "../../../src/simulator/maxcompute/record.ts";
import { membersOf, planOf } from "../../../src/simulator/maxcompute/scenarios/index.ts";
import { recordOf } from "../../../src/simulator/maxcompute/seeds.ts";
import { stateAt } from "../../../src/simulator/maxcompute/timeline.ts";
import { type Action, actionsIn } from "./actions.ts";
import { aSimulator, errorCode, texts, untilSeen } from "./wire.ts";

let world: Awaited<ReturnType<typeof aSimulator>>;
beforeAll(async () => {
  world = await aSimulator();
});
afterAll(() => world.simulator.close());

type World = typeof world;

const actions = async (scenarioOrId: string, { get }: World = world): Promise<readonly Action[]> =>
  actionsIn((await get(scenarioOrId, ["xresult", ""])).body);
const names = async (scenarioOrId: string, w: World = world) => (await actions(scenarioOrId, w)).map(({ name }) => name);
const nodeId = async (scenarioOrId: string, node: string, w: World = world): Promise<string> =>
  (await actions(scenarioOrId, w)).find(({ name }) => name === node)?.id ?? "";
const statuses = async (scenarioOrId: string, { get }: World = world): Promise<string> =>
  texts((await get(scenarioOrId, ["taskstatus", ""])).body, "Status").join(" ");

describe("an XFlow that has finished", () => {
  it("lists start and end, its instances and its sub-workflow, in the order in which they started", async () => {
    expect((await actions("xflow")).map(({ nodeType, name, id }) => [nodeType, name, id === "" ? "" : "id"])).toEqual([
      ["Local", "Start", ""],
      ["Instance", "split_data", "id"],
      ["SubWorkflow", "tune", "id"],
      ["Instance", "predict", "id"],
      ["Instance", "evaluate", "id"],
      ["Local", "End", ""],
    ]);
  });

  it("writes an action as the service does", async () => {
    const { body } = await world.get("xflow", ["xresult", ""]);
    expect(body).toContain(
      '<Xinstance><Actions><Action NodeType="Local"><InstanceId/><Name>Start</Name><Result Format="text"><![CDATA[]]></Result></Action>' +
        `<Action NodeType="Instance"><InstanceId>${await nodeId("xflow", "split_data")}</InstanceId><Name>split_data</Name>`,
    );
  });

  it("has a sub-workflow with nodes of its own, which is an XFlow as well", async () => {
    const tune = await nodeId("xflow", "tune");
    expect(await names(tune)).toEqual(["Start", "train_depth_4", "train_depth_8", "choose_best", "End"]);
    expect(texts((await world.get(tune, ["xsource", ""])).body, "Xflow")).toEqual(["tune"]);
  });

  it("says at ?xsource what it was asked", async () => {
    const { body } = await world.get("xflow", ["xsource", ""]);
    expect(body).toContain(
      "<Instance><XflowInstance><Project>algo_public</Project><Xflow>order_pipeline</Xflow><Parameters><Parameter><Key>inputTableName</Key>" +
        "<Value>demo_project.orders</Value></Parameter>",
    );
    expect(texts(body, "Priority")).toEqual(["9"]);
    // It has no tasks that could be shown where other instances have theirs.
    expect((await world.get("xflow", ["source", ""])).body).toContain("<Tasks/>");
  });

  it.each(["xsource", "xresult"])(
    "?%s is NoSuchObject for an instance that is none, and for one that an XFlow started",
    async (action) => {
      const answers = [await world.get("success", [action, ""]), await world.get(await nodeId("xflow", "predict"), [action, ""])];
      expect(answers.map((answer) => [answer.status, errorCode(answer)])).toEqual([
        [404, "NoSuchObject"],
        [404, "NoSuchObject"],
      ]);
    },
  );

  it("keeps all ids in another simulator", async () => {
    const other = await aSimulator();
    await other.clock.advance(12_345);
    expect(await actions("xflow", other)).toEqual(await actions("xflow"));
    expect((await nodeId("xflow", "evaluate")).slice(0, 14)).toBe("20261122080655");
    await other.simulator.close();
  });
});

describe("an instance that an XFlow started", () => {
  it("is an ordinary one: status, times, tasks, progress, result, summary and listing", async () => {
    const id = await nodeId("xflow", "evaluate");
    expect(await statuses(id)).toBe("Terminated Success");
    const { headers } = await world.get(id);
    expect([headers["x-odps-owner"], headers["x-odps-start-time"], headers["x-odps-end-time"]]).toEqual([
      "ALIYUN$alice@example.com",
      "Sun, 22 Nov 2026 08:06:35 GMT",
      "Sun, 22 Nov 2026 08:07:16 GMT",
    ]);
    const task = "AnonymousSQLTask";
    expect(texts((await world.get(id, ["instanceprogress", task])).body, "FinishedPercentage")).toEqual(["100"]);
    expect((await world.get(id, ["result", ""])).body).toContain(Buffer.from('"auc","f1"\n0.914,0.872\n').toString("base64"));
    expect((await world.get(id, ["instancesummary", ""], ["taskname", task])).headers["x-odps-task-finalized"]).toBe("true");
    expect((await world.get(id, ["source", ""])).body).toContain("SELECT auc, f1 FROM order_metrics;");
    const listing = await world.ask({ path: "/projects/demo_project/instances", query: [["jobname", "evaluate"]] });
    expect(texts(listing.body, "Name")).toContain(id);
  });

  it("has a Logview of its own", async () => {
    const instance = await nodeId("xflow", "predict");
    const policy = {
      Statement: [{ Action: ["odps:Read"], Effect: "Allow", Resource: `acs:odps:*:projects/demo_project/instances/${instance}` }],
    };
    const answer = await world.ask({
      method: "POST",
      path: "/projects/demo_project/authorization",
      query: [["sign_bearer_token", ""]],
      body: JSON.stringify({ expires_in_hours: 1, policy: { ...policy, Version: "1" } }),
    });
    const token = texts(answer.body, "Result")[0] ?? "";
    const page = await fetch(`${world.simulator.url}/logview/?h=x&p=demo_project&i=${instance}&token=${token}`);
    expect(await page.text()).toContain("predict\tSuccess");
  });

  it("does not exist before its turn", async () => {
    const fresh = await aSimulator();
    await fresh.clock.advance(16 * 60_000 + 1_000);
    const [early, late] = [await nodeId("xflow_running", "split_data", fresh), await nodeId("xflow_running", "evaluate", fresh)];
    const young = await aSimulator();
    await young.clock.advance(60_000);
    expect((await young.get(early)).status).toBe(200);
    expect(errorCode(await young.get(late))).toBe("NoSuchObject");
    await Promise.all([fresh.simulator.close(), young.simulator.close()]);
  });
});

it("xflow_running grows for more than ten minutes, at one level and below, and then succeeds", async () => {
  const growing = await aSimulator();
  const after = async (seconds: number): Promise<string> => {
    await growing.clock.advance(seconds * 1_000);
    return `${(await names("xflow_running", growing)).join(" ")}: ${await statuses("xflow_running", growing)}`;
  };
  expect(await after(0)).toBe("Start: Running Running");
  expect(await after(5)).toBe("Start split_data: Running Running");
  expect(await after(65)).toBe("Start split_data features: Running Running");
  expect(await after(240)).toBe("Start split_data features tune: Running Running");
  const tune = await nodeId("xflow_running", "tune", growing);
  expect(await names(tune, growing)).toEqual(["Start", "train_depth_4"]);
  expect(await after(290)).toBe("Start split_data features tune: Running Running");
  expect(await names(tune, growing)).toEqual(["Start", "train_depth_4", "train_depth_8", "choose_best"]);
  expect(await after(130)).toBe("Start split_data features tune predict evaluate: Running Running");
  expect(await names(tune, growing)).toContain("End");
  expect(await after(230)).toBe("Start split_data features tune predict evaluate: Running Running");
  expect(await after(2)).toBe("Start split_data features tune predict evaluate End: Terminated Success");
  await growing.simulator.close();
});

it("a node that fails fails the root, cancels what runs beside it, and nothing starts any more", async () => {
  expect(await names("xflow_failed")).toEqual(["Start", "split_data", "train", "features"]);
  const nodes = ["split_data", "train", "features"].map((node) => nodeId("xflow_failed", node).then((id) => statuses(id)));
  expect(await Promise.all(nodes)).toEqual(["Terminated Success", "Terminated Failed", "Terminated Cancelled"]);
  expect(await statuses("xflow_failed")).toBe("Terminated Failed");
  const { body } = await world.get("xflow_failed", ["result", ""]);
  expect(body).toContain(Buffer.from("ODPS-1100013:Xflow failed - node train failed").toString("base64"));
  expect((await actions("xflow_failed")).find(({ name }) => name === "train")?.result).toContain(
    "ODPS-1202005:Algo job failed - ",
  );
});

describe("stopping", () => {
  const running = async (seconds: number): Promise<World> => {
    const fresh = await aSimulator({ settings: { stopDelayMs: 3_000, longPollMs: 60_000 } });
    await fresh.clock.advance(seconds * 1_000);
    return fresh;
  };

  it("the root stops what runs below, at every level, and nothing starts any more", async () => {
    const w = await running(400);
    const [split, tune] = [await nodeId("xflow_running", "split_data", w), await nodeId("xflow_running", "tune", w)];
    const train = await nodeId(tune, "train_depth_8", w);
    expect((await w.stop("xflow_running")).status).toBe(200);
    await w.clock.advance(2_999);
    expect(await statuses(train, w)).toBe("Running Running");
    await w.clock.advance(1);
    expect(await Promise.all(["xflow_running", tune, train, split].map((id) => statuses(id, w)))).toEqual([
      "Terminated Cancelled",
      "Terminated Cancelled",
      "Terminated Cancelled",
      "Terminated Success",
    ]);
    await w.clock.advance(20 * 60_000);
    expect(await names("xflow_running", w)).toEqual(["Start", "split_data", "features", "tune"]);
    await w.simulator.close();
  });

  it("one branch fails the flow, and wakes whoever waits for it or for its neighbour", async () => {
    const w = await running(400);
    const tune = await nodeId("xflow_running", "tune", w);
    const [stopped, beside] = [await nodeId(tune, "train_depth_4", w), await nodeId(tune, "train_depth_8", w)];
    const seen = w.simulator.requests().length;
    const held = [w.get("xflow_running", ["instancestatus", ""]), w.get(beside, ["instancestatus", ""])];
    await untilSeen(w.simulator, seen + 2);
    await w.stop(stopped);
    await w.clock.advance(3_000);
    for (const answer of await Promise.all(held)) expect(texts(answer.body, "Status")).toEqual(["Terminated"]);
    expect(await Promise.all([stopped, beside, tune, "xflow_running"].map((id) => statuses(id, w)))).toEqual([
      "Terminated Cancelled",
      "Terminated Cancelled",
      "Terminated Failed",
      "Terminated Failed",
    ]);
    const late = await w.stop(stopped);
    expect([late.status, errorCode(late)]).toEqual([409, "InvalidStateSetting"]);
    await w.simulator.close();
  });

  it("a sub-workflow cancels what is in it, and fails the flow", async () => {
    const w = await running(400);
    const tune = await nodeId("xflow_running", "tune", w);
    const train = await nodeId(tune, "train_depth_8", w);
    await w.stop(tune);
    await w.clock.advance(3_000);
    expect(await Promise.all([tune, train, "xflow_running"].map((id) => statuses(id, w)))).toEqual([
      "Terminated Cancelled",
      "Terminated Cancelled",
      "Terminated Failed",
    ]);
    await w.simulator.close();
  });

  it("a node that ends by itself before the stop takes effect changes nothing for the flow", async () => {
    const w = await running(64);
    const split = await nodeId("xflow_running", "split_data", w);
    await w.stop(split);
    await w.clock.advance(30_000);
    expect([await statuses(split, w), await statuses("xflow_running", w)]).toEqual(["Terminated Success", "Running Running"]);
    await w.simulator.close();
  });

  it("in whatever order, leaves nothing running or starting once the root has ended", () => {
    const identity = { id: "20261122080000101gabcdefgh", project: "p", caller: "c", startedAt: 0 };
    const seeded = recordOf("xflow_running", identity);
    const paths = ["split_data", "features", "tune", "tune/train_depth_4", "tune/train_depth_8", "tune/choose_best", "predict"];
    const stops = fc.dictionary(fc.constantFrom(...paths), fc.nat(1_000_000), { noNullPrototype: true });
    fc.assert(
      fc.property(stops, fc.option(fc.nat(1_000_000), { nil: undefined }), (nodeStops, stopAt) => {
        const root = instanceRecord.parse({ ...seeded, nodeStops, ...(stopAt !== undefined && { stopAt }) });
        const end = stateAt(planOf(root), root, 2_000_000).endTime ?? Number.POSITIVE_INFINITY;
        expect(end).toBeLessThan(2_000_000);
        for (const { record, plan } of membersOf(root)) {
          expect(record.startedAt).toBeLessThan(end);
          expect(stateAt(plan, record, end).status).toBe("Terminated");
        }
      }),
      { numRuns: 200 },
    );
  });
});

it("a flow can be started in a length of one's own, under either spelling of its name", async () => {
  const fresh = await aSimulator();
  const id = fresh.simulator.start("xflow-running", { durationMs: 10_000 });
  await fresh.clock.advance(9_000);
  expect(await names(id, fresh)).toContain("predict");
  expect(await statuses(id, fresh)).toBe("Running Running");
  await fresh.clock.advance(1_000);
  expect(await statuses(id, fresh)).toBe("Terminated Success");
  expect(fresh.simulator.list().filter(({ scenario }) => scenario === "xflow_running/tune")).toHaveLength(1);
  await fresh.simulator.close();
});
