import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { activate, meet } from "../../../src/simulator/maxcompute/faults.ts";
import { createMaxComputeSimulator } from "../../../src/simulator/maxcompute/index.ts";
import { readXml } from "../../../src/simulator/maxcompute/read-xml.ts";
import { aSimulator, errorCode, texts, untilSeen } from "./wire.ts";

let world: Awaited<ReturnType<typeof aSimulator>>;
beforeAll(async () => {
  world = await aSimulator();
});
beforeEach(() => world.simulator.reset());
afterAll(() => world.simulator.close());

const ok = async (): Promise<boolean> => (await world.get("document")).status === 200;
const failure = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => "answered",
    (error: { code?: string }) => error.code ?? "failed",
  );

describe("which requests meet a fault", () => {
  it("adds latencies and clock errors up, and takes the oldest of the endings", () => {
    const active = [
      { kind: "latency", ms: 100, times: 1 },
      { kind: "latency", ms: 20 },
      { kind: "hang", times: 1 },
      { kind: "truncate", times: 1 },
      { kind: "clock", offsetMs: -5 },
    ] as const;
    const first = meet(active.map(activate), "GET", "/a");
    expect(first.met).toEqual({ latencyMs: 120, clockOffsetMs: -5, ending: active[2] });
    const second = meet(first.left, "GET", "/a");
    expect(second.met).toEqual({ latencyMs: 20, clockOffsetMs: -5, ending: active[3] });
    expect(meet(second.left, "GET", "/a").met.ending).toBeUndefined();
  });

  it("leaves those alone that another path or method is meant for", async () => {
    world.simulator.fault({ kind: "status", status: 500, match: "taskstatus", method: "get" });
    expect((await world.get("running")).status).toBe(200);
    expect((await world.stop("running")).status).toBe(200);
    expect((await world.get("running", ["taskstatus", ""])).status).toBe(500);
  });

  it("are over after so many times, or when they are cleared", async () => {
    world.simulator.fault({ kind: "status", status: 503, times: 2 });
    expect([await ok(), await ok(), await ok()]).toEqual([false, false, true]);
    world.simulator.fault({ kind: "status", status: 503 });
    expect([await ok(), await ok(), await ok()]).toEqual([false, false, false]);
    world.simulator.clearFaults();
    expect(await ok()).toBe(true);
  });

  it("a fault that is not understood is refused", () => {
    const odd = JSON.parse('{"kind":"status","status":200}');
    expect(() => world.simulator.fault(odd)).toThrow(/status/);
  });
});

