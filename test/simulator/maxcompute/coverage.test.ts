import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMaxComputeClient, type MaxComputeClient, type Worker } from "../../../src/maxcompute/index.ts";
import { coverage } from "../../../src/simulator/maxcompute/index.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { tunnelOf, versionHeader } from "./tunnel/tunnel-wire.ts";
import { aSimulator, errorCode, stopBody } from "./wire.ts";

const taskName = "AnonymousSQLTask";
let world: Awaited<ReturnType<typeof aSimulator>>;
let client: MaxComputeClient;
let someWorker: Worker;
const clock = manualClock();
const aMinutePasses = () => clock.advance(60_000);
beforeAll(async () => {
  world = await aSimulator({ clock });
  const { endpoint, project, accessId, accessKey, region } = world.simulator;
  client = createMaxComputeClient({ endpoint, project, region, accessKey: { id: accessId, secret: accessKey }, now: clock.now });
  [someWorker = {}] = await client.getWorkers(world.simulator.instances.success ?? "", taskName);
});
afterAll(() => world.simulator.close());

const rowOf = (call: string) => coverage.find((row) => row.call === call);
// These two ask nothing of the service.
const isCall = (name: string): boolean => !["project", "withDeadline"].includes(name);

const xflowId = (): string => world.simulator.instances.xflow ?? "";

/** How each call of the client is made, on a finished instance unless it must run. */
const calls: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
  listInstances: async () => {
    for await (const { id } of client.listInstances({ limit: 3 })) expect(id).not.toBe("");
  },
  instanceExists: (id) => client.instanceExists(id),
  getInstance: (id) => client.getInstance(id),
  getTasks: (id) => client.getTasks(id),
  getTaskNames: (id) => client.getTaskNames(id),
  getTaskProgress: (id) => client.getTaskProgress(id, taskName),
  getTaskResult: (id) => client.getTaskResult(id, taskName),
  getTaskResults: (id) => client.getTaskResults(id),
  openResult: (id) => client.openResult(id),
  resultCsv: (id) => client.resultCsv(id).toArray(),
  stopInstance: () => client.stopInstance(world.simulator.start("running")),
  getLogview: (id) => client.getLogview(id),
  getJobInsight: (id) => client.getJobInsight(id),

  // Tasks in depth, queueing, XFlow
  getTaskSummary: (id) => client.getTaskSummary(id, taskName),
  getTaskCost: (id) => client.getTaskCost(id, taskName),
  getTaskDetail: (id) => client.getTaskDetail(id, taskName),
  getTaskDetail2: (id) => client.getTaskDetail2(id, taskName),
  getTaskQuota: (id) => client.getTaskQuota(id, taskName),
  getTaskInfo: (id) => client.getTaskInfo(id, taskName, "note"),
  putTaskInfo: () => client.putTaskInfo(world.simulator.start("running"), taskName, "note", "seen"),
  getWarnings: (id) => client.getWarnings(id, taskName),
  getSource: (id) => client.getSource(id),
  getWorkers: async (id) => expect((await client.getWorkers(id, taskName)).length).toBeGreaterThan(0),
  getWorkerLog: (id) => client.getWorkerLog(id, someWorker.logId ?? "", "stdout", { size: 100 }),
  getQueueingInfo: (id) => client.getQueueingInfo(id),
  listQueueingInfos: async () => {
    for await (const info of client.listQueueingInfos({ limit: 3 })) expect(info.instanceId).not.toBe("");
  },
  isXflow: async () => expect(await client.isXflow(xflowId())).toBe(true),
  getXflowSource: async () => expect(await client.getXflowSource(xflowId())).toBeDefined(),
  getXflowActions: async () => expect(await client.getXflowActions(xflowId())).not.toEqual([]),
  getSubInstances: async () => expect(await client.getSubInstances(xflowId())).not.toEqual([]),
  followSubInstances: async () => {
    for await (const { name } of client.followSubInstances(xflowId())) expect(name).not.toBe("");
  },

  // Waiting and submitting; each look lets a minute pass.
  waitForCompletion: (id) => client.waitForCompletion(id),
  waitForSuccess: (id) => client.waitForSuccess(id),
  runSql: () => client.runSql("select 1"),
  executeSql: () => client.executeSql("select 1", { onProgress: aMinutePasses }),
  estimateSqlCost: () => client.estimateSqlCost("select 1", { onProgress: aMinutePasses }),
  runXflow: () => client.runXflow("AppendID", { parameters: { inputTableName: "t_in", outputTableName: "t_out" } }),
};

