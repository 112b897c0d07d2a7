import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aSimulator, errorCode, texts } from "./wire.ts";

let world: Awaited<ReturnType<typeof aSimulator>>;
beforeAll(async () => {
  world = await aSimulator({ region: "cn-shanghai" });
});
afterAll(() => world.simulator.close());

const tokenFor = (resource: string, hours = 2, { ask } = world) =>
  ask({
    method: "POST",
    path: "/projects/demo_project/authorization",
    query: [["sign_bearer_token", ""]],
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      expires_in_hours: hours,
      policy: { Statement: [{ Action: ["odps:Read"], Effect: "Allow", Resource: resource }], Version: "1" },
    }),
  });
const resourceOf = (scenario: string): string =>
  `acs:odps:*:projects/demo_project/instances/${world.simulator.instances[scenario]}`;

describe("what an SDK asks before it asks for instances", () => {
  it.each(["/logview/host", "/webconsole/host"])("%s is plain text, signed or not", async (path) => {
    const answers = [await world.ask({ path }), await world.ask({ path, unsigned: true })];
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, world.simulator.url],
      [200, world.simulator.url],
    ]);
    expect(answers[0]?.headers["content-type"]).toContain("text/plain");
  });

  it("the tenant is JSON with an object of parameters", async () => {
    const { body } = await world.ask({ path: "/tenants" });
    expect(JSON.parse(body).Tenant.Parameters).toEqual({});
  });

  it("telemetry is taken", async () => {
    expect((await world.ask({ method: "PUT", path: "/projects/demo_project/logs", body: "{}" })).status).toBe(200);
  });

  it("the project names its region, and answers HEAD without a body", async () => {
    const { headers, body } = await world.ask({ path: "/projects/demo_project" });
    expect([texts(body, "Region"), headers["x-odps-region"], headers["x-odps-owner"]]).toEqual([
      ["cn-shanghai"],
      "cn-shanghai",
      "ALIYUN$alice@example.com",
    ]);
    const head = await world.ask({ method: "HEAD", path: "/projects/demo_project" });
    expect([head.status, head.body]).toEqual([200, ""]);
  });
});

describe("the tunnel's address", () => {
  const service = (headers: Readonly<Record<string, string>> = {}) =>
    world.ask({ path: "/projects/demo_project/tunnel", query: [["service", ""]], headers });

  it("is that of the simulator, as the caller knows it, and what is there must be signed", async () => {
    expect(`http://${(await service()).body}`).toBe(world.simulator.url);
    expect((await service({ host: "simulator.test:3001" })).body).toBe("simulator.test:3001");
    const atRoot = await fetch(`${world.simulator.url}${world.instancePath("success")}`);
    expect(atRoot.status).toBe(401);
  });
});

describe("Logview", () => {
  it("gives a token that reads that instance and nothing else, until it expires", async () => {
    const token = texts((await tokenFor(resourceOf("running"))).body, "Result")[0] ?? "";
    const parts = Buffer.from(token, "base64").toString().split(",");
    expect(Number(parts[2])).toBe(Date.UTC(2026, 10, 22, 12) / 1_000);
    const bearing = (scenario: string, method = "GET") =>
      world.ask({ method, path: world.instancePath(scenario), unsigned: true, headers: { "x-odps-bearer-token": token } });
    expect((await bearing("running")).status).toBe(200);
    expect(errorCode(await bearing("success"))).toBe("NoPermission");
    expect(errorCode(await bearing("running", "PUT"))).toBe("NoPermission");

    const link = `${world.simulator.url}/logview/?h=${world.simulator.endpoint}&p=demo_project&i=${world.simulator.instances.running}&token=${token}`;
    expect(await (await fetch(link)).text()).toContain(`Logview of ${world.simulator.instances.running}`);
    expect(
      (await fetch(link.replace(`${world.simulator.instances.running}`, `${world.simulator.instances.success}`))).status,
    ).toBe(403);
    expect(JSON.stringify(world.simulator.requests())).not.toContain(token);

    await world.clock.advance(2 * 3_600_000);
    expect(errorCode(await bearing("running"))).toBe("AuthenticationRequestExpired");
    expect((await fetch(link)).status).toBe(403);
  });

  it("gives no token for longer than it is set to", async () => {
    const strict = await aSimulator({ settings: { maxTokenHours: 24 } });
    expect((await tokenFor(resourceOf("running"), 24, strict)).status).toBe(200);
    const refused = await tokenFor(resourceOf("running"), 25, strict);
    expect([refused.status, errorCode(refused)]).toEqual([400, "InvalidArgument"]);
    await strict.simulator.close();
  });

  it("refuses a token that was not issued here", async () => {
    const forged = Buffer.from(`demo_project,${world.simulator.instances.running},9999999999,00`).toString("base64");
    const answer = await world.ask({
      path: world.instancePath("running"),
      unsigned: true,
      headers: { "x-odps-bearer-token": forged },
    });
    expect([answer.status, errorCode(answer)]).toEqual([401, "Unauthorized"]);
  });

  it("opens the page of a job insight link, and only in the simulator's region", async () => {
    const query = `h=${world.simulator.endpoint}&p=demo_project&i=20261122`;
    expect(await (await fetch(`${world.simulator.url}/cn-shanghai/job-insights?${query}`)).text()).toContain(
      "Job insight of 20261122",
    );
    expect((await fetch(`${world.simulator.url}/cn-beijing/job-insights?${query}`)).status).toBe(404);
  });

  it.each([
    ["a denied instance", () => tokenFor(resourceOf("denied")), "NoPermission"],
    [
      "an instance that is not there",
      () => tokenFor("acs:odps:*:projects/demo_project/instances/20260101000000000gx"),
      "NoSuchObject",
    ],
    ["a whole project", () => tokenFor("acs:odps:*:projects/demo_project/*"), "InvalidArgument"],
    ["another project", () => tokenFor("acs:odps:*:projects/other/instances/20260101000000000gx"), "InvalidArgument"],
    ["less than no time", () => tokenFor(resourceOf("running"), -1), "InvalidArgument"],
  ])("gives no token for %s", async (_case, request, code) => {
    expect(errorCode(await request())).toBe(code);
  });
});
