import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { WebClient } from "@slack/web-api";
import { describe, expect, it, onTestFinished } from "vitest";
import { postOnce } from "../../src/slack/outlet.ts";
import type { Spooled } from "../../src/slack/spool.ts";
import { upload } from "../../src/slack/upload.ts";

const mebi = 1024 * 1024;

/** Many pieces in one memory, as the spool gives them. */
const pieces = (count: number): Spooled => ({
  bytes: count * mebi,
  async *read() {
    const memory = Buffer.alloc(mebi);
    for (let index = 0; index < count; index += 1) yield memory.fill(index);
  },
});

/** A Slack that announces an upload at once, and takes its bytes as the test says. */
async function aSlack(take: RequestListener) {
  const called: string[] = [];
  const server = createServer((request, response) => {
    if (request.url === "/upload") return take(request, response);
    called.push(request.url ?? "");
    request.resume();
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ ok: true, upload_url: `${url()}/upload`, file_id: "F1", files: [] }));
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const client = new WebClient("xoxb-test", { slackApiUrl: `${url()}/api/`, retryConfig: { retries: 0 } });
  const free = { heldFor: async () => 0, postAfter: async () => 0, hold: async () => undefined };
  const outlet = postOnce({ fetch, clock: { now: Date.now, after: () => () => undefined }, pace: free });
  const send = (file: Spooled, leftMs = 60_000) =>
    upload({ client, outlet, leftMs: () => leftMs }, file, { channel: "C1", name: "a.csv" });
  return { send, called };
}

describe("an upload", () => {
  it("sends all bytes in their order under their length, then completes", async () => {
    let length: string | undefined;
    const firsts: number[] = [];
    const { send, called } = await aSlack(async (request, response) => {
      length = request.headers["content-length"];
      let at = 0;
      for await (const chunk of request as AsyncIterable<Buffer>)
        for (const byte of chunk) if (at++ % mebi === 0) firsts.push(byte);
      response.end("OK");
    });
    await send(pieces(5));
    expect(length).toBe(String(5 * mebi));
    expect(firsts).toEqual([0, 1, 2, 3, 4]);
    expect(called).toEqual(["/api/files.getUploadURLExternal", "/api/files.completeUploadExternal"]);
  });

  it.each([
    ["before it has read anything", 1],
    ["while it is being sent", 64],
  ])("that Slack refuses %s is an error, and is not completed", async (_when, count) => {
    const { send, called } = await aSlack((_request, response) => {
      response.writeHead(413).end("too large");
    });
    await expect(send(pieces(count))).rejects.toThrow();
    expect(called).toEqual(["/api/files.getUploadURLExternal"]);
  });

  it("whose connection is lost is an error, and is not completed", async () => {
    const { send, called } = await aSlack((request) => {
      request.once("data", () => request.destroy());
    });
    await expect(send(pieces(64))).rejects.toThrow();
    expect(called).toEqual(["/api/files.getUploadURLExternal"]);
  });

  it("is over when its sender is, and is not completed", async () => {
    const { send, called } = await aSlack(() => undefined);
    await expect(send(pieces(1), 20)).rejects.toThrow("aborted");
    expect(called).toEqual(["/api/files.getUploadURLExternal"]);
  });

  it("has a connection of its own, which it keeps for nobody", async () => {
    const kept: (string | undefined)[] = [];
    const { send } = await aSlack((request, response) => {
      kept.push(request.headers.connection);
      request.resume();
      request.once("end", () => response.end("OK"));
    });
    await send(pieces(1));
    await send(pieces(1));
    expect(kept).toEqual(["close", "close"]);
  });
});
