import { createHmac } from "node:crypto";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { createLog } from "../../src/log.ts";
import { createIngress } from "../../src/slack/ingress.ts";
import { aUrlEvent } from "../support/url-event.ts";

const now = Date.UTC(2026, 10, 22);

function aDoor(secrets: string[]) {
  const logged: Record<string, unknown>[] = [];
  const passed: LambdaFunctionURLEvent[] = [];
  let doubts = 0;
  const handle = createIngress({
    signingSecrets: async () => [...secrets],
    doubtSecrets: () => {
      doubts += 1;
      secrets.push("rotated in"); // what a fresh read would bring
    },
    bolt: async (event) => {
      passed.push(event);
      return { statusCode: 200, body: "ok" };
    },
    now: () => now,
    log: createLog(
      (line) => logged.push(JSON.parse(line)),
      () => now,
    ),
  });
  const deliver = (body: string, secret: string, headers: Record<string, string> = {}) =>
    handle(
      aUrlEvent({
        body,
        isBase64Encoded: false,
        headers: {
          "content-type": "application/json",
          "x-slack-request-timestamp": String(now / 1_000),
          "x-slack-signature": `v0=${createHmac("sha256", secret)
            .update(`v0:${now / 1_000}:${body}`)
            .digest("hex")}`,
          ...headers,
        },
      }),
    );
  return { handle, deliver, logged, passed, doubts: () => doubts };
}

describe("the door", () => {
  it("lets in what Slack signed", async () => {
    const { deliver, passed } = aDoor(["s"]);
    expect(await deliver("a=1", "s")).toMatchObject({ statusCode: 200, body: "ok" });
    expect(passed).toHaveLength(1);
  });

  it("reads its secrets again before it refuses: they may have been rotated", async () => {
    const { deliver, doubts } = aDoor(["s"]);
    expect(await deliver("a=1", "rotated in")).toMatchObject({ statusCode: 200 });
    expect(doubts()).toBe(1);
  });

  it("refuses everything else before anything parses it, and logs no body", async () => {
    const { deliver, passed, logged } = aDoor(["s"]);
    expect(await deliver("text=SECRET", "wrong")).toMatchObject({ statusCode: 401, body: "" });
    expect(await deliver("x".repeat(1_000_001), "s")).toMatchObject({ statusCode: 413 });
    expect(passed).toEqual([]);
    expect(logged.map(({ event, kind }) => [event, kind])).toEqual([
      ["ingress.rejected", "signature"],
      ["ingress.rejected", "too large"],
    ]);
    expect(JSON.stringify(logged)).not.toContain("SECRET");
  });

  it("answers Slack's probe without a signature, and does nothing", async () => {
    const { deliver, passed } = aDoor(["s"]);
    expect(await deliver("ssl_check=1", "wrong")).toMatchObject({ statusCode: 200, body: "" });
    expect(passed).toEqual([]);
  });

  it("never drops a repeated delivery for its header: the first may never have arrived", async () => {
    const { deliver, passed, logged } = aDoor(["s"]);
    await deliver("{}", "s", { "X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout" });
    expect(passed).toHaveLength(1);
    expect(logged).toContainEqual(expect.objectContaining({ event: "slack.retry", num: "1", reason: "http_timeout" }));
  });
});
