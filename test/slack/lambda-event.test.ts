import { createHmac } from "node:crypto";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { forBolt, isProbe, largestBody, readEvent } from "../../src/slack/lambda-event.ts";
import { isFromSlack } from "../../src/slack/signature.ts";

const now = Date.UTC(2026, 10, 22);
const sign = (body: string, seconds = now / 1_000, secret = "s1") => ({
  body,
  timestamp: String(seconds),
  signature: `v0=${createHmac("sha256", secret).update(`v0:${seconds}:${body}`).digest("hex")}`,
});

describe("a signature", () => {
  it("of Slack's is taken, also by the secret that is being rotated out", () => {
    expect(isFromSlack(sign("a=1"), ["s1"], now)).toBe(true);
    expect(isFromSlack(sign("a=1"), ["s2", "s1"], now)).toBe(true);
    expect(isFromSlack(sign("城市"), ["s1"], now)).toBe(true);
  });

  it.each([
    ["another secret's", sign("a=1", now / 1_000, "other")],
    ["301 s old", sign("a=1", now / 1_000 - 301)],
    ["301 s in the future", sign("a=1", now / 1_000 + 301)],
    ["a year in the future", sign("a=1", now / 1_000 + 31_536_000)],
    ["of another body", { ...sign("a=1"), body: "a=2" }],
    ["missing", { ...sign("a=1"), signature: undefined }],
    ["without a time", { ...sign("a=1"), timestamp: undefined }],
    ["with a time that is no number", { ...sign("a=1"), timestamp: "NaN" }],
    ["of another version", { ...sign("a=1"), signature: sign("a=1").signature.replace("v0", "v1") }],
    ["cut short", { ...sign("a=1"), signature: "v0=" }],
  ])("that is %s is refused", (_what, request) => {
    expect(isFromSlack(request, ["s1"], now)).toBe(false);
  });

  it("by an empty secret is never right", () => {
    expect(isFromSlack(sign("a=1", now / 1_000, ""), [""], now)).toBe(false);
  });
});

const event = (over: Partial<LambdaFunctionURLEvent>) =>
  ({ headers: {}, isBase64Encoded: false, ...over }) as LambdaFunctionURLEvent;

describe("a Function URL event", () => {
  it("gives a base64 body as the UTF-8 that was signed", () => {
    const body = JSON.stringify({ text: "城市 😀" });
    expect(readEvent(event({ body: Buffer.from(body).toString("base64"), isBase64Encoded: true }))).toMatchObject({ body });
  });

  it("has headers in any case, and none at all", () => {
    expect(readEvent(event({ headers: { "X-Slack-Signature": "v0=1", Empty: undefined } as never, body: "" }))).toMatchObject({
      headers: { "x-slack-signature": "v0=1", empty: "" },
    });
    expect(readEvent(event({ headers: undefined as never }))).toMatchObject({ headers: {}, body: "", method: "POST" });
  });

  it("has a header that is there twice as both, so that neither stands for the other", () => {
    const headers = { "X-Slack-Signature": "v0=1", "x-slack-signature": "v0=2" };
    expect(readEvent(event({ headers }))).toMatchObject({ headers: { "x-slack-signature": "v0=1,v0=2" } });
  });

  it("is judged too large by its length alone", () => {
    expect(readEvent(event({ body: "x".repeat(largestBody + 1) }))).toBe("too large");
    expect(readEvent(event({ body: "x".repeat((largestBody * 4) / 3 + 8), isBase64Encoded: true }))).toBe("too large");
    expect(readEvent(event({ body: "x".repeat(largestBody) }))).not.toBe("too large");
  });

  it("reaches Bolt with a bare content type and a plain body", () => {
    const raw = event({
      headers: { "Content-Type": "Application/x-www-form-urlencoded; charset=utf-8" },
      body: "YT0x",
      isBase64Encoded: true,
    });
    const read = readEvent(raw);
    if (read === "too large") throw new Error("not too large");
    expect(forBolt(raw, read)).toMatchObject({
      body: "a=1",
      isBase64Encoded: false,
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(forBolt(event({}), { method: "POST", headers: {}, body: "" }).headers["content-type"]).toBe("");
  });

  it.each([
    [{ method: "GET", body: "" }, true],
    [{ method: "POST", body: "ssl_check=1" }, true],
    [{ method: "POST", body: "ssl_check=1&token=abc" }, true],
    [{ method: "POST", body: "ssl_check=1&command=/odps&text=stop" }, false],
    [{ method: "POST", body: "command=/odps" }, false],
  ])("%j is Slack's unsigned probe: %s", (request, expected) => {
    expect(isProbe({ headers: {}, ...request })).toBe(expected);
  });
});
