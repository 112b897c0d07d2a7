import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { queueDepth } from "../../src/aws/queue-depth.ts";
import { AwsRefusal, signedHeaders } from "../../src/aws/signed-call.ts";
import { readBody } from "../support/cloud/api/body.ts";
import { checkSignature } from "../support/cloud/api/signature.ts";
import { listening } from "../support/dynalite.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret/of+it", sessionToken: "session==" };
const now = Date.UTC(2026, 10, 22, 10, 0, 0);

/** A service that judges the signature, and answers this. */
async function aService(status: number, answer: unknown) {
  const received: { readonly verdict: string; readonly target: unknown; readonly input: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const body = (await readBody(request, 10_000)) ?? Buffer.alloc(0);
    const { method = "", url: target = "", headers } = request;
    const verdict = checkSignature({ method, target, headers, body }, credentials);
    received.push({
      verdict: verdict.kind === "signed" ? verdict.service : verdict.code,
      target: headers["x-amz-target"],
      input: JSON.parse(body.toString()),
    });
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(answer));
  });
  await listening(server);
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ports = { fetch: globalThis.fetch, credentials: async () => credentials, region: "eu-central-1", now: () => now };
  const queueUrl = `${endpoint}/123456789012/bot-lost`;
  return { received, depth: (more = {}) => queueDepth(queueUrl, { ...ports, ...more }, AbortSignal.timeout(4_000)), queueUrl };
}
const counts = { ApproximateNumberOfMessages: "2", ApproximateNumberOfMessagesNotVisible: "1" };

describe("a call that is signed by hand", () => {
  it("is one that AWS takes, for the service that it names", async () => {
    const { depth, received, queueUrl } = await aService(200, { Attributes: counts });
    expect(await depth()).toEqual({ waiting: 2, inFlight: 1 });
    expect(received).toEqual([
      {
        verdict: "sqs",
        target: "AmazonSQS.GetQueueAttributes",
        input: { QueueUrl: queueUrl, AttributeNames: Object.keys(counts) },
      },
    ]);
  });

  it("is signed for nobody else: another secret gives another signature", async () => {
    const { depth, received } = await aService(200, { Attributes: counts });
    await depth({ credentials: async () => ({ ...credentials, secretAccessKey: "another" }) });
    expect(received[0]?.verdict).toBe("InvalidSignatureException");
  });

  it("names no session where there is none", () => {
    const { sessionToken: _, ...lasting } = credentials;
    const headers = signedHeaders({ service: "sqs", target: "T" }, { host: "h", body: "{}" }, lasting, { region: "r", now });
    expect(Object.keys(headers)).toEqual(["content-type", "x-amz-date", "x-amz-target", "authorization"]);
    expect(headers["x-amz-date"]).toBe("20261122T100000Z");
  });

  it("that is refused says so in AWS's own word, and in none of its message", async () => {
    const message = "User: arn:aws:sts::123456789012:assumed-role/x is not authorized";
    const { depth } = await aService(400, { __type: "com.amazon.coral.service#AccessDeniedException", message });
    const error = await depth().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AwsRefusal);
    expect(error).toMatchObject({ code: "AccessDeniedException", message: "AWS answered 400" });
  });

  it.each([[{}], [{ Attributes: { ...counts, ApproximateNumberOfMessages: "many" } }], ["text"]])(
    "takes no %j for an answer",
    async (answer) => {
      const { depth } = await aService(200, answer);
      await expect(depth()).rejects.toThrow();
    },
  );
});