describe("each fault", () => {
  it("status: an error document with the code of one's choice, or a body that is none", async () => {
    world.simulator.fault({ kind: "status", status: 500, times: 1 });
    world.simulator.fault({ kind: "status", status: 401, code: "AuthenticationRequestExpired", message: "late", times: 1 });
    world.simulator.fault({ kind: "status", status: 502, body: "<html>Sorry</html>", retryAfter: 3, times: 1 });
    const [first, second, third] = [await world.get("document"), await world.get("document"), await world.get("document")];
    expect([first.status, errorCode(first)]).toEqual([500, "InternalServerError"]);
    expect([second.status, errorCode(second)]).toEqual([401, "AuthenticationRequestExpired"]);
    expect([third.status, third.body, third.headers["retry-after"]]).toEqual([502, "<html>Sorry</html>", "3"]);
    expect(third.headers["x-odps-request-id"]).toMatch(/^[0-9A-F]{24}$/);
  });

  it("status: a refused stop has stopped nothing", async () => {
    world.simulator.fault({ kind: "status", status: 500, times: 1 });
    await world.stop("running");
    await world.clock.advance(5_000);
    expect(texts((await world.get("running")).body, "Status")).toEqual(["Running"]);
  });

  it.each([
    [{ kind: "throttle", times: 1 }, "1"],
    [{ kind: "throttle", times: 1, retryAfter: 7 }, "7"],
    [{ kind: "throttle", times: 1, retryAfter: null }, undefined],
  ] as const)("throttle: %j answers 429 with Retry-After %s", async (fault, retryAfter) => {
    world.simulator.fault(fault);
    const answer = await world.get("document");
    expect([answer.status, errorCode(answer), answer.headers["retry-after"]]).toEqual([429, "RequestQuotaExceeded", retryAfter]);
  });

  it("latency: the answer comes when the time is over, not before", async () => {
    world.simulator.fault({ kind: "latency", ms: 5_000, times: 1 });
    let isAnswered = false;
    const late = world.get("document").then(() => {
      isAnswered = true;
    });
    await untilSeen(world.simulator, 1);
    await ok();
    expect(isAnswered).toBe(false);
    await world.clock.advance(5_000);
    await late;
    expect(isAnswered).toBe(true);
  });

  it("cut: before the reply, with or without the request having taken effect", async () => {
    const cutStop = async (scenario: string, executed: boolean): Promise<string[]> => {
      world.simulator.fault({ kind: "cut", times: 1, executed });
      expect(await failure(world.stop(scenario))).toBe("ECONNRESET");
      await world.clock.advance(5_000);
      return texts((await world.get(scenario)).body, "Status");
    };
    expect(await cutStop("running", false)).toEqual(["Running"]);
    expect(await cutStop("queued", true)).toEqual(["Terminated"]);
  });

  it("cut: in the middle of the body, also of an empty one", async () => {
    world.simulator.fault({ kind: "cut", at: "middle", times: 2 });
    expect(await failure(world.get("document", ["result", ""]))).toBe("ECONNRESET");
    expect(await failure(world.stop("running"))).toBe("ECONNRESET");
    await world.clock.advance(5_000);
    expect(texts((await world.get("running")).body, "Status")).toEqual(["Terminated"]);
  });

  it("hang: no answer until it is cleared", async () => {
    world.simulator.fault({ kind: "hang", times: 1 });
    let isAnswered = false;
    const hanging = world.get("document").then(() => {
      isAnswered = true;
    });
    await untilSeen(world.simulator, 1);
    expect(await ok()).toBe(true);
    expect(isAnswered).toBe(false);
    world.simulator.clearFaults();
    await hanging;
    expect(isAnswered).toBe(true);
  });

  it("hang: a stop may have taken effect although nobody was told", async () => {
    world.simulator.fault({ kind: "hang", executed: true, method: "PUT" });
    let isAnswered = false;
    const hanging = failure(world.stop("running")).finally(() => {
      isAnswered = true;
    });
    await untilSeen(world.simulator, 1);
    await ok();
    await world.clock.advance(5_000);
    expect(texts((await world.get("running")).body, "Status")).toEqual(["Terminated"]);
    expect(isAnswered).toBe(false);
    world.simulator.clearFaults();
    expect(await hanging).toBe("answered");
  });

  it("malformed and truncate: a complete reply that is not well-formed", async () => {
    world.simulator.fault({ kind: "malformed", times: 1 });
    world.simulator.fault({ kind: "truncate", times: 1 });
    const answers = [await world.get("document"), await world.get("document")];
    for (const { status, body } of answers) {
      expect([status, body.startsWith("<?xml")]).toEqual([200, true]);
      expect(() => readXml(body)).toThrow();
    }
  });

  it("oversize: well-formed, and as large as one likes", async () => {
    world.simulator.fault({ kind: "oversize", bytes: 3_000_000, times: 1 });
    const { body } = await world.get("document");
    expect(body.length).toBeGreaterThanOrEqual(3_000_000);
    expect(readXml(body).name).toBe("Instance");
  });

  it("oversize: stops writing when the reader goes away", async () => {
    const simulator = createMaxComputeSimulator();
    const handled = Promise.withResolvers<void>();
    const server = createServer((req, res) => simulator.handle(req, res).then(handled.resolve, handled.reject));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    simulator.fault({ kind: "oversize", bytes: 2 ** 40, times: 1 });
    const address = server.address();
    const port = address === null || typeof address === "string" ? 0 : address.port;
    const reader = (await fetch(`http://127.0.0.1:${port}/api/logview/host`)).body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    await reader?.cancel();
    await handled.promise;
    server.close();
  });

  it("clock: an hour off, the server refuses a right date, says so in its own, and is right again after", async () => {
    world.simulator.fault({ kind: "clock", offsetMs: 3_600_000, times: 1 });
    const answer = await world.get("document");
    expect([answer.status, errorCode(answer)]).toEqual([400, "RequestTimeTooSkewed"]);
    expect(Date.parse(String(answer.headers.date)) - world.clock.now()).toBe(3_600_000);
    expect(await ok()).toBe(true);
  });
});

it("reset forgets faults, requests and started instances, and lets the seeded ones start anew", async () => {
  const id = world.simulator.start("short");
  await world.stop("running");
  await world.clock.advance(5_000);
  world.simulator.fault({ kind: "hang" });
  world.simulator.reset();
  expect(world.simulator.requests()).toEqual([]);
  expect(errorCode(await world.get(id))).toBe("NoSuchObject");
  expect(texts((await world.get("running")).body, "Status")).toEqual(["Running"]);
  expect(world.simulator.requests()).toEqual([
    { method: "GET", path: `/api/projects/demo_project/instances/${id}`, query: "" },
    { method: "GET", path: `/api${world.instancePath("running")}`, query: "" },
  ]);
});
