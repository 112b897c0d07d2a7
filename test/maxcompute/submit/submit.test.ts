import { describe, expect, it } from "vitest";
import type { SqlOptions } from "../../../src/maxcompute/index.ts";
import type { RecordedAnswer } from "../../support/recorded-server.ts";
import { aClient, aServer, failureOf, testNow } from "../a-client.ts";

const id = "20261122140000001gcreat";
const created: RecordedAnswer = { status: 201, headers: { Location: `/projects/demo_proj/instances/${id}` } };
const conflict = (headers: Record<string, string> = {}): RecordedAnswer => ({
  status: 409,
  headers,
  body: "<Error><Code>Conflict</Code><Message>another submission is under way</Message></Error>",
});

const submitting = async (...answers: readonly RecordedAnswer[]) => {
  const server = await aServer((_, index) => answers[Math.min(index, answers.length - 1)] ?? created);
  return { ...aClient(server), server };
};

/** The one request's body. */
const bodyOf = async (sql: string, options?: SqlOptions) => {
  const { client, server } = await submitting(created);
  await client.runSql(sql, options);
  return server.requests[0]?.body ?? "";
};
const settingsIn = (body: string) => JSON.parse(/<Name>settings<\/Name>\s*<Value>(.*)<\/Value>/.exec(body)?.[1] ?? "");

describe("what is submitted", () => {
  it("has every setting as a string, whatever it was", async () => {
    const body = await bodyOf("select 1", { hints: { a: true, b: false, n: 16, t: "x" } });
    expect(settingsIn(body)).toEqual({ a: "true", b: "false", n: "16", t: "x" });
  });

  it("lets a hint win over the SQL's own setting, and quota and schema over a hint", async () => {
    const hints = { "odps.sql.read.only": true, "odps.task.wlm.quota": "q1", "odps.default.schema": "s1" };
    const body = await bodyOf("set odps.sql.read.only=false; set x=1; select 1", { hints, quota: "q2", schema: "s2" });
    expect(settingsIn(body)).toMatchObject({
      "odps.sql.read.only": "true",
      x: "1",
      "odps.task.wlm.quota": "q2",
      "odps.default.schema": "s2",
    });
  });

  it("has its settings in ASCII, as the recorded SDK writes them", async () => {
    const body = await bodyOf("set 名=é; select 1", { hints: { smile: "\u{1F600}\u007f\n" } });
    expect(body).toContain(String.raw`{"\u540d": "\u00e9", "smile": "\ud83d\ude00\u007f\n"}`);
    expect(settingsIn(body)).toEqual({ 名: "é", smile: "\u{1F600}\u007f\n" });
  });

  it("has no hint without a value", async () => {
    const { client, server } = await submitting(created);
    for (const value of [undefined, null, {}]) {
      const hints = { a: value } as unknown as NonNullable<SqlOptions["hints"]>;
      expect(await failureOf(client.runSql("select 1", { hints }))).toMatchObject({ kind: "invalid" });
    }
    expect(server.requests).toHaveLength(0);
  });

  it.each(["-- nothing", "/* nothing */ ;", "; -- a\n/* b */\n--c"])("is not %j, in which there is no SQL", async (sql) => {
    const { client, server } = await submitting(created);
    expect(await failureOf(client.runSql(sql))).toMatchObject({ kind: "invalid", message: "There is no SQL to run" });
    expect(server.requests).toHaveLength(0);
  });

  it("is not longer than any SQL can be", async () => {
    const { client, server } = await submitting(created);
    expect(await failureOf(client.runSql("x".repeat(17 * 1024 * 1024)))).toMatchObject({ kind: "invalid" });
    expect(server.requests).toHaveLength(0);
  });

  it("is named, and told apart, where the service looks for it", async () => {
    const body = await bodyOf("select 1", { jobName: "nightly & more", uniqueId: "u-1", priority: 3 });
    expect(body.replaceAll(/\s+/g, "")).toContain(
      "<Job><Name>nightly&amp;more</Name><Priority>3</Priority><Guid>u-1</Guid><Tasks>",
    );
  });

  it("has a new uuid each time", async () => {
    const uuidIn = (body: string) => /<Name>uuid<\/Name>\s*<Value>([0-9a-f-]{36})<\/Value>/.exec(body)?.[1];
    const [one, other] = [uuidIn(await bodyOf("select 1")), uuidIn(await bodyOf("select 1"))];
    expect(one).toBeDefined();
    expect(one).not.toBe(other);
  });

  it("holds the end of a CDATA section within the SQL", async () => {
    const body = await bodyOf("select ']]>' , arr[arr[0]]>1");
    expect(body).toContain("<![CDATA[select ']]]]><![CDATA[>' , arr[arr[0]]]]><![CDATA[>1;]]>");
  });

  it.each([
    ["a control character", "select '\u0001'"],
    ["half of a pair", "select '\ud800'"],
    ["a code point that is none", "select '\uffff'"],
    ["nothing", " \n;; "],
  ])("is refused before it is sent: %s", async (_, sql) => {
    const { client, server } = await submitting(created);
    expect(await failureOf(client.runSql(sql))).toMatchObject({ kind: "invalid" });
    expect(server.requests).toHaveLength(0);
  });

  it("may hold any character that XML has", async () => {
    expect(await bodyOf("select '\t😀\ue000'")).toContain("<![CDATA[select '\t😀\ue000';]]>");
  });

  it.each<[SqlOptions]>([
    [{ priority: 10 }],
    [{ priority: 1.5 }],
    [{ priority: Number.NaN }],
    [{ hints: { a: Number.NaN } }],
    [{ hints: { a: "\u0000" } }],
    [{ quota: "" }],
    [{ schema: " " }],
    [{ uniqueId: "" }],
    [{ jobName: "\u0002" }],
  ])("is refused with the options %j", async (options) => {
    const { client, server } = await submitting(created);
    expect(await failureOf(client.runSql("select 1", options))).toMatchObject({ kind: "invalid" });
    expect(server.requests).toHaveLength(0);
  });

  it("may be an XFlow without anything but its name", async () => {
    const { client, server } = await submitting(created);
    await client.runXflow("AppendID");
    expect(server.requests[0]?.body.replaceAll(/\s+/g, "")).toBe(
      '<?xmlversion="1.0"encoding="utf-8"?><Instance><XflowInstance><Project>demo_proj</Project><Xflow>AppendID</Xflow><Parameters/></XflowInstance></Instance>',
    );
  });

  it("has the tables and the model of an XFlow in its own project, unless they say otherwise", async () => {
    const valuesOf = async (parameters: Record<string, string>) => {
      const { client, server } = await submitting(created);
      await client.runXflow("X", { project: "algo_public", parameters });
      return [...(server.requests[0]?.body.matchAll(/<Value>(.*)<\/Value>/g) ?? [])].map(([, value]) => value);
    };
    const plain = { inputTableName: "t1", outputTableName: "t2", modelName: "m", other: "t3" };
    expect(await valuesOf(plain)).toEqual(["demo_proj.t1", "demo_proj.t2", "demo_proj/offlinemodels/m", "t3"]);
    const full = { inputTableName: "p.t1", outputTableName: "p.t2", modelName: "p/offlinemodels/m" };
    expect(await valuesOf(full)).toEqual(Object.values(full));
  });

  it.each([
    ["", {}],
    ["X", { project: "a/b" }],
    ["X", { priority: -1 }],
    ["X", { parameters: { a: "\u0000" } }],
  ])("refuses the XFlow %j %j", async (name, options) => {
    const { client, server } = await submitting(created);
    expect(await failureOf(client.runXflow(name, options))).toMatchObject({ kind: "invalid" });
    expect(server.requests).toHaveLength(0);
  });
});

