import { describe, expect, it } from "vitest";
import { aClientOf, failureOf, instanceId } from "./a-client.ts";

const refusal = (code: string) => `<Error><Code>${code}</Code><Message>no</Message></Error>`;

describe("getInstance", () => {
  it("spells a known status the usual way and keeps any other", async () => {
    const lower = await aClientOf({ body: "<Instance><Status> terminated </Status></Instance>" });
    expect((await lower.client.getInstance(instanceId)).status).toBe("Terminated");
    const strange = await aClientOf({ body: "<Instance><Status>Hibernating</Status></Instance>" });
    expect((await strange.client.getInstance(instanceId)).status).toBe("Hibernating");
  });

  it("leaves out a time it cannot read", async () => {
    const headers = { "x-odps-start-time": "soon", "x-odps-end-time": " " };
    const { client } = await aClientOf({ headers, body: "<Instance><Status>Running</Status></Instance>" });
    expect(await client.getInstance(instanceId)).toEqual({
      id: instanceId,
      project: "demo_proj",
      owner: undefined,
      status: "Running",
      startTime: undefined,
      endTime: undefined,
    });
  });

  it.each([
    ["as UTF-8, which is how it is sent", Buffer.from("RAM$acme:张三").toString("latin1"), "RAM$acme:张三"],
    ["as it came when it is not UTF-8", "RAM$caf\u00e9", "RAM$caf\u00e9"],
  ])("reads the owner %s", async (_, header, owner) => {
    const { client } = await aClientOf((response) => {
      response.setHeader("x-odps-owner", header);
      response.end(Buffer.from("<Instance><Status>Running</Status></Instance>"));
    });
    expect((await client.getInstance(instanceId)).owner).toBe(owner);
  });

  it.each(["", ".", "..", "a\nb", "a\u007f", "\ud800", "i".repeat(300)])("refuses the id %j without asking", async (id) => {
    const { client, server } = await aClientOf({});
    expect(await failureOf(client.getInstance(id))).toMatchObject({ kind: "invalid" });
    expect(server.requests).toHaveLength(0);
  });

  it("keeps an odd id within its segment of the path", async () => {
    const { client, server } = await aClientOf({ status: 404 });
    await client.instanceExists("../../logs?x#y%2F任");
    expect(server.requests[0]?.target).toBe(
      "/api/projects/demo_proj/instances/..%2F..%2Flogs%3Fx%23y%252F%E4%BB%BB?curr_project=demo_proj",
    );
  });
});

describe("instanceExists", () => {
  it.each([
    ["an error document", refusal("NoSuchObject")],
    ["an empty body", ""],
  ])("is no when MaxCompute says 404 with %s", async (_, body) => {
    const { client } = await aClientOf({ status: 404, body });
    expect(await client.instanceExists(instanceId)).toBe(false);
  });

  it.each([
    [404, refusal("NoSuchProject"), "no-such-project"],
    [404, refusal("NoSuchTable"), "not-found"],
    [400, refusal("NoSuchObject"), "not-found"],
    [403, refusal("NoPermission"), "denied"],
    [401, "", "unauthorized"],
    [200, "", "malformed"],
  ])("is not answered by %d %s", async (status, body, kind) => {
    const { client } = await aClientOf({ status, body });
    expect(await failureOf(client.instanceExists(instanceId))).toMatchObject({ kind });
  });
});

describe("stopInstance", () => {
  it("asks for the end and expects no answer but yes", async () => {
    const { client, server } = await aClientOf({});
    expect(await client.stopInstance(instanceId)).toBeUndefined();
    expect(server.requests[0]).toMatchObject({
      method: "PUT",
      target: `/api/projects/demo_proj/instances/${instanceId}?curr_project=demo_proj`,
      headers: { "content-type": "application/xml" },
      body: '<?xml version="1.0" encoding="utf-8"?>\n<Instance><Status>Terminated</Status></Instance>',
    });
  });

  it.each([400, 409, 500])("tells an instance that has ended by the code, whatever the status (%d)", async (status) => {
    const { client, server } = await aClientOf({ status, body: refusal("InvalidStateSetting") });
    expect(await failureOf(client.stopInstance(instanceId))).toMatchObject({
      kind: "already-finished",
      code: "InvalidStateSetting",
      instanceId,
    });
    expect(server.requests).toHaveLength(1);
  });
});
