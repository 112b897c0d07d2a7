import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { childAt, readXml } from "../../../src/simulator/maxcompute/read-xml.ts";
import { aSimulator, errorCode, texts } from "./wire.ts";

let world: Awaited<ReturnType<typeof aSimulator>>;
beforeAll(async () => {
  world = await aSimulator();
});
afterAll(() => world.simulator.close());

const job = (sql: string, { kind = "SQL", extra = "<Priority>9</Priority>" } = {}): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<Instance><Job>${extra}<Tasks><${kind}><Name>AnonymousSQLTask</Name><Config><Property><Name>settings</Name>` +
  `<Value>{}</Value></Property></Config><Query><![CDATA[${sql}]]></Query></${kind}></Tasks><DAG><RunMode>Sequence</RunMode></DAG></Job></Instance>`;

const submit = (body: string) =>
  world.ask({ method: "POST", path: "/projects/demo_project/instances", body, headers: { "content-type": "application/xml" } });
const submitted = async (body: string): Promise<string> => (await submit(body)).headers.location?.split("/").at(-1) ?? "";
const resultOf = async (id: string): Promise<string> => {
  const { body } = await world.get(id, ["result", ""]);
  return Buffer.from(childAt(readXml(body), "Tasks", "Task", "Result")?.text ?? "", "base64").toString("utf8");
};

it("answers 201 with an empty body and where the instance is, which then runs for five seconds", async () => {
  const { status, headers, body } = await submit(job("select 42;"));
  expect([status, body]).toEqual([201, ""]);
  expect(headers.location).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/projects\/demo_project\/instances\/20261122\d+g\w{8}$/);
  const id = headers.location?.split("/").at(-1) ?? "";
  expect(texts((await world.get(id)).body, "Status")).toEqual(["Running"]);
  await world.clock.advance(6_000);
  expect(texts((await world.get(id, ["taskstatus", ""])).body, "Status")).toEqual(["Terminated", "Success"]);
  expect(await resultOf(id)).toBe('"_c0"\n42\n');
});

it("keeps name, priority and statement for ?source", async () => {
  const id = await submitted(job("select 1;", { extra: "<Name>nightly</Name><Priority>2</Priority>" }));
  const { body } = await world.get(id, ["source", ""]);
  expect([texts(body, "Name")[0], texts(body, "Priority")[0]]).toEqual(["nightly", "2"]);
  expect(body).toContain("<Query><![CDATA[select 1;]]></Query>");
});

it("fails a statement about a table that is not there", async () => {
  const id = await submitted(job("select * from nope;"));
  await world.clock.advance(6_000);
  expect(texts((await world.get(id, ["taskstatus", ""])).body, "Status")).toEqual(["Terminated", "Failed"]);
  expect(await resultOf(id)).toBe("ODPS-0130131:[1,15] Table not found - table demo_project.nope cannot be resolved");
});

it("runs a scenario at its own length when the statement asks for it by name", async () => {
  const id = await submitted(job("select /* scenario: running */ 1;"));
  await world.clock.advance(20 * 60_000);
  expect(texts((await world.get(id)).body, "Status")).toEqual(["Running"]);
});

it.each([
  ["select 1;", { Input: 0, UDF: 0, Complexity: 0 }],
  ["select f(a) from orders o join events e on o.id = e.id;", { Input: 2_197_815_296, UDF: 1, Complexity: 1.5 }],
  ["create table t (a bigint);", {}],
])("estimates the cost of %s as JSON", async (sql, expected) => {
  const id = await submitted(job(sql, { kind: "SQLCost" }));
  await world.clock.advance(6_000);
  expect((await world.get(id, ["taskstatus", ""])).body).toContain('<Task Type="SQLCost">');
  expect(JSON.parse(await resultOf(id))).toEqual({ Cost: { SQL: expected } });
});

it.each([
  ["selec 1;", "ODPS-0130161:[1,1] Parse exception - "],
  ["select * from nope;", "ODPS-0130131:[1,15] Table not found - "],
])("cannot estimate %s, and says why", async (sql, beginning) => {
  const id = await submitted(job(sql, { kind: "SQLCost" }));
  await world.clock.advance(6_000);
  expect(texts((await world.get(id, ["taskstatus", ""])).body, "Status")).toEqual(["Terminated", "Failed"]);
  expect((await resultOf(id)).slice(0, beginning.length)).toBe(beginning);
});

it("gives the same Guid the same instance", async () => {
  const body = job("select 1;", { extra: "<Guid>once</Guid>" });
  expect(await submitted(body)).toBe(await submitted(body));
  expect(await submitted(job("select 1;"))).not.toBe(await submitted(job("select 1;")));
});

it("keeps the settings for ?source, and takes the quota from them", async () => {
  const settings = '{"odps.task.wlm.quota":"batch_quota","a":"&lt;b&gt;"}';
  const id = await submitted(job("select 1;").replace("{}", settings));
  const { body } = await world.get(id, ["source", ""]);
  expect(body).toContain(
    "<Config><Property><Name>settings</Name><Value>{&quot;odps.task.wlm.quota&quot;:&quot;batch_quota&quot;",
  );
  const listing = await world.ask({ path: "/projects/demo_project/instances", query: [["quotaIndex", "batch_quota"]] });
  expect(texts(listing.body, "Name")).toContain(id);
});

describe("a synchronous answer", () => {
  const trying = (sql: string) =>
    world.ask({
      method: "POST",
      path: "/projects/demo_project/instances",
      query: [["tryWait", ""]],
      body: job(sql),
      headers: { "content-type": "application/xml" },
    });

  it.each([
    ["tryWait", () => trying("select 42;"), "Success", '"_c0"\n42\n'],
    ["the mark in the statement", () => submit(job("select /* sync */ 42;")), "Success", '"_c0"\n42\n'],
    [
      "tryWait, of a failure",
      () => trying("select * from nope;"),
      "Failed",
      "ODPS-0130131:[1,15] Table not found - table demo_project.nope cannot be resolved",
    ],
  ])("comes with %s: 200, the result, and an instance that is over", async (_case, ask, taskStatus, result) => {
    const { status, headers, body } = await ask();
    expect([status, texts(body, "Status")]).toEqual([200, [taskStatus]]);
    expect(body).toContain(Buffer.from(result).toString("base64"));
    const id = headers.location?.split("/").at(-1) ?? "";
    expect(texts((await world.get(id, ["taskstatus", ""])).body, "Status")).toEqual(["Terminated", taskStatus]);
    expect(await resultOf(id)).toBe(result);
  });

  it("does not come for what takes long", async () => {
    const { status, body } = await trying("select /* scenario: running */ 1;");
    expect([status, body]).toEqual([201, ""]);
  });
});

it("a submission in the way of another is 409 with Retry-After, creates nothing, and can be repeated", async () => {
  world.simulator.fault({ kind: "conflict", retryAfter: 3, times: 1 });
  expect((await world.get("success")).status).toBe(200);
  const before = world.simulator.list().length;
  const answer = await submit(job("select 1;"));
  expect([answer.status, errorCode(answer), answer.headers["retry-after"]]).toEqual([409, "Conflict", "3"]);
  expect(world.simulator.list()).toHaveLength(before);
  expect((await submit(job("select 1;"))).status).toBe(201);
});

it("refuses the same Guid, or a syntax error, when it is set so", async () => {
  const strict = await aSimulator({ settings: { sameGuid: "conflict", syntaxErrorsAt: "submission" } });
  const post = (body: string) => strict.ask({ method: "POST", path: "/projects/demo_project/instances", body });
  const answers = [
    await post(job("select 1;", { extra: "<Guid>once</Guid>" })),
    await post(job("select 1;", { extra: "<Guid>once</Guid>" })),
    await post(job("-- a remark\n  selec 1;")),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 409, 400]);
  expect(answers[1]?.headers["retry-after"]).toBe("1");
  expect(answers[2]?.body).toContain(
    "<Code>ODPS-0130161</Code><Message><![CDATA[ODPS-0130161:[2,3] Parse exception - invalid token 'selec'",
  );
  await strict.simulator.close();
});

it.each([
  ["settings that are no JSON", job("select 1;").replace("{}", "{a}"), "InvalidArgument"],
  ["a statement whose ]]> is not split", job("select ']]>' ;"), "InvalidParameter"],
  ["another kind of job", "<Instance><XflowInstance/></Instance>", "InvalidArgument"],
  ["an empty statement", job(" "), "InvalidArgument"],
  ["a priority that is none", job("select 1", { extra: "<Priority>-1</Priority>" }), "InvalidArgument"],
  ["elements nested a hundred levels deep", `${"<a>".repeat(100)}${"</a>".repeat(100)}`, "InvalidParameter"],
  ["nothing", "", "InvalidParameter"],
])("refuses %s", async (_case, body, code) => {
  const answer = await submit(body);
  expect([answer.status, errorCode(answer)]).toEqual([400, code]);
});

it("refuses a body of more than eight megabytes", async () => {
  const answer = await submit("x".repeat(9 * 1024 * 1024)).catch((error: unknown) => error);
  // The simulator stops reading, so the sender may see the connection end before it sees the answer.
  expect(answer instanceof Error || (answer as { status: number }).status === 413).toBe(true);
  expect((await submit(job("select 1;"))).status).toBe(201);
});
