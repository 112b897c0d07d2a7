import { createServer } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { AwsRefusal, createAwsCall } from "../../src/aws/json-call.ts";
import { anAwsCall } from "../support/an-aws-call.ts";
import { listening } from "../support/dynalite.ts";
import { type Answer, jsonServer } from "../support/json-server.ts";

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function aService(...answers: Answer[]) {
  const server = await jsonServer(answers);
  closing.push(server.close);
  return server;
}
const input = { Names: ["a"] };
const how = { withinMs: 2_000, attempts: 2 };

describe("a call of an AWS service", () => {
  it("gives what the service says", async () => {
    const { url, received } = await aService({ status: 200, body: { Parameters: [] } });
    expect(await anAwsCall(url)("AmazonSSM.GetParameters", input, how)).toEqual({ Parameters: [] });
    expect(received).toEqual([input]);
  });

  it.each([
    ["a fault of the service", { status: 500, body: {} } as const],
    ["a cut connection", "cut" as const],
    ["a throttle", { status: 400, body: { __type: "ThrottlingException", message: "slow down" } } as const],
  ])("is made once more after %s", async (_what, first) => {
    const { url, received } = await aService(first, { status: 200, body: {} });
    expect(await anAwsCall(url)("AmazonSSM.GetParameters", input, how)).toEqual({});
    expect(received).toHaveLength(2);
  });

  it("is not made again when it was refused, and the refusal has the service's own word", async () => {
    const body = { __type: "com.amazonaws.ssm#AccessDeniedException", Message: "not authorized" };
    const { url, received } = await aService({ status: 400, body });
    const refused = anAwsCall(url)("AmazonSSM.GetParameters", input, how);
    await expect(refused).rejects.toThrow(AwsRefusal);
    await expect(refused).rejects.toMatchObject({ name: "AccessDeniedException", message: "not authorized", status: 400 });
    expect(received).toHaveLength(1);
  });

  it("waits for an answer only so long", async () => {
    const { url } = await aService("hang");
    await expect(anAwsCall(url)("AmazonSSM.GetParameters", input, { withinMs: 20 })).rejects.toMatchObject({ code: "ABORT_ERR" });
  });

  it.each([
    ["of no JSON", (body: string) => body.replace("{", "<")],
    ["cut in the middle", (body: string) => body.slice(0, 5)],
  ])("does not take an answer %s for one", async (what, spoil) => {
    const server = createServer((_request, response) => {
      const body = JSON.stringify({ Parameters: [] });
      response.writeHead(200, { "content-length": Buffer.byteLength(body) }).write(spoil(body));
      if (what.startsWith("cut")) setImmediate(() => response.destroy());
      else response.end();
    });
    const url = await listening(server);
    closing.push(() => void server.close());
    await expect(anAwsCall(url)("AmazonSSM.GetParameters", input, { withinMs: 2_000 })).rejects.toThrow(Error);
  });

  it("does not read an answer without an end", async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200);
      const more = () => !response.destroyed && response.write("x".repeat(65_536), () => setImmediate(more));
      more();
    });
    const url = await listening(server);
    closing.push(() => void server.close());
    await expect(anAwsCall(url)("AmazonSSM.GetParameters", input, { withinMs: 5_000 })).rejects.toThrow("larger than is read");
  });

  it("goes where the variables of the SDK lead, or to the region's own endpoint", async () => {
    const { url, received } = await aService({ status: 200, body: {} });
    const elsewhere = { AWS_ENDPOINT_URL_SSM: url };
    await anAwsCall("http://127.0.0.1:1", elsewhere)("AmazonSSM.GetParameters", input, how);
    expect(received).toHaveLength(1);
    for (const [region, host] of [
      ["eu-none-1", "ssm.eu-none-1.amazonaws.com"],
      ["cn-none-1", "ssm.cn-none-1.amazonaws.com.cn"],
    ]) {
      const call = createAwsCall({ env: { AWS_REGION: region }, now: Date.now, pause: async () => undefined });
      await expect(call("AmazonSSM.GetParameters", input, { withinMs: 2_000 })).rejects.toThrow(host);
    }
  });
});
