import { afterAll, beforeAll, expect, it } from "vitest";
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

it("estimates a cost as JSON", async () => {
  const id = await submitted(job("select 1;", { kind: "SQLCost" }));
  await world.clock.advance(6_000);
  expect(JSON.parse(await resultOf(id))).toEqual({ Cost: { SQL: { Input: 1_048_576, UDF: 0, Complexity: 1.5 } } });
});

it("gives the same Guid the same instance", async () => {
  const body = job("select 1;", { extra: "<Guid>once</Guid>" });
  expect(await submitted(body)).toBe(await submitted(body));
  expect(await submitted(job("select 1;"))).not.toBe(await submitted(job("select 1;")));
});

it.each([
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
