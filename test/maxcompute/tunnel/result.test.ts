import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import type { TunnelType } from "../../support/tunnel-types.ts";
import { scalarTypes, type Table } from "../../support/tunnel-types.ts";
import { collect, failureOf, instanceId, testNow } from "../a-client.ts";
import { aTunnel, refusal, scriptOf, sessionOf } from "./a-tunnel.ts";

const typeNamed = (name: string): TunnelType => {
  const found = scalarTypes.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no type ${name}`);
  return found;
};

const people: Table = {
  types: [typeNamed("bigint"), typeNamed("string")],
  rows: [
    [1n, "ann"],
    [2n, null],
    [9_007_199_254_740_993n, ""],
  ],
};

const inlineXml = (csv: string, descriptor?: object, status = "Success", format = "csv") =>
  `<Instance><Tasks><Task Type="SQL"><Name>t1</Name><Result Transform="Base64" Format="${format}"><![CDATA[${Buffer.from(csv).toString("base64")}]]></Result>${
    descriptor === undefined ? "" : `<ResultDescriptor>${JSON.stringify(descriptor)}</ResultDescriptor>`
  }<Status>${status}</Status></Task></Tasks></Instance>`;

const inline = { body: inlineXml('"c0","c1"\n1,"ann"\n2,\\N\n') };

const asked = (targets: readonly { target: string }[]) =>
  targets.map(({ target }) => /[?&](service|downloads|downloadid|result|taskstatus)\b/.exec(target)?.[1]);

describe("a result through the tunnel", () => {
  it("brings its schema, its count and its rows, with nothing lost", async () => {
    const { client, server } = await aTunnel(scriptOf(people));
    const result = await client.openResult(instanceId);
    expect(result).toMatchObject({
      schema: [
        { name: "c0", type: "bigint" },
        { name: "c1", type: "string" },
      ],
      rowCount: 3,
      via: "tunnel",
      isLimited: false,
    });
    expect(await collect(result.rows)).toEqual(people.rows);
    expect(server.requests.map(({ headers }) => headers.host)).toEqual(["mc.test", "dt.mc.test", "dt.mc.test"]);
  });

  it("can be read twice, from the beginning each time", async () => {
    const { client } = await aTunnel(scriptOf(people));
    const { rows } = await client.openResult(instanceId);
    expect(await collect(rows)).toEqual(await collect(rows));
  });

  it("is signed with v2 although the region is known, for the tunnel's own path", async () => {
    const { client, server } = await aTunnel(scriptOf(people), { region: "cn-test" });
    await collect((await client.openResult(instanceId)).rows);
    const [service, session, data] = server.requests;
    expect(service?.headers.authorization).toMatch(/aliyun_v4_request/);
    expect(service?.target).toMatch(/^\/api\/projects\/demo_proj\/tunnel\?/);
    for (const request of [session, data]) {
      expect(request?.headers.authorization).toMatch(/^ODPS AKIDEXAMPLE:[A-Za-z0-9+/]+=*$/);
      expect(request?.target).toMatch(/^\/projects\/demo_proj\/instances\//);
      expect(request?.headers["x-odps-tunnel-version"]).toBe("6");
    }
  });

  it("asks where the tunnel is once a client", async () => {
    const { client, server } = await aTunnel(scriptOf(people));
    await client.openResult(instanceId);
    await client.withDeadline(testNow + 60_000).openResult(instanceId);
    expect(asked(server.requests)).toEqual(["service", "downloads", "downloads"]);
  });

  it("uses the tunnel endpoint it is given, and does not ask", async () => {
    const { client, server } = await aTunnel(scriptOf(people), { tunnelEndpoint: "http://other.test:8080/base/" });
    await client.openResult(instanceId);
    expect(server.requests[0]?.headers.host).toBe("other.test:8080");
    expect(server.requests[0]?.target).toMatch(/^\/base\/projects\//);
  });

  it("reads only the columns that are named, in their order and in any case", async () => {
    const swapped: Table = {
      types: [typeNamed("string"), typeNamed("bigint")],
      rows: people.rows.map(([a = null, b = null]) => [b, a]),
    };
    const { client, server } = await aTunnel({ ...scriptOf(people), data: scriptOf(swapped).data });
    const result = await client.openResult(instanceId, { columns: ["C1", "c0"] });
    expect(result.schema.map(({ name }) => name)).toEqual(["c1", "c0"]);
    expect(await collect(result.rows)).toEqual(swapped.rows);
    expect(new URL(`http://x${server.requests.at(-1)?.target}`).searchParams.get("columns")).toBe("c1,c0");
  });

  it.each([
    ["a column that is not there", { columns: ["nope"] }, /no column nope; there is: c0, c1/],
    ["a column named twice", { columns: ["c0", "C0"] }, /named twice/],
    ["half a row", { limit: 0.5 }, /whole number/],
    ["fewer than no rows", { limit: -1 }, /whole number/],
  ])("refuses %s", async (_, options, message) => {
    const { client } = await aTunnel(scriptOf(people));
    expect(await failureOf(client.openResult(instanceId, options))).toMatchObject({
      kind: "invalid",
      message: expect.stringMatching(message),
    });
  });

  it("asks for no more rows than the limit, and tells how many there are", async () => {
    const { client, server } = await aTunnel(scriptOf(people));
    const result = await client.openResult(instanceId, { limit: 2 });
    expect(result.rowCount).toBe(3);
    expect(await collect(result.rows)).toEqual(people.rows.slice(0, 2));
    expect(server.requests.at(-1)?.target).toContain("rowrange=(0%2C2)");
  });

  it("stops at the limit and closes the connection when the service goes on", async () => {
    const all = scriptOf(people).data;
    const { client, server } = await aTunnel({
      ...scriptOf(people),
      data: (_, index) => (response) => {
        const answer = all({ start: 0, count: 3 }, index);
        if (typeof answer === "object") response.write(answer.body);
      },
    });
    expect(await collect((await client.openResult(instanceId, { limit: 1 })).rows)).toEqual(people.rows.slice(0, 1));
    for (let turn = 0; turn < 1000 && server.openConnections() > 1; turn += 1)
      await new Promise((resolve) => setImmediate(resolve));
    expect(server.openConnections()).toBeLessThanOrEqual(1);
  });

  it("of no rows has its schema all the same", async () => {
    const { client } = await aTunnel(scriptOf({ ...people, rows: [] }));
    const result = await client.openResult(instanceId);
    expect(result).toMatchObject({ rowCount: 0, schema: [{ name: "c0" }, { name: "c1" }] });
    expect(await collect(result.rows)).toEqual([]);
  });

  it("waits for a session that is not ready yet", async () => {
    const ready = scriptOf(people);
    const { client, sleeps, server } = await aTunnel({
      ...ready,
      session: { body: JSON.stringify({ DownloadID: "d1", Status: "initiating" }) },
      reload: ready.session,
    });
    expect((await client.openResult(instanceId)).rowCount).toBe(3);
    expect(sleeps).toEqual([1000]);
    expect(asked(server.requests)).toEqual(["service", "downloads", "downloadid"]);
  });

  it("reads a session whose status nobody knows yet", async () => {
    const { client } = await aTunnel({
      ...scriptOf(people),
      session: {
        body: sessionOf(
          [
            { name: "c0", type: "bigint" },
            { name: "c1", type: "string" },
          ],
          3,
          "brand_new",
        ),
      },
    });
    expect(await collect((await client.openResult(instanceId)).rows)).toEqual(people.rows);
  });

  it("reads a column of a type nobody knows yet, as its bytes allow", async () => {
    const { client } = await aTunnel({
      ...scriptOf(people),
      session: {
        body: sessionOf(
          [
            { name: "c0", type: "hugeint" },
            { name: "c1", type: "geography(4326)" },
          ],
          3,
        ),
      },
    });
    expect(await collect((await client.openResult(instanceId)).rows)).toEqual(people.rows);
  });

  it.each([
    ["that is not JSON", "<html></html>"],
    ["without an id", JSON.stringify({ Status: "normal", RecordCount: 1 })],
    ["without a count", JSON.stringify({ DownloadID: "d", Status: "normal" })],
    ["with a count that is none", JSON.stringify({ DownloadID: "d", Status: "normal", RecordCount: 1.5 })],
    [
      "with a column that has no type",
      JSON.stringify({ DownloadID: "d", Status: "normal", RecordCount: 1, Schema: { columns: [{ name: "a" }] } }),
    ],
    ["with a type that is none", sessionOf([{ name: "a", type: "map<string" }], 1)],
  ])("is malformed for a session %s", async (_, body) => {
    const { client } = await aTunnel({ session: { headers: { "x-odps-request-id": "RQ1" }, body } });
    expect(await failureOf(client.openResult(instanceId))).toMatchObject({ kind: "malformed", requestId: "RQ1", instanceId });
  });

  it.each([
    "evil.test/path",
    "user@evil.test",
    "evil.test?x",
    "a b",
    "http://evil.test",
    "0x7f.1",
    "evil.test:99999",
    "evil.test\r\nX: y",
  ])("does not go to a server named %j", async (body) => {
    const { client, server } = await aTunnel({ ...scriptOf(people), service: { body } });
    expect(await failureOf(client.openResult(instanceId))).toMatchObject({ kind: "malformed", instanceId });
    expect(asked(server.requests)).toEqual(["service", "result"]);
    expect(server.requests.map(({ headers }) => headers.host)).toEqual(["mc.test", "mc.test"]);
  });

  it.each(["dt_1.mc.test", "dt-1.mc.test:8080"])("goes to a server named %j", async (body) => {
    const { client, server } = await aTunnel({ ...scriptOf(people), service: { body } });
    expect((await client.openResult(instanceId)).via).toBe("tunnel");
    expect(server.requests[1]?.headers.host).toBe(body);
  });

  it.each([
    ["TaskFailed", 400, "task-failed"],
    ["InstanceNotTerminate", 400, "still-running"],
    ["NoSuchObject", 404, "not-found"],
    ["SignatureNotMatch", 401, "unauthorized"],
    ["InvalidParameter", 400, "invalid"],
  ])("fails with %s as the service says", async (code, status, kind) => {
    const { client } = await aTunnel({ session: refusal(status, code), result: inline });
    expect(await failureOf(client.openResult(instanceId))).toMatchObject({ kind, code, requestId: "RQ-TUNNEL", instanceId });
  });
});