describe("the answer to a submission", () => {
  it.each([
    ["absolute", `http://mc.test/api/projects/demo_proj/instances/${id}`],
    ["with a slash after it", `/projects/demo_proj/instances/${id}/`],
    ["with a query", `/projects/demo_proj/instances/${id}?curr_project=x`],
    ["alone", id],
  ])("names the instance by its Location, %s", async (_, location) => {
    const { client } = await submitting({ status: 201, headers: { location } });
    expect(await client.runSql("select 1")).toMatchObject({ id, project: "demo_proj", status: "Running", isSync: false });
  });

  it.each(["job_2026.11~a-1", "NEW-SHAPE", "0"])("may name it in a shape nobody knows yet: %s", async (unknown) => {
    const { client } = await submitting({
      status: 201,
      headers: { location: `http://mc.test/api/projects/p/instances/${unknown}/` },
    });
    expect((await client.runSql("select 1")).id).toBe(unknown);
  });

  it("may name it as the local emulator does", async () => {
    const uuid = "0b1a7c1e-8a52-4a7b-9a55-0123456789ab";
    const { client } = await submitting({ status: 201, headers: { location: `/x/${uuid}` }, body: '{"message":"Created"}' });
    expect((await client.runSql("select 1")).id).toBe(uuid);
  });

  it.each([
    "/projects/demo_proj/instances/",
    "/projects/p/instances/*",
    "/projects/p/instances/a%2Fb",
    "/login",
    "*",
    "/projects/p/instances/..",
    `/${"1".repeat(300)}`,
  ])("is refused when its Location leads elsewhere: %s", async (location) => {
    const { client } = await submitting({ status: 201, headers: { location, "x-odps-request-id": "R1" } });
    expect(await failureOf(client.runSql("select 1"))).toMatchObject({ kind: "malformed", requestId: "R1" });
  });

  it.each([
    ["is empty", ""],
    ["is something else", "<html>"],
    ["has no results in it", "<Instance><Status>Running</Status></Instance>"],
    ["has the results of no task", "<Instance><Tasks></Tasks></Instance>"],
  ])("leaves the instance to be asked when 200 comes with a body that %s", async (_, body) => {
    const { client } = await submitting({ status: 200, headers: { Location: `/${id}` }, body });
    const submitted = await client.runSql("select 1");
    expect(submitted).toMatchObject({ id, status: "Running", isSync: false });
    expect(submitted.results).toBeUndefined();
  });
});