// What a call may ask for besides, and how much.
const notOfRoutes = /^(curr_project|maxitems|marker|rowrange|columns|quotaName|instance_tunnel_limit_enabled)(=|$)|^$/;

/** `METHOD path?query` as the list writes routes: without the endpoint, `curr_project` and this run's names. */
const routeOf = ({ method, path, query }: { method: string; path: string; query: string }): string => {
  const known = query.split("&").filter((part) => !notOfRoutes.test(part));
  const bare = known
    .map((part) =>
      part
        .replace(/=$/, "")
        .replace(/^id=.*/, "id={l}")
        .replaceAll(taskName, "{t}")
        .replace(/^(downloadid)=.*/, "$1={d}"),
    )
    .join("&");
  const place = path
    .replace(/^\/api/, "")
    .replace(/^\/projects\/[^/]+/, "/projects/{p}")
    .replace(/\/instances\/[^/]+$/, "/instances/{i}");
  return `${method} ${place}${bare === "" ? "" : `?${bare}`}`;
};

const putBody = (query: string): string =>
  query.startsWith("info") ? "<Instance><Key>k</Key><Value>v</Value></Instance>" : stopBody;

describe("the coverage list", () => {
  it("has a row, that is not 'not started', for every call of the client", () => {
    const missing = Object.keys(client).filter(
      (name) => isCall(name) && (rowOf(name)?.status ?? "not_started") === "not_started",
    );
    expect(missing).toEqual([]);
    expect(Object.keys(client).filter((name) => isCall(name) && !Object.hasOwn(calls, name))).toEqual([]);
  });

  it("names each call once, and says why what is not whole is not", () => {
    const names = coverage.map(({ call }) => call);
    expect(new Set(names).size).toBe(names.length);
    expect(coverage.filter(({ status, note }) => status !== "supported" && note === undefined)).toEqual([]);
    expect(
      coverage.filter(({ status, routes, testedBy }) => (status === "not_started") !== (routes.length + testedBy.length === 0)),
    ).toEqual([]);
  });

  it("names tests that exist", () => {
    const files = new Set(coverage.flatMap(({ testedBy }) => testedBy));
    expect([...files].filter((file) => !existsSync(new URL(file, import.meta.url)))).toEqual([]);
  });

  it.each(Object.entries(calls))("%s makes the requests of its row and no others, and succeeds", async (call, make) => {
    const before = world.simulator.requests().length;
    await make(world.simulator.instances.success ?? "");
    const made = world.simulator.requests().slice(before).map(routeOf);
    expect(made).not.toEqual([]);
    expect(made.filter((route) => !rowOf(call)?.routes.includes(route))).toEqual([]);
  });

  const someLogId = async (): Promise<string> => {
    const { body } = await world.get("success", ["detail", ""], ["taskname", taskName]);
    return JSON.parse(body).mapReduce.jobs[0].tasks[0].instances[0].logId;
  };

  const routes = [...new Set(coverage.flatMap((row) => row.routes))];
  it.each(routes)("%s is answered by the simulator", async (route) => {
    const [method = "", target = ""] = route.split(" ");
    const logId = target.includes("{l}") ? await someLogId() : "";
    const named = target.replaceAll("{p}", "demo_project").replaceAll("{t}", taskName).replaceAll("{l}", logId);
    const [path = "", query = ""] = named.split("?");
    const { success, xflow } = world.simulator.instances;
    const finished = /^x(?:source|result)$/.test(query) ? xflow : success;
    const id = method === "PUT" ? world.simulator.start("running") : finished;
    const isTunnel = /^download(s|id)/.test(query);
    const session = query.includes("{d}") ? await tunnelOf(world).idOf("success") : "";
    const parameters = query
      .replace("{d}", session)
      .split("&")
      .filter((part) => part !== "");
    const answer = await world.ask({
      method,
      path: path.replace("{i}", id ?? ""),
      query: parameters.map((part) => [part.split("=")[0] ?? "", part.split("=")[1] ?? ""] as const),
      body: method === "PUT" ? putBody(query) : "",
      ...(isTunnel && { at: "root" as const, headers: versionHeader }),
    });
    // A POST without a sensible body is understood as far as its route: what is wrong is the body.
    if (method === "POST" && !isTunnel) expect(["InvalidArgument", "InvalidParameter"]).toContain(errorCode(answer));
    else expect(answer.status).toBe(200);
  });
});
