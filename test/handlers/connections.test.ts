// Production rule 7: what a sandbox had open before it was frozen is dead when it thaws, so nothing stays open behind an invocation.
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { expect, it, onTestFinished } from "vitest";
import { withConnections } from "../../handlers/compose.ts";
import { maxComputeOver } from "../../handlers/maxcompute.ts";
import { instanceId } from "../maxcompute/a-client.ts";
import { manualClock } from "../support/manual-clock.ts";

it("each invocation has connections of its own, and leaves none open", async () => {
  const opened: Socket[] = [];
  const used: number[] = [];
  const server = createServer((request, response) => {
    used.push(opened.indexOf(request.socket));
    response.end("<Instance><Status>Running</Status></Instance>");
  });
  server.keepAliveTimeout = 300_000; // this side lets none go by itself
  server.on("connection", (socket) => opened.push(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const secrets = { value: async () => "a-secret", values: async () => ["a-secret"], doubt: () => undefined };
  const { port } = server.address() as AddressInfo;
  const settings = { TABLE_NAME: "t", ODPS_ENDPOINT: `http://127.0.0.1:${port}/api`, ODPS_ACCESS_ID: "an-id" };
  const dynamo = new DynamoDBClient({ region: "eu-central-1" }); // never asked here
  const surroundings = { clock: manualClock(Date.now()), dynamo: () => dynamo };
  const spot = { settings, secrets, maxcompute: maxComputeOver(settings, secrets), surroundings };
  const invoke = () =>
    withConnections(spot, { getRemainingTimeInMillis: () => 30_000 }, async ({ clients }) => {
      const client = clients("demo_project", "slack-U1");
      for (let times = 0; times < 2; times += 1) await client.getInstance(instanceId);
    });
  for (let times = 0; times < 2; times += 1) {
    await invoke();
    const left = opened.filter(({ closed }) => !closed);
    await Promise.all(left.map((socket) => new Promise((resolve) => socket.once("close", resolve))));
  }
  expect(used).toEqual([0, 0, 1, 1]);
});
