import { createServer, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { createMaxComputeClient } from "../../src/maxcompute/index.ts";
import { aClient, aClientOf, aServer, failureOf, instanceId, testOptions } from "./a-client.ts";

const once = { retries: 0 } as const;

/** Waits for a socket to be gone on the server's side, without a clock. */
const turns = async (isDone: () => boolean) => {
  for (let turn = 0; turn < 1000 && !isDone(); turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe("an answer that never ends", () => {
  it("is cut off at the size limit, and the connection closed", async () => {
    const { client, server } = await aClientOf(
      (response) => {
        response.setHeader("x-odps-request-id", "R1");
        const write = () => {
          while (!response.destroyed && response.write("x".repeat(65_536)));
        };
        response.on("drain", write);
        write();
      },
      { ...once, maxResponseBytes: 1_000_000 },
    );
    expect(await failureOf(client.getTaskResults(instanceId))).toMatchObject({ kind: "too-large", requestId: "R1", instanceId });
    await turns(() => server.openConnections() === 0);
    expect(server.openConnections()).toBe(0);
  });

  it("is cut off when it is an error, whose status is told all the same", async () => {
    const { client } = await aClientOf((response) => {
      response.statusCode = 503;
      const write = () => {
        while (!response.destroyed && response.write("busy ".repeat(10_000)));
      };
      response.on("drain", write);
      write();
    }, once);
    const error = await failureOf(client.getInstance(instanceId));
    expect(error).toMatchObject({ kind: "server", code: "503", httpStatus: 503 });
    expect((error as Error).message.length).toBeLessThanOrEqual(4000);
  });

  it("cannot hold us with a byte now and then", async () => {
    const { client, server } = await aClientOf(
      (response) => {
        response.setHeader("x-odps-request-id", "R1");
        const timer = setInterval(() => response.write("<"), 10);
        response.on("close", () => clearInterval(timer));
      },
      { ...once, timeouts: { requestMs: 700 } },
    );
    expect(await failureOf(client.getInstance(instanceId))).toMatchObject({
      kind: "timeout",
      cause: { kind: "timeout", requestId: "R1" },
    });
    await turns(() => server.openConnections() === 0);
    expect(server.openConnections()).toBe(0);
  });
});

describe("a connection", () => {
  it("that is cut in the middle of an answer is unreachable for a write, which is not sent again", async () => {
    const { client, server } = await aClientOf((response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("<Instance>", () => response.destroy());
    });
    expect(await failureOf(client.stopInstance(instanceId))).toMatchObject({
      kind: "unreachable",
      instanceId,
      cause: expect.any(Error),
    });
    expect(server.requests).toHaveLength(1);
  });

  it("is made once for many calls", async () => {
    const { client, server } = await aClientOf({ body: "<Instance><Status>Running</Status></Instance>" });
    for (let call = 0; call < 20; call += 1) await client.getInstance(instanceId);
    expect(server.requests).toHaveLength(20);
    expect(server.connections()).toBe(1);
  });

  it("that nobody accepts is unreachable, with the reason as cause", async () => {
    const server = await aServer(() => ({}));
    await server.close();
    const client = createMaxComputeClient({ ...testOptions, ...once, endpoint: `${server.origin}/api` });
    const error = await failureOf(client.getInstance(instanceId));
    expect(error).toMatchObject({
      kind: "unreachable",
      message: "MaxCompute could not be reached",
      cause: { code: "ECONNREFUSED" },
    });
  });
});

describe("an answer that is not MaxCompute's", () => {
  it("is malformed when it is a redirect, which is not followed", async () => {
    const server = await aServer(() => ({ status: 302, headers: { location: "http://elsewhere.test/" } }));
    const refused = { kind: "malformed", httpStatus: 302, message: expect.stringContaining("redirect") };
    expect(await failureOf(aClient(server).client.getInstance(instanceId))).toMatchObject(refused);
    expect(await failureOf(aClient(server).client.stopInstance(instanceId))).toMatchObject(refused);
    expect(server.requests).toHaveLength(2);
  });

  it("is malformed when it is compressed although nobody asked for that", async () => {
    const body = gzipSync("<Instance><Status>Running</Status></Instance>");
    const { client } = await aClientOf({ headers: { "content-encoding": "gzip" }, body });
    expect(await failureOf(client.stopInstance(instanceId))).toMatchObject({ kind: "malformed", httpStatus: 200 });
    const refused = await aClientOf({ status: 404, headers: { "content-encoding": "gzip" }, body });
    expect(await failureOf(refused.client.instanceExists(instanceId))).toMatchObject({ kind: "malformed", httpStatus: 404 });
  });

  it("is malformed when it is a web page, even one that says 404", async () => {
    const page = "<html><head></head><body>Log in</body></html>";
    const { client } = await aClientOf({ body: page });
    expect(await failureOf(client.getInstance(instanceId))).toMatchObject({ kind: "malformed" });
    const other = await aClientOf({ status: 404, body: page });
    expect(await failureOf(other.client.instanceExists(instanceId))).toMatchObject({ kind: "malformed", httpStatus: 404 });
  });

  it.each([
    ["is empty", ""],
    ["has no status", "<Instance/>"],
    ["is cut", "<Instance><Status>Run"],
    ["brings entities of its own", '<!DOCTYPE a [<!ENTITY x "Running">]><Instance><Status>&x;</Status></Instance>'],
    ["is nested too deeply", `${"<a>".repeat(50)}${"</a>".repeat(50)}`],
  ])("is malformed when it %s, and keeps the request id", async (_, body) => {
    const { client } = await aClientOf({ headers: { "x-odps-request-id": "R7" }, body });
    expect(await failureOf(client.getInstance(instanceId))).toMatchObject({
      kind: "malformed",
      requestId: "R7",
      instanceId,
      httpStatus: 200,
    });
  });

  const rawAnswer = async (answer: string) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on("error", () => undefined));
      socket.once("data", () => socket.write(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    return createMaxComputeClient({
      ...testOptions,
      ...once,
      endpoint: `http://127.0.0.1:${port}/api`,
      timeouts: { requestMs: 2000 },
    });
  };

  it("is malformed when it is not HTTP", async () => {
    const client = await rawAnswer("SSH-2.0-OpenSSH_9.2\r\n");
    expect(await failureOf(client.getInstance(instanceId))).toMatchObject({ kind: "malformed" });
  });

  it("is too large when its headers do not end", async () => {
    const client = await rawAnswer(`HTTP/1.1 200 OK\r\n${"x-filler: 0123456789\r\n".repeat(5000)}\r\n`);
    expect(await failureOf(client.getInstance(instanceId))).toMatchObject({ kind: "too-large" });
  });

  it("cannot reach an object's prototype by a header's name", async () => {
    const body = "<Instance><Status>Running</Status></Instance>";
    const headers = `__proto__: polluted\r\nconstructor: x\r\nx-odps-owner: a\r\nx-odps-owner: b\r\ncontent-length: ${body.length}`;
    const client = await rawAnswer(`HTTP/1.1 200 OK\r\n${headers}\r\n\r\n${body}`);
    expect(await client.getInstance(instanceId)).toMatchObject({ status: "Running", owner: "a" });
    expect(Object.prototype).not.toHaveProperty("polluted");
  });
});