describe("a submission that conflicts with another", () => {
  it("is made again after five seconds, or as the service says, as often as it takes", async () => {
    const later = conflict({ "retry-after": "7" });
    const { client, server, sleeps } = await submitting(conflict(), later, conflict(), conflict(), conflict(), created);
    expect((await client.runSql("select 1")).id).toBe(id);
    expect(sleeps).toEqual([5000, 7000, 5000, 5000, 5000]);
    expect(new Set(server.requests.map(({ body }) => body)).size).toBe(1);
  });

  it("is given up after three minutes, even by a client with more time", async () => {
    const server = await aServer(() => conflict());
    const { client } = aClient(server, { timeouts: { totalMs: 3_600_000 } });
    expect(await failureOf(client.runSql("select 1"))).toMatchObject({ kind: "timeout", cause: { code: "Conflict" } });
    expect(server.requests).toHaveLength(36);
  });

  it("is given up at once when told to wait beyond the deadline", async () => {
    const { client, server } = await submitting(conflict({ "retry-after": "60" }));
    const error = await failureOf(client.withDeadline(testNow + 30_000).runSql("select 1"));
    expect(error).toMatchObject({ kind: "throttled", code: "Conflict", retryAfterMs: 60_000 });
    expect(server.requests).toHaveLength(1);
  });

  it("is not made again where repetition is switched off", async () => {
    const server = await aServer(() => conflict());
    const { client } = aClient(server, { retries: 0 });
    expect(await failureOf(client.runSql("select 1"))).toMatchObject({ httpStatus: 409 });
    expect(server.requests).toHaveLength(1);
  });
});

describe("a submission that may have been executed", () => {
  it("is not made again when the connection was lost, and says what to do", async () => {
    const { client, server } = await submitting((response) => void response.destroy());
    expect(await failureOf(client.runSql("select 1"))).toMatchObject({
      kind: "unreachable",
      message: expect.stringContaining("the instance may have been created all the same"),
    });
    expect(server.requests).toHaveLength(1);
  });

  it("is not made again when no answer came in time, and says what to do", async () => {
    const server = await aServer(() => () => undefined);
    const { client } = aClient(server, { timeouts: { requestMs: 300 } });
    expect(await failureOf(client.runSql("select 1"))).toMatchObject({
      kind: "timeout",
      message: expect.stringContaining("the instance may have been created all the same"),
    });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    [429, "429"],
    [500, "500 (the instance may have been created all the same, so look for it before you submit it again)"],
    [503, "503 (the instance may have been created all the same, so look for it before you submit it again)"],
  ])("is not made again after %d", async (status, message) => {
    const { client, server } = await submitting({ status });
    expect(await failureOf(client.runSql("select 1"))).toMatchObject({ httpStatus: status, message });
    expect(server.requests).toHaveLength(1);
  });
});

const result = (status: string, text: string) =>
  `<Instance><Tasks><Task Type="SQL"><Name>AnonymousSQLTask</Name><Result Format="text"><![CDATA[${text}]]></Result>${status}</Task></Tasks></Instance>`;
const sync = (body: string): RecordedAnswer => ({ status: 200, headers: { Location: `/${id}` }, body });

