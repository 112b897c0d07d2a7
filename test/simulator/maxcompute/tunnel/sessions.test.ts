import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aSimulator } from "../wire.ts";
import { codeOf, tunnelOf, versionHeader } from "./tunnel-wire.ts";

let world: Awaited<ReturnType<typeof aSimulator>>;
let tunnel: ReturnType<typeof tunnelOf>;
beforeAll(async () => {
  world = await aSimulator();
  tunnel = tunnelOf(world);
});
afterAll(() => world.simulator.close());

const limited = ["instance_tunnel_limit_enabled", ""] as const;

describe("a session", () => {
  it("tells how many records there are and what their columns are", async () => {
    const opened = await tunnel.open("success");
    const session = JSON.parse(opened.body);
    expect([opened.status, opened.headers["content-type"]]).toEqual([200, "application/json"]);
    expect(session).toEqual({
      DownloadID: expect.stringMatching(/^20261122100000[0-9a-f]{24}$/),
      Status: "normal",
      RecordCount: 5,
      Owner: "ALIYUN$alice@example.com",
      Initiated: "Sun, 22 Nov 2026 10:00:00 GMT",
      QuotaName: "default",
      Schema: {
        IsVirtualView: false,
        columns: ["bigint", "string", "decimal(10,2)", "double", "boolean", "datetime", "string"].map((type, at) => ({
          name: ["id", "customer", "amount", "ratio", "paid", "ordered_at", "note"][at],
          type,
          nullable: true,
          column_id: "",
          comment: "",
          default_value: "",
        })),
        partitionKeys: [],
      },
      SupportReadByRawSize: false,
    });
    expect(JSON.parse((await tunnel.state("success", session.DownloadID)).body)).toEqual(session);
  });

  it("has all rows of a large result, or the first 10,000 in limited mode", async () => {
    const countOf = async (...query: Parameters<typeof tunnel.open>) =>
      JSON.parse((await tunnel.open(...query)).body).RecordCount;
    expect(await countOf("large")).toBe(1_000_000);
    expect(await countOf("large", limited)).toBe(10_000);
    expect(await countOf("medium", limited)).toBe(300);
    expect(await countOf(world.simulator.start("large", { rows: 20_000_000 }))).toBe(20_000_000);
  });

  it.each([
    ["running", 400, "InstanceNotTerminate"],
    ["suspended", 400, "InstanceNotTerminate"],
    ["failed", 400, "TaskFailed"],
    ["cancelled", 400, "TaskFailed"],
    ["two_tasks", 400, "TaskFailed"],
    ["text", 400, "InstanceTypeNotSupported"],
    ["no_result", 400, "InstanceTypeNotSupported"],
    ["denied", 403, "NoPermission"],
    ["20260101000000000gnothing", 404, "NoSuchObject"],
  ])("is not opened for %s: %d %s", async (scenario, status, code) => {
    const answer = await tunnel.open(scenario);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  });

  it("is opened as soon as the instance has ended", async () => {
    const id = world.simulator.start("short");
    expect(codeOf(await tunnel.open(id))).toBe("InstanceNotTerminate");
    await world.clock.advance(30_000);
    expect(JSON.parse((await tunnel.open(id)).body).RecordCount).toBe(1);
  });

  it("belongs to its instance, and is forgotten by a reset", async () => {
    const id = await tunnel.idOf("success");
    expect(codeOf(await tunnel.state("medium", id))).toBe("NoSuchDownload");
    expect(codeOf(await tunnel.state("success", "made-up"))).toBe("NoSuchDownload");
    world.simulator.reset();
    expect(codeOf(await world.ask(tunnel.read("success", id)))).toBe("NoSuchDownload");
  });
});

describe("what the simulator is set to", () => {
  it("keeps a protected project's results in, unless the session is a limited one", async () => {
    const strict = await aSimulator({ settings: { isProjectProtected: true, notTerminatedStatus: 409 } });
    const { open, idOf, read } = tunnelOf(strict);
    const refused = await open("large");
    expect([refused.status, codeOf(refused)]).toEqual([403, "NoPermission"]);
    const id = await idOf("large", limited);
    expect((await strict.ask(read("large", id, ["rowrange", "(9990,10)"]))).status).toBe(200);
    expect(codeOf(await strict.ask(read("large", id, ["rowrange", "(9990,11)"])))).toBe("InvalidRowRange");
    expect((await open("running")).status).toBe(409);
    await strict.simulator.close();
  });

  it("lets a session be initiating at first, and expire in the end", async () => {
    const slow = await aSimulator({ settings: { tunnelInitiatingMs: 3_000, tunnelSessionMs: 60_000 } });
    const { open, state, read } = tunnelOf(slow);
    const { DownloadID: id, ...first } = JSON.parse((await open("success")).body);
    const now = async () => {
      const { Status, RecordCount } = JSON.parse((await state("success", id)).body);
      const answer = await slow.ask(read("success", id));
      return [Status, RecordCount, answer.status === 200 ? "readable" : codeOf(answer)];
    };
    expect([first.Status, first.RecordCount, first.Schema.columns.length]).toEqual(["initiating", 0, 7]);
    expect(await now()).toEqual(["initiating", 0, "StatusConflict"]);
    await slow.clock.advance(3_000);
    expect(await now()).toEqual(["normal", 5, "readable"]);
    await slow.clock.advance(57_000);
    expect(await now()).toEqual(["expired", 5, "StatusConflict"]);
    await slow.simulator.close();
  });
});

describe("a tunnel request", () => {
  it("is refused when it is signed wrongly, or not at all", async () => {
    const wanted = tunnel.wanted("success", "POST", [["downloads", ""]]);
    expect(codeOf(await world.ask({ ...wanted, accessKey: "wrong" }))).toBe("SignatureNotMatch");
    expect(codeOf(await world.ask({ ...wanted, unsigned: true }))).toBe("AuthorizationRequired");
    expect((await world.ask({ ...wanted, region: "cn-hangzhou" })).status).toBe(200);
  });

  it("must say which version of the tunnel it speaks", async () => {
    const wanted = tunnel.wanted("success", "POST", [["downloads", ""]]);
    expect(codeOf(await world.ask({ ...wanted, headers: {} }))).toBe("MissingRequiredHeaderError");
    expect((await world.ask({ ...wanted, headers: { "x-odps-tunnel-version": "5" } })).status).toBe(200);
  });

  it("goes to the root: the endpoint's /api knows no tunnel, and the root no other POST", async () => {
    const path = world.instancePath("success");
    const atApi = await world.ask({ method: "POST", path, query: [["downloads", ""]], headers: versionHeader });
    expect([atApi.status, codeOf(atApi)]).toEqual([400, "InvalidArgument"]);
    expect((await world.ask({ ...tunnel.wanted("success", "POST", [["uploads", ""]]) })).status).toBe(400);
  });

  it("may carry what PyODPS sends besides: a project, a quota, tags", async () => {
    const wanted = tunnel.wanted("success", "POST", [
      ["downloads", ""],
      ["curr_project", "demo_project"],
      ["quotaName", "default"],
    ]);
    expect((await world.ask({ ...wanted, headers: { ...wanted.headers, "odps-tunnel-tags": "a,b" } })).status).toBe(200);
  });
});
