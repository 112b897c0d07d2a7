import { describe, expect, it } from "vitest";
import { readFailure } from "../../src/aws/failure.ts";

const event = { id: "1", "detail-type": "CommandRequested", source: "odps-chatops", detail: { v: 1 } };
const sealed = { kind: "CommandRequested", detail: { v: 1 } };

describe("what reaches the apology", () => {
  it("is the event itself, fifty seconds late", () => {
    expect(readFailure(JSON.stringify(event), true)).toEqual({ ...sealed, why: "slow" });
  });

  it("is a dead letter of the rule", () => {
    expect(readFailure(JSON.stringify(event), false)).toEqual({ ...sealed, why: "failed" });
  });

  it("is Lambda's record of an invocation that failed", () => {
    const record = { version: "1.0", requestContext: { condition: "RetriesExhausted" }, requestPayload: event };
    expect(readFailure(JSON.stringify(record), false)).toEqual({ ...sealed, why: "failed" });
  });

  it("names the invocation that failed, which is known to have ended by then", () => {
    const record = { requestContext: { requestId: "a-worker" }, requestPayload: event };
    expect(readFailure(JSON.stringify(record), false)).toEqual({ ...sealed, why: "failed", ended: "a-worker" });
  });

  it.each(["", "{", "[]", "null", '"text"', '{"detail":1}', '{"requestPayload":null}', '{"detail-type":"Other"}'])(
    "is nothing in %j",
    (body) => {
      expect(readFailure(body, false)).toBeUndefined();
    },
  );
});