describe("a protected project", () => {
  it("gives as many rows as it gives everybody, and that is told", async () => {
    const { client, server } = await aTunnel({
      ...scriptOf(people),
      session: refusal(403, "NoPermission"),
      limited: scriptOf(people).session,
    });
    const result = await client.openResult(instanceId);
    expect(result).toMatchObject({ via: "tunnel", isLimited: true });
    expect(await collect(result.rows)).toEqual(people.rows);
    expect(asked(server.requests)).toEqual(["service", "downloads", "downloads", "downloadid"]);
  });

  it("that gives nothing says so", async () => {
    const { client } = await aTunnel({ session: refusal(403, "NoPermission"), result: inline });
    expect(await failureOf(client.openResult(instanceId))).toMatchObject({ kind: "denied", code: "NoPermission" });
  });
});

describe("the inline result", () => {
  it.each([
    ["InvalidArgument", 400],
    ["ODPS-0420411", 400],
    ["InvalidProjectTable", 400],
    ["NoSuchProject", 404],
    ["InstanceTypeNotSupported", 400],
    ["MethodNotAllowed", 405],
    ["InternalServerError", 500],
  ])("is read when the tunnel answers %s", async (code, status) => {
    const { client, sleeps } = await aTunnel({ session: refusal(status, code), result: inline });
    const result = await client.openResult(instanceId);
    expect(result).toMatchObject({
      via: "inline",
      rowCount: 2,
      isLimited: false,
      schema: [
        { name: "c0", type: "" },
        { name: "c1", type: "" },
      ],
    });
    expect(await collect(result.rows)).toEqual([
      ["1", "ann"],
      ["2", null],
    ]);
    expect(sleeps).toEqual([]);
  });

  it.each([
    ["cannot be reached", { session: (response: ServerResponse) => void response.destroy() }],
    ["is not there any more", { session: refusal(503, "ServiceUnavailable") }],
    ["is named by nobody", { service: { body: "\n" } }],
    ["is unknown to the service", { service: refusal(404, "NoSuchObject") }],
    ["failed to make a session", { session: { body: sessionOf([], 0, "FAILED") } }],
    ["is a login page", { session: { body: "<html></html>" } }],
    ["is named by a login page", { service: { body: "<html></html>" } }],
    ["is named by a long login page", { service: { body: "<p>".repeat(5000) } }],
  ])("is read when the tunnel %s", async (_, script) => {
    const { client } = await aTunnel({ ...script, result: inline });
    expect((await client.openResult(instanceId)).via).toBe("inline");
  });

  it("is read in what a tunnel that stays silent leaves of the time", async () => {
    const began = performance.now();
    const { client } = await aTunnel(
      { session: () => undefined, result: inline },
      { now: () => testNow + performance.now() - began },
    );
    expect((await client.withDeadline(testNow + 1400).openResult(instanceId)).via).toBe("inline");
  });

  it.each([
    ["was cut", { SelectResultStatus: "TRUNCATED" }, 2, true],
    ["is complete", { SelectResultStatus: "COMPLETE" }, 10_000, false],
    ["has as many rows as fit, and no word about it", undefined, 10_000, true],
    ["has fewer", undefined, 9999, false],
  ])("that %s says whether there may be more", async (_, descriptor, count, isLimited) => {
    const csv = `"a"\n${"1\n".repeat(count)}`;
    const { client } = await aTunnel({ result: { body: inlineXml(csv, descriptor) } });
    expect(await client.openResult(instanceId)).toMatchObject({ rowCount: count, isLimited });
  });

  it("has the types the descriptor tells, and the columns and rows asked for", async () => {
    const Columns = [
      { Name: "c0", Type: "bigint" },
      { Name: "c1", Type: "string" },
    ];
    const { client } = await aTunnel({
      result: { body: inlineXml('"c0","c1"\n1,"ann"\n2,\\N\n', { IsSelect: true, Schema: { Columns } }) },
    });
    const result = await client.openResult(instanceId, { columns: ["c1"], limit: 1 });
    expect(result).toMatchObject({ schema: [{ name: "c1", type: "string" }], rowCount: 2 });
    expect(await collect(result.rows)).toEqual([["ann"]]);
  });

  it("of a failed task tells its failure, whatever answered for the tunnel", async () => {
    const result = { body: inlineXml("ODPS-0130131:[1,1] gone", undefined, "Failed", "text") };
    const { client } = await aTunnel({ service: { body: "<html>" }, result });
    expect(await failureOf(client.openResult(instanceId))).toMatchObject({ kind: "task-failed" });
  });

  it("that is a text keeps what answered for the tunnel", async () => {
    const { client } = await aTunnel({
      service: { body: "<html>" },
      result: { body: inlineXml("OK", undefined, "Success", "text") },
    });
    expect(await failureOf(client.openResult(instanceId))).toMatchObject({
      kind: "unsupported",
      cause: { kind: "malformed", instanceId },
    });
  });

  it.each([
    ["still is not ready", "initiating", "timeout"],
    ["was closed", "closed", "server"],
  ])("whose session %s names the request that said so", async (_, status, kind) => {
    const session = { headers: { "x-odps-request-id": "RQ-S" }, body: sessionOf([], 0, status) };
    const result = { body: inlineXml("", { IsSelect: true, SelectResultStatus: "NO" }) };
    const { client } = await aTunnel({ session, reload: session, result });
    expect(await failureOf(client.openResult(instanceId))).toMatchObject({ kind, requestId: "RQ-S", instanceId });
  });

  it("of more fields than columns is malformed, and loses none in silence", async () => {
    const { client } = await aTunnel({ result: { body: inlineXml('"a","b"\n1,2\n3,4,5\n') } });
    expect(await failureOf(client.openResult(instanceId))).toMatchObject({
      kind: "malformed",
      message: "Row 2 of the result has more fields than the result has columns (2)",
      instanceId,
    });
  });

  it("that is a text has no rows, and the error names the call that reads it", async () => {
    const { client } = await aTunnel({
      session: refusal(400, "InstanceTypeNotSupported"),
      result: { body: inlineXml("OK", undefined, "Success", "text") },
    });
    expect(await failureOf(client.openResult(instanceId))).toMatchObject({
      kind: "unsupported",
      message: expect.stringContaining("getTaskResult"),
      instanceId,
      cause: { code: "InstanceTypeNotSupported" },
    });
  });

  it("of a failed task is its failure", async () => {
    const text = "ODPS-0130131:[1,15] Table not found - table demo.t cannot be resolved";
    const { client } = await aTunnel({ result: { body: inlineXml(text, undefined, "Failed", "text") } });
    expect(await failureOf(client.openResult(instanceId))).toMatchObject({
      kind: "task-failed",
      code: "ODPS-0130131",
      message: text,
      instanceId,
      taskName: "t1",
    });
  });

  it("of a failed task is told in so many words, and no more", async () => {
    const text = `ODPS-0130131: ${"x".repeat(100_000)}`;
    const { client } = await aTunnel({ result: { body: inlineXml(text, undefined, "Failed", "text") } });
    const failure = await failureOf(client.openResult(instanceId));
    expect(failure).toMatchObject({ kind: "task-failed", message: expect.stringMatching(/^ODPS-0130131: x{3900,4000}…$/) });
  });

  it("that the service does not hold leaves the tunnel's refusal to be told", async () => {
    const { client } = await aTunnel({
      session: refusal(500, "InternalServerError"),
      result: { body: inlineXml("", { IsSelect: true, SelectResultStatus: "NO" }) },
    });
    expect(await failureOf(client.openResult(instanceId))).toMatchObject({ kind: "server", code: "InternalServerError" });
  });

  const task = (name: string) => `<Task Type="SQL"><Name>${name}</Name><Status>SUCCESS</Status></Task>`;
  const twoTasks = { body: `<Instance><Tasks>${task("t1")}${task("t2")}</Tasks></Instance>` };

  it("is read for one of several tasks, since the tunnel cannot tell them apart", async () => {
    const { client, server } = await aTunnel({ ...scriptOf(people), taskstatus: twoTasks, result: inline });
    expect((await client.openResult(instanceId, { task: "t1" })).via).toBe("inline");
    expect(asked(server.requests)).toEqual(["taskstatus", "result"]);
    expect(await failureOf(client.openResult(instanceId, { task: "t3" }))).toMatchObject({
      kind: "not-found",
      message: expect.stringContaining("t1, t2"),
    });
  });

  it("that the service does not hold is not an empty one, for one of several tasks", async () => {
    const result = { body: inlineXml("", { IsSelect: true, SelectResultStatus: "NO" }) };
    const { client } = await aTunnel({ ...scriptOf(people), taskstatus: twoTasks, result });
    expect(await failureOf(client.openResult(instanceId, { task: "t1" }))).toMatchObject({
      kind: "unsupported",
      instanceId,
      taskName: "t1",
    });
  });

  it("is not read for the only task there is", async () => {
    const { client } = await aTunnel(scriptOf(people));
    expect((await client.openResult(instanceId, { task: "t1" })).via).toBe("tunnel");
  });
});
