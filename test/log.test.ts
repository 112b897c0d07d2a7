import { describe, expect, it } from "vitest";
import { createLog, redact, silentLog } from "../src/log.ts";

const logged = (fields: Record<string, unknown>): string => {
  const lines: string[] = [];
  createLog(
    (line) => lines.push(line),
    () => 42,
  ).info("event", fields);
  return lines.join("");
};

describe("the log", () => {
  it("writes one JSON line an event", () => {
    expect(logged({ requestId: "E-1" })).toBe('{"time":42,"level":"info","event":"event","requestId":"E-1"}\n');
  });

  it("drops what is below its level", () => {
    const lines: string[] = [];
    const log = createLog(
      (line) => lines.push(line),
      () => 0,
      "warn",
    );
    log.debug("a");
    log.info("b");
    log.warn("c");
    log.error("d");
    expect(lines).toHaveLength(2);
    silentLog.error("nothing hears this");
  });

  it.each([
    ["by name", { accessKey: "S3CRET" }],
    ["a response_url by name", { responseUrl: "S3CRET" }],
    ["a Slack token in a text", { message: "used xoxb-12-S3CRET" }],
    ["an app token in a text", { message: "used xapp-1-S3CRET" }],
    ["a Logview token in a text", { message: "http://logview.test/?i=1&token=S3CRET&x=1" }],
    ["a response_url in an error", { error: new Error("POST https://hooks.slack.com/commands/T1/S3CRET failed") }],
    ["deep in a value", { request: { replyTo: { responseUrl: "S3CRET" }, words: ["xoxb-S3CRET"] } }],
    ["an upload URL", { message: "PUT https://files.slack.com/upload/v1/S3CRET" }],
    ["a token in the cause of an error", { error: new Error("outer", { cause: new Error("xoxb-S3CRET") }) }],
  ])("never gets a secret: %s", (_how, fields) => {
    expect(logged(fields)).not.toContain("S3CRET");
  });

  it("never fails on what JSON cannot say", () => {
    const endless: Record<string, unknown> = { big: 1n };
    endless.self = endless;
    expect(logged({ endless })).toContain('"big":"1"');
  });

  it("keeps what is no secret", () => {
    expect(redact("status of 20160519101349613gzbzufck2")).toBe("status of 20160519101349613gzbzufck2");
    expect(logged({ error: new Error("why", { cause: "text" }), count: 3 })).toContain('"message":"why"');
  });
});
