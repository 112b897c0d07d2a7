import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMaxComputeClient, type MaxComputeClient } from "../../../src/maxcompute/index.ts";
import { coverage } from "../../../src/simulator/maxcompute/index.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { aSimulator, errorCode, stopBody } from "./wire.ts";

const taskName = "AnonymousSQLTask";
let world: Awaited<ReturnType<typeof aSimulator>>;
let client: MaxComputeClient;
beforeAll(async () => {
  const clock = manualClock();
  world = await aSimulator({ clock });
  const { endpoint, project, accessId, accessKey, region } = world.simulator;
  client = createMaxComputeClient({ endpoint, project, region, accessKey: { id: accessId, secret: accessKey }, now: clock.now });
});
afterAll(() => world.simulator.close());

const rowOf = (call: string) => coverage.find((row) => row.call === call);
// These two ask nothing of the service.
const isCall = (name: string): boolean => !["project", "withDeadline"].includes(name);

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
};

/** `METHOD path?query` as the list writes routes: without the endpoint, `curr_project` and this run's names. */
const routeOf = ({ method, path, query }: { method: string; path: string; query: string }): string => {
  const known = query.split("&").filter((part) => !/^(curr_project|maxitems|marker)=|^$/.test(part));
  const bare = known.map((part) => part.replace(/=$/, "").replaceAll(taskName, "{t}")).join("&");
  const place = path
    .replace(/^\/api/, "")
    .replace(/^\/projects\/[^/]+/, "/projects/{p}")
    .replace(/\/instances\/[^/]+$/, "/instances/{i}");
  return `${method} ${place}${bare === "" ? "" : `?${bare}`}`;
};

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

  const routes = [...new Set(coverage.flatMap((row) => row.routes))];
  it.each(routes)("%s is answered by the simulator", async (route) => {
    const [method = "", target = ""] = route.split(" ");
    const [path = "", query = ""] = target.replaceAll("{p}", "demo_project").replaceAll("{t}", taskName).split("?");
    const id = method === "PUT" ? world.simulator.start("running") : world.simulator.instances.success;
    const parameters = query.split("&").filter((part) => part !== "");
    const answer = await world.ask({
      method,
      path: path.replace("{i}", id ?? ""),
      query: parameters.map((part) => [part.split("=")[0] ?? "", part.split("=")[1] ?? ""] as const),
      body: method === "PUT" ? stopBody : "",
    });
    // A POST without a sensible body is understood as far as its route: what is wrong is the body.
    if (method === "POST") expect(["InvalidArgument", "InvalidParameter"]).toContain(errorCode(answer));
    else expect(answer.status).toBe(200);
  });
});
