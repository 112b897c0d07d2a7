import { describe, expect, it } from "vitest";
import { aClient, aClientOf, aServer, failureOf, instanceId } from "./a-client.ts";

const summaryBody = (json: unknown, text?: string) =>
  JSON.stringify({ Instance: { JsonSummary: typeof json === "string" ? json : JSON.stringify(json), Summary: text } });

const summaryOf = async (body: string, finalized?: string) => {
  const headers = finalized === undefined ? {} : { "x-odps-task-finalized": finalized };
  return (await aClientOf({ headers, body })).client.getTaskSummary(instanceId, "t");
};

describe("getTaskSummary", () => {
  it("has the text and the JSON, and says whether they may still change", async () => {
    const body = summaryBody({ jobs: [] }, "cpu 0.02");
    expect(await summaryOf(body, "false")).toEqual({ text: "cpu 0.02", json: { jobs: [] }, finalized: false });
    expect(await summaryOf(body, "TRUE")).toMatchObject({ finalized: true });
    expect(await summaryOf(body, "perhaps")).toMatchObject({ finalized: undefined });
  });

  it.each([
    "",
    " \n",
    "{}",
    '{"Instance":null}',
    '{"Instance":{}}',
    '{"Instance":{"JsonSummary":null}}',
    '{"Instance":{"JsonSummary":""}}',
  ])("is undefined for %j", async (body) => {
    expect(await summaryOf(body, "true")).toBeUndefined();
  });

  it("takes the JSON also when it is not wrapped in a string, and lives without the text", async () => {
    expect(await summaryOf('{"Instance":{"JsonSummary":{"a":1},"Summary":7}}')).toEqual({ json: { a: 1 } });
  });

  it.each(["not json", "[1]", "7", "{"])("refuses a JSON summary that is %j", async (json) => {
    const { client } = await aClientOf({ headers: { "x-odps-request-id": "R1" }, body: summaryBody(json) });
    expect(await failureOf(client.getTaskSummary(instanceId, "t"))).toMatchObject({
      kind: "malformed",
      requestId: "R1",
      instanceId,
    });
  });
});

describe("getTaskCost", () => {
  const costOf = async (json: unknown) => (await aClientOf({ body: summaryBody(json) })).client.getTaskCost(instanceId, "t");

  it("reads numbers that were sent as text, and knows nothing of what was left out", async () => {
    expect(await costOf({ Cost: { CPU: "120", Input: 0 } })).toEqual({ cpu: 120, memory: undefined, input: 0 });
    expect(await costOf({ Cost: [] })).toBeUndefined();
    expect(await costOf({ Cost: null })).toBeUndefined();
  });

  it("does not know a count it cannot hold exactly, of which the summary keeps the digits", async () => {
    const json = '{"Cost":{"CPU":1,"Memory":2,"Input":9007199254740993}}';
    expect(await costOf(json)).toEqual({ cpu: 1, memory: 2, input: undefined });
    expect(await summaryOf(summaryBody(json))).toMatchObject({ json: { Cost: { Input: "9007199254740993" } } });
  });

  it("is undefined where there is no summary", async () => {
    const { client } = await aClientOf({ body: "" });
    expect(await client.getTaskCost(instanceId, "t")).toBeUndefined();
  });
});

describe("getTaskDetail", () => {
  it.each(["", "{}", "[]", "null", '""'])("asks for the older detail when the newer one is %j", async (newer) => {
    const server = await aServer((_, index) => ({ body: index === 0 ? newer : '{"mapReduce":{"jobs":[]}}' }));
    expect(await aClient(server).client.getTaskDetail(instanceId, "t")).toEqual({ mapReduce: { jobs: [] } });
    expect(server.requests.map(({ target }) => target.split("?")[1])).toEqual([
      "instancedetail&taskname=t&curr_project=demo_proj",
      "detail&taskname=t&curr_project=demo_proj",
    ]);
  });

  it("does not ask twice when it has been told something", async () => {
    const { client, server } = await aClientOf({ body: "[0]" });
    expect(await client.getTaskDetail(instanceId, "t")).toEqual([0]);
    expect(server.requests).toHaveLength(1);
  });

  it("is undefined when neither tells anything", async () => {
    const { client } = await aClientOf({ body: "" });
    expect(await client.getTaskDetail(instanceId, "t")).toBeUndefined();
  });

  it("takes text full of brackets for text", async () => {
    const text = `waiting ${"[".repeat(100)}`;
    expect(await (await aClientOf({ body: text })).client.getTaskDetail(instanceId, "t")).toBe(text);
  });
});

describe("getTaskQuota", () => {
  it("is an object, empty when the service has nothing to say", async () => {
    expect(await (await aClientOf({ body: '{"cpu":"1","id":9007199254740993}' })).client.getTaskQuota(instanceId, "t")).toEqual({
      cpu: "1",
      id: "9007199254740993",
    });
    expect(await (await aClientOf({ body: "" })).client.getTaskQuota(instanceId, "t")).toEqual({});
  });
});