describe("executeSql", () => {
  const taskStatus = (word: string) =>
    `<Instance><Tasks><Task Type="SQL"><Name>AnonymousSQLTask</Name><Status>${word}</Status></Task></Tasks></Instance>`;

  it("asks for no status when the service answers with the results", async () => {
    const { client, server } = await submitting(sync(result("<Status>Success</Status>", "ok")));
    const done = await client.executeSql("show tables");
    expect(done).toMatchObject({ id, isSync: true, status: "Terminated" });
    expect(done.results?.get("AnonymousSQLTask")?.text).toBe("ok");
    expect(server.requests).toHaveLength(1);
  });

  it("throws a failure that came with the answer", async () => {
    const { client, server } = await submitting(sync(result("<Status>Failed</Status>", "ODPS-0130131:[1,1] no table")));
    expect(await failureOf(client.executeSql("select 1"))).toMatchObject({
      kind: "task-failed",
      code: "ODPS-0130131",
      instanceId: id,
      taskName: "AnonymousSQLTask",
    });
    expect(server.requests).toHaveLength(1);
  });

  it("asks when the answer does not tell how it ended", async () => {
    const ended = { body: "<Instance><Status>Terminated</Status></Instance>" };
    const { client, server } = await submitting(sync(result("", "ok")), ended, { body: taskStatus("Success") });
    expect(await client.executeSql("select 1")).toMatchObject({ isSync: true, status: "Terminated" });
    expect(server.requests).toHaveLength(3);
  });

  it("waits for an instance that goes on, through trouble on the way", async () => {
    const lost: RecordedAnswer = (response) => void response.destroy();
    const ended = { body: "<Instance><Status>Terminated</Status></Instance>" };
    const server = await aServer((_, index) => [created, lost, ended, { body: taskStatus("Success") }][index] ?? ended);
    const { client } = aClient(server, { retries: 0 });
    expect(await client.executeSql("select 1")).toMatchObject({ id, isSync: false, status: "Terminated" });
  });

  it("names the instance it leaves behind", async () => {
    const { client } = await submitting(created, { body: "<Instance><Status>Running</Status></Instance>" });
    expect(await failureOf(client.executeSql("select 1", { timeout: 2000 }))).toMatchObject({ kind: "timeout", instanceId: id });
  });

  it.each([[{ interval: 0 }, "invalid"] as const, [{ signal: AbortSignal.abort() }, "aborted"] as const])(
    "submits nothing for a wait that cannot be (%#)",
    async (options, kind) => {
      const { client, server } = await submitting(created);
      expect(await failureOf(client.executeSql("select 1", options))).toMatchObject({ kind });
      expect(server.requests).toHaveLength(0);
    },
  );
});

describe("estimateSqlCost", () => {
  it("reads an estimate that came with the answer", async () => {
    const json = '{"Cost":{"SQL":{"Input":10,"Complexity":2,"UDF":"many"}}}';
    const { client, server } = await submitting(sync(result("<Status>Success</Status>", json)));
    expect(await client.estimateSqlCost("select 1")).toEqual({ bytes: 10, complexity: 2, udfs: "unknown" });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ["a mistake in the SQL", "ODPS-0130161:[1,1] Parse exception - invalid token", "invalid"],
    ["a table that is not there", "ODPS-0130131:[1,1] Table not found", "not-found"],
    ["a code nobody knows", "ODPS-0999999:[1,1] something", "task-failed"],
  ])("throws %s as what it is", async (_, text, kind) => {
    const { client } = await submitting(sync(result("<Status>Failed</Status>", text)));
    expect(await failureOf(client.estimateSqlCost("selec 1"))).toMatchObject({ kind, message: text, instanceId: id });
  });

  it.each(["", "null", "[]", '{"Cost":[]}', '{"Cost":{"SQL":1}}'])("does not take %j for an estimate", async (text) => {
    const { client } = await submitting(sync(result("<Status>Success</Status>", text)));
    expect(await failureOf(client.estimateSqlCost("select 1"))).toMatchObject({ kind: "malformed", instanceId: id });
  });

  it("names the request that brought no estimate, at once or after a wait", async () => {
    const named = (answer: RecordedAnswer, requestId: string): RecordedAnswer =>
      typeof answer === "function" ? answer : { ...answer, headers: { ...answer.headers, "x-odps-request-id": requestId } };
    const done = { body: result("<Status>Success</Status>", "none") };
    const { client: quick } = await submitting(named(sync(done.body), "RQ-POST"));
    expect(await failureOf(quick.estimateSqlCost("select 1"))).toMatchObject({ kind: "malformed", requestId: "RQ-POST" });
    const server = await aServer(({ method, target }) => {
      if (method === "POST") return named(created, "RQ-POST");
      if (target.includes("result")) return named(done, "RQ-RESULT");
      return target.includes("taskstatus") ? done : { body: "<Instance><Status>Terminated</Status></Instance>" };
    });
    const failure = await failureOf(aClient(server).client.estimateSqlCost("select 1"));
    expect(failure).toMatchObject({ kind: "malformed", instanceId: id, requestId: "RQ-RESULT" });
  });
});
