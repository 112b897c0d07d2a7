import { afterAll, beforeAll, expect, it } from "vitest";
import { actionsIn } from "./actions.ts";
import { aSimulator, errorCode, texts } from "./wire.ts";

let world: Awaited<ReturnType<typeof aSimulator>>;
beforeAll(async () => {
  world = await aSimulator();
});
afterAll(() => world.simulator.close());

const tables = { inputTableName: "demo_project.t_in", outputTableName: "other.t_out" };

type Wanted = {
  readonly project?: string;
  readonly name?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly extra?: string;
};

const xflow = ({ project = "algo_public", name = "AppendID", parameters = tables, extra = "" }: Wanted = {}): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<Instance><XflowInstance><Project>${project}</Project><Xflow>${name}</Xflow><Parameters>${Object.entries(
    parameters,
  )
    .map(([key, value]) => `<Parameter><Key>${key}</Key><Value>${value}</Value></Parameter>`)
    .join("")}</Parameters>${extra}</XflowInstance></Instance>`;

const submit = (body: string) =>
  world.ask({ method: "POST", path: "/projects/demo_project/instances", body, headers: { "content-type": "application/xml" } });
const submitted = async (body: string): Promise<string> => (await submit(body)).headers.location?.split("/").at(-1) ?? "";

it("creates an XFlow that runs for a minute and starts instances on the way", async () => {
  const { status, headers, body } = await submit(
    xflow({ parameters: { ...tables, k: "v&amp;&lt;w&gt;" }, extra: "<Priority>4</Priority>" }),
  );
  expect([status, body]).toEqual([201, ""]);
  const id = headers.location?.split("/").at(-1) ?? "";
  await world.clock.advance(30_000);
  const actions = actionsIn((await world.get(id, ["xresult", ""])).body);
  expect(actions.map(({ name }) => name)).toEqual(["Start", "split_data", "tune"]);
  await world.clock.advance(31_000);
  expect(texts((await world.get(id, ["taskstatus", ""])).body, "Status")).toEqual(["Terminated", "Success"]);
  const source = (await world.get(id, ["xsource", ""])).body;
  expect(texts(source, "Xflow")).toEqual(["AppendID"]);
  expect(texts(source, "Key")).toEqual(["inputTableName", "outputTableName", "k"]);
  expect(texts(source, "Value")[2]).toBe("v&amp;&lt;w&gt;");
  expect(texts(source, "Priority")).toEqual(["4"]);
});

it("knows its XFlows in the project itself, where clients look by default", async () => {
  expect((await submit(xflow({ project: "demo_project" }))).status).toBe(201);
});

it("runs the scenario that a parameter asks for, at its own length", async () => {
  const id = await submitted(xflow({ parameters: { ...tables, scenario: "xflow_failed" } }));
  await world.clock.advance(200_000);
  expect(texts((await world.get(id, ["taskstatus", ""])).body, "Status")).toEqual(["Terminated", "Failed"]);
});

it("gives the same Guid the same XFlow", async () => {
  const body = xflow({ extra: "<Guid>flow-1</Guid>" });
  const id = await submitted(body);
  expect(id).not.toBe("");
  expect(await submitted(body)).toBe(id);
  expect(texts((await world.get(id, ["xsource", ""])).body, "Guid")).toEqual(["flow-1"]);
});

it.each([
  ["an XFlow nobody knows", xflow({ name: "Nothing" }), 404, "NoSuchObject"],
  ["a project nobody knows", xflow({ project: "elsewhere" }), 404, "NoSuchProject"],
  ["a missing parameter", xflow({ parameters: { inputTableName: "demo_project.t" } }), 400, "InvalidArgument"],
  ["an empty parameter", xflow({ parameters: { ...tables, outputTableName: "" } }), 400, "InvalidArgument"],
  ["a parameter without a name", xflow({ parameters: { ...tables, "": "x" } }), 400, "InvalidArgument"],
  ["a parameter given twice", xflow().replace("outputTableName", "inputTableName"), 400, "InvalidArgument"],
  ["no name", xflow({ name: "" }), 400, "InvalidArgument"],
  ["a priority that is none", xflow({ extra: "<Priority>12</Priority>" }), 400, "InvalidArgument"],
])("refuses %s", async (_case, body, status, code) => {
  const before = world.simulator.list().length;
  const answer = await submit(body);
  expect([answer.status, errorCode(answer)]).toEqual([status, code]);
  expect(world.simulator.list()).toHaveLength(before);
});
