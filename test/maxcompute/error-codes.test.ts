import { describe, expect, it } from "vitest";
import { decodeFault } from "../../src/maxcompute/decode/fault.ts";
import { kindOf } from "../../src/maxcompute/error-codes.ts";
import { parseTaskError } from "../../src/maxcompute/index.ts";

describe("kindOf", () => {
  it.each([
    ["NoSuchProject", 404, "no-such-project"],
    ["ODPS-0130013:Authorization exception", 400, "denied"],
    ["RequestTimeTooSkewd", 400, "clock-skew"],
    ["ODPS-1800001", 500, "server"],
    ["ODPS-182xyz: denied", 500, "denied"],
    ["ODPS-1859999", 400, "unsupported"],
    ["Throttling.User", 400, "throttled"],
    ["InstanceNotTerminate", 400, "still-running"],
    ["TaskFailed", 400, "task-failed"],
    ["SomethingNew", 418, "refused"],
    ["SomethingNew", 405, "unsupported"],
    ["__proto__", 403, "denied"],
    ["", 599, "server"],
    [undefined, 429, "throttled"],
    [undefined, 409, "refused"],
  ])("%s with HTTP %d is %s", (code, status, kind) => {
    expect(kindOf(code, status)).toBe(kind);
  });
});

describe("decodeFault", () => {
  const endpoint = "http://mc.test/api";
  const faultOf = (body: string, status = 400, requestId?: string) => decodeFault({ status, body, requestId, endpoint });

  it("keeps the code of a document that has nothing else", () => {
    expect(faultOf("<Error><Code>NoSuchObject</Code></Error>", 404, "H1")).toEqual({
      kind: "not-found",
      code: "NoSuchObject",
      message: "404",
      requestId: "H1",
    });
  });

  it.each([400, 403, 409, 500, 503])("has nothing to say of an empty answer but its status: %d", (status) => {
    expect(faultOf("", status, "H1")).toMatchObject({ code: undefined, message: String(status), requestId: "H1" });
  });

  it("believes an XML document's request id, but the header's before a JSON document's", () => {
    expect(faultOf("<Error><Code>X</Code><RequestId>B</RequestId></Error>", 400, "H").requestId).toBe("B");
    expect(faultOf('{"Code":"X","RequestId":"B"}', 400, "H").requestId).toBe("H");
    expect(faultOf('{"Code":"X","RequestId":"B"}').requestId).toBe("B");
  });

  it("does not say a code twice", () => {
    expect(faultOf("<Error><Code>ODPS-0130131</Code><Message>ODPS-0130131:[1,15] no table</Message></Error>").message).toBe(
      "ODPS-0130131:[1,15] no table",
    );
  });

  it.each([
    ["ODPS-0420411: Invalid argument - ", "bad", "ODPS-0420411: Invalid argument - bad"],
    ["ODPS-0010000", "  m ", "ODPS-0010000 m "],
    ["TaskFailed", "m", "TaskFailed m"],
    ["NoSuchObject: the thing", "m", "NoSuchObject: the thing m"],
    ["StreamSessionNotFound", "m", "m"],
    ["InvalidStateSetting", "", ""],
  ])("keeps the code %j as it came, and %j after it where it does not speak for itself", (code, message, shown) => {
    const body = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
    expect(faultOf(body)).toMatchObject({ code, message: shown });
    expect(faultOf(JSON.stringify({ Code: code, Message: message }))).toMatchObject({ code, message: shown });
    expect(parseTaskError(body)).toMatchObject({ code, message: shown });
  });

  it.each([
    "[]",
    '{"other":1}',
    '{"Code":7}',
    '{"Message":"hm"}',
    "<Error><Message>hm</Message></Error>",
    "<Error><Code/><Message>hm</Message></Error>",
    "<Error/>",
    "<Error",
    '{"__proto__":{"Code":"NoSuchObject"}}',
  ])("takes %s for plain text", (body) => {
    expect(faultOf(body, 500)).toMatchObject({ kind: "server", code: "500", message: body });
  });

  it("clips what is not to be read by anybody", () => {
    expect(faultOf("x".repeat(100_000), 502).message).toHaveLength(4000);
  });
});

describe("parseTaskError", () => {
  it("keeps all that an error document says", () => {
    expect(
      parseTaskError(" <Error><Code>InternalServerError</Code><Message>oops</Message><RequestId>R9</RequestId></Error>"),
    ).toEqual({
      code: "InternalServerError",
      message: "oops",
      requestId: "R9",
    });
    const text = "<Error><Code>X</Code></Error>";
    expect(parseTaskError(text)).toMatchObject({ code: "X", message: text });
  });

  it.each([
    ["FAILED: ODPS-0130161:[1,8] Parse exception", "ODPS-0130161"],
    ["task failed - ODPS-0123131 something - else", "ODPS-0123131 something"],
    [`ODPS-0123131 ${"at x ".repeat(100)}`, "ODPS-0123131"],
    ["see ODPS-0123131", undefined],
    ["<b>no document", undefined],
  ])("finds the code in %j", (text, code) => {
    expect(parseTaskError(text)).toMatchObject({ code, message: text });
  });
});
