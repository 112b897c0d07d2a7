import { describe, expect, it } from "vitest";
import { readFailure } from "../../src/aws/failure.ts";

const event = { id: "1", "detail-type": "CommandRequested", source: "odps-chatops", detail: { v: 1 } };
const timer = "arn:aws:sqs:eu-central-1:123456789012:odps-chatops-prod-apologies";
const failures = "arn:aws:sqs:eu-central-1:123456789012:odps-chatops-prod-failures";
const sealed = { kind: "CommandRequested", detail: { v: 1 } };

describe("what reaches the apology", () => {
  it("is the event itself, fifty seconds late", () => {
    expect(readFailure(JSON.stringify(event), timer)).toEqual({ ...sealed, why: "slow" });
  });

  it("is a dead letter of the rule", () => {
    expect(readFailure(JSON.stringify(event), failures)).toEqual({ ...sealed, why: "failed" });
  });

  it("is a dead letter of the timer, which says nothing of the worker", () => {
    expect(readFailure(JSON.stringify(event), failures, timer)).toEqual({ ...sealed, why: "untimed" });
    const worker = "arn:aws:lambda:eu-central-1:123456789012:function:odps-chatops-prod-command";
    expect(readFailure(JSON.stringify(event), failures, worker)).toEqual({ ...sealed, why: "failed" });
  });

  it("is a ping, which goes every way of a command", () => {
    expect(readFailure(JSON.stringify({ ...event, "detail-type": "PingRequested" }), timer)).toEqual({
      kind: "PingRequested",
      detail: { v: 1 },
      why: "slow",
    });
  });

  it("is Lambda's record of an invocation that failed", () => {
    const record = { version: "1.0", requestContext: { condition: "RetriesExhausted" }, requestPayload: event };
    expect(readFailure(JSON.stringify(record), failures)).toEqual({ ...sealed, why: "failed" });
  });

  it("names the invocation that failed, which is known to have ended by then", () => {
    const record = { requestContext: { requestId: "a-worker" }, requestPayload: event };
    expect(readFailure(JSON.stringify(record), failures)).toEqual({ ...sealed, why: "failed", ended: "a-worker" });
  });

  it.each(["", "{", "[]", "null", '"text"', '{"detail":1}', '{"requestPayload":null}', '{"detail-type":"Other"}'])(
    "is nothing in %j",
    (body) => {
      expect(readFailure(body, failures)).toBeUndefined();
    },
  );
});
