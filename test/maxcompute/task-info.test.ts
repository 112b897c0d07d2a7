import { describe, expect, it } from "vitest";
import { aClientOf, failureOf, instanceId } from "./a-client.ts";

describe("getTaskInfo", () => {
  it("is the text as it is, an empty one too", async () => {
    const { client, server } = await aClientOf({ body: " <a> & 状態\n" });
    expect(await client.getTaskInfo(instanceId, "my task", "a key")).toBe(" <a> & 状態\n");
    expect(server.requests[0]?.target).toContain("?info&taskname=my%20task&key=a%20key&");
    expect(await (await aClientOf({ body: "" })).client.getTaskInfo(instanceId, "t", "k")).toBe("");
  });

  it("is refused when it is a web page or no UTF-8", async () => {
    for (const body of ["<html><body>Log in</body></html>", Buffer.of(0xff, 0xfe, 0)]) {
      expect(await failureOf((await aClientOf({ body })).client.getTaskInfo(instanceId, "t", "k"))).toMatchObject({
        kind: "malformed",
      });
    }
  });
});

describe("getWarnings", () => {
  it.each([
    ['{"warnings":["w1","w2"]}', ["w1", "w2"]],
    ['{"warnings":[{"code":1},7]}', ['{"code":1}', "7"]],
    ['{"warnings":null}', []],
    ["{}", []],
    ["", []],
  ])("of %j are %j", async (body, warnings) => {
    const { client, server } = await aClientOf({ body });
    expect(await client.getWarnings(instanceId, "t")).toEqual(warnings);
    expect(server.requests[0]?.target).toContain("?info&taskname=t&key=warnings&");
  });
});

describe("putTaskInfo", () => {
  it("sends key and value, escaped, and returns what the task answers", async () => {
    const { client, server } = await aClientOf({ body: '{"result":"ok"}' });
    expect(await client.putTaskInfo(instanceId, "t", "<key>", "a & b ]]> \r\n\t状態 😀")).toBe('{"result":"ok"}');
    const [request] = server.requests;
    expect(request?.method).toBe("PUT");
    expect(request?.target).toContain("?info&taskname=t&curr_project");
    expect(request?.headers["content-type"]).toBe("application/xml");
    expect(request?.body).toContain(
      "<Instance><Key>&lt;key&gt;</Key><Value>a &amp; b ]]&gt; &#13;\n\t状態 😀</Value></Instance>",
    );
  });

  it("is sent once, since it changes something", async () => {
    const { client, server } = await aClientOf({ status: 503 });
    expect(await failureOf(client.putTaskInfo(instanceId, "t", "k", "v"))).toMatchObject({ kind: "server", httpStatus: 503 });
    expect(server.requests).toHaveLength(1);
  });

  it.each(["\u0000", "\u001b[31m", "\ud800", "\uffff"])("refuses %j, which XML cannot carry", async (value) => {
    const { client, server } = await aClientOf({ body: "" });
    expect(await failureOf(client.putTaskInfo(instanceId, "t", "k", value))).toMatchObject({ kind: "invalid" });
    expect(server.requests).toHaveLength(0);
  });
});
