import { describe, expect, it } from "vitest";
import { aClientOf, failureOf, instanceId } from "./a-client.ts";

const task = (inner: string) => `<Task Type="SQL">${inner}</Task>`;
const document = (...tasks: string[]) => `<Instance><Tasks>${tasks.map(task).join("")}</Tasks></Instance>`;

describe("getTaskResult", () => {
  const two = document(
    "<Name>a</Name><Result Format='text'>one</Result>",
    "<Name>b</Name><Result>two</Result><Status>Failed</Status>",
  );

  it("is the first task's without a name, the named one's with one", async () => {
    const { client } = await aClientOf({ body: two });
    expect(await client.getTaskResult(instanceId)).toMatchObject({
      taskName: "a",
      text: "one",
      format: "text",
      status: undefined,
    });
    expect(await client.getTaskResult(instanceId, "b")).toMatchObject({
      taskName: "b",
      text: "two",
      format: "text",
      status: "FAILED",
    });
  });

  it("names the tasks there are when asked for another", async () => {
    const { client } = await aClientOf({ body: two });
    const error = await failureOf(client.getTaskResult(instanceId, "__proto__"));
    expect(error).toMatchObject({
      kind: "not-found",
      instanceId,
      message: "The instance has no task named __proto__; there is: a, b",
    });
  });

  it("says so when the instance has no task at all", async () => {
    const { client } = await aClientOf({ body: document() });
    expect(await failureOf(client.getTaskResult(instanceId))).toMatchObject({
      kind: "not-found",
      message: "The instance has no task",
    });
  });

  it("keeps a task named as an object's internals", async () => {
    const { client } = await aClientOf({ body: document("<Name>__proto__</Name><Result>x</Result>") });
    expect((await client.getTaskResult(instanceId, "__proto__")).text).toBe("x");
  });
});

describe("a result's descriptor", () => {
  const described = async (descriptor: string) => {
    const { client } = await aClientOf({
      body: document(`<Name>a</Name><Result>x</Result><ResultDescriptor><![CDATA[${descriptor}]]></ResultDescriptor>`),
    });
    return (await client.getTaskResult(instanceId)).descriptor;
  };

  it("tells the columns and whether the result is whole", async () => {
    const text =
      '{"IsSelect":true,"SelectResultStatus":"TRUNCATED","Schema":{"Columns":[{"Name":"id","Type":"bigint"},{"Name":"n"},7,{}]}}';
    expect(await described(text)).toEqual({
      isSelect: true,
      selectResultStatus: "TRUNCATED",
      columns: [
        { name: "id", type: "bigint" },
        { name: "n", type: "" },
      ],
    });
  });

  it.each([
    ['{"IsSelect":"yes","Schema":[]}', { isSelect: undefined, selectResultStatus: undefined, columns: undefined }],
    [
      '{"__proto__":{"IsSelect":true,"SelectResultStatus":"NO"}}',
      { isSelect: undefined, selectResultStatus: undefined, columns: undefined },
    ],
    ["[1]", undefined],
    ["not JSON", undefined],
    ["", undefined],
  ])("is left out where %s cannot be read", async (text, expected) => {
    expect(await described(text)).toEqual(expected);
  });
});

describe("a base64 result", () => {
  it.each([
    ["broken over lines", "w6Q\n=\n", "ä"],
    ["with a byte order mark", "77u/YQ==", "\ufeffa"],
    ["empty", "", ""],
  ])("is read when %s", async (_, encoded, text) => {
    const { client } = await aClientOf({ body: document(`<Name>a</Name><Result Transform="Base64">${encoded}</Result>`) });
    expect((await client.getTaskResult(instanceId)).text).toBe(text);
  });

  it.each([
    ["cut", "w6Q"],
    ["full of strangers", "!!!!"],
    ["not text", "/w=="],
  ])("is malformed when %s", async (_, encoded) => {
    const { client } = await aClientOf({
      headers: { "x-odps-request-id": "R1" },
      body: document(`<Name>a</Name><Result Transform="Base64">${encoded}</Result>`),
    });
    expect(await failureOf(client.getTaskResults(instanceId))).toMatchObject({
      kind: "malformed",
      requestId: "R1",
      instanceId,
      httpStatus: 200,
    });
  });

  it("is malformed without the name of its task", async () => {
    const { client } = await aClientOf({ body: document("<Result>x</Result>") });
    expect(await failureOf(client.getTaskResults(instanceId))).toMatchObject({ kind: "malformed" });
  });
});
