import { Agent } from "undici";
import { describe, expect, it } from "vitest";
import { createMaxComputeClient } from "../../src/maxcompute/index.ts";
import { aClient, aServer, failureOf, instanceId, testNow, testOptions } from "./a-client.ts";

const running = { body: "<Instance><Status>Running</Status></Instance>" };

describe("a client with a deadline", () => {
  it("answers as the client does while there is time", async () => {
    const server = await aServer(() => running);
    const { client } = aClient(server);
    expect((await client.withDeadline(testNow + 10_000).getInstance(instanceId)).status).toBe("Running");
  });

  it("asks nothing once the time is up", async () => {
    let isConnecting = false;
    const connect = (_: unknown, callback: (error: Error, socket: null) => void) => {
      isConnecting = true;
      callback(new Error("no connection"), null);
    };
    const client = createMaxComputeClient({ ...testOptions, now: () => testNow, dispatcher: new Agent({ connect }) });
    expect(await failureOf(client.withDeadline(testNow).getInstance(instanceId))).toMatchObject({ kind: "timeout", instanceId });
    expect(isConnecting).toBe(false);
    expect(await failureOf(client.stopInstance(instanceId))).toMatchObject({ kind: "unreachable" });
    expect(isConnecting).toBe(true);
  });

  it("gives up on a silent service, and says how long it waited", async () => {
    const server = await aServer(() => () => undefined);
    const { client } = aClient(server);
    const error = await failureOf(client.withDeadline(testNow + 100).getInstance(instanceId));
    expect(error).toMatchObject({ kind: "timeout", message: "MaxCompute did not answer in time (waited 0.1 s)" });
    expect(server.requests).toHaveLength(1);
  });

  it("does not begin a wait that would end too late", async () => {
    const server = await aServer(() => ({ status: 503, headers: { "x-odps-request-id": "R1" } }));
    const { client, sleeps } = aClient(server);
    const error = await failureOf(client.withDeadline(testNow + 250).getInstance(instanceId));
    expect(error).toMatchObject({ kind: "timeout", requestId: "R1", cause: { kind: "server", httpStatus: 503 } });
    expect(sleeps).toEqual([100]);
  });

  it("fails at once when told to come back after it", async () => {
    const server = await aServer(() => ({
      status: 429,
      headers: { "retry-after": "30" },
      body: '{"Code":"FlowExceeded","Message":"slow down"}',
    }));
    const { client, sleeps } = aClient(server);
    const error = await failureOf(client.withDeadline(testNow + 10_000).getInstance(instanceId));
    expect(error).toMatchObject({
      kind: "throttled",
      code: "FlowExceeded",
      httpStatus: 429,
      message: "slow down (MaxCompute asks to wait 30 s)",
    });
    expect(sleeps).toEqual([]);
  });

  it("keeps the earlier of two deadlines", async () => {
    const server = await aServer(() => running);
    const client = aClient(server)
      .client.withDeadline(testNow)
      .withDeadline(testNow + 10_000);
    expect(await failureOf(client.getInstance(instanceId))).toMatchObject({ kind: "timeout" });
  });

  it("refuses a deadline that is no time", async () => {
    const server = await aServer(() => running);
    expect(() => aClient(server).client.withDeadline(Number.NaN)).toThrow(expect.objectContaining({ kind: "invalid" }));
  });

  it("shares connections and what was learnt with the client it came from", async () => {
    const server = await aServer(({ target }) => (target.includes("host") ? { body: "https://console.mc.test" } : running));
    const { client } = aClient(server, { region: "cn-test" });
    await client.withDeadline(testNow + 10_000).getJobInsight(instanceId);
    expect(await client.getJobInsight(instanceId)).toEqual({
      url: `https://console.mc.test/cn-test/job-insights?h=http://mc.test/api&p=demo_proj&i=${instanceId}`,
    });
    await client.getInstance(instanceId);
    expect(server.requests).toHaveLength(2);
    expect(server.connections()).toBe(1);
  });
});

describe("the total time of a call", () => {
  it("bounds attempts and waits together", async () => {
    const server = await aServer(() => ({ status: 503 }));
    const { client, sleeps } = aClient(server, { timeouts: { totalMs: 500 } });
    expect(await failureOf(client.getInstance(instanceId))).toMatchObject({
      kind: "timeout",
      message: expect.stringContaining("waited 0.3 s"),
    });
    expect(sleeps).toEqual([100, 200]);
  });

  it("lets a read be repeated after one attempt took too long", async () => {
    const server = await aServer((_, index) => (index === 0 ? () => undefined : running));
    const { client, sleeps } = aClient(server, { timeouts: { requestMs: 700 } });
    expect((await client.getInstance(instanceId)).status).toBe("Running");
    expect(sleeps).toEqual([100]);
  });
});

describe("Retry-After", () => {
  it.each([
    ["in seconds", "3", 3000],
    ["as a date", "Sun, 22 Nov 2026 10:20:35 GMT", 5000],
    ["unless the usual wait is longer", "0", 100],
    ["unless it is unreadable", "soon", 100],
  ])("is waited for %s", async (_, header, expected) => {
    const server = await aServer((__, index) => (index === 0 ? { status: 429, headers: { "retry-after": header } } : running));
    const { client, sleeps } = aClient(server);
    await client.getInstance(instanceId);
    expect(sleeps).toEqual([expected]);
  });
});

describe("retries: 0", () => {
  it("switches repetition off", async () => {
    const server = await aServer(() => ({ status: 503 }));
    const { client } = aClient(server, { retries: 0 });
    expect(await failureOf(client.getInstance(instanceId))).toMatchObject({ kind: "server", message: "503" });
    expect(server.requests).toHaveLength(1);
  });
});
