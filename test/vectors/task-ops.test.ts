import { describe, expect, it } from "vitest";
import type { MaxComputeClient, TaskSummary, WorkerLogType } from "../../src/maxcompute/index.ts";
import { aClientOf, failureOf, instanceId } from "../maxcompute/a-client.ts";
import { casesToMatch, recordedCases } from "./vectors.ts";

type Input = { status: number; headers: Record<string, string>; body: string };
type Expected = { value?: unknown; requests: string[]; bodies: string[]; error?: { class: string; message: string } };

/** Method, path and parameters, whatever their order; a bare key and an empty value are the same. */
const comparable = (request: string) => {
  const [method = "", target = ""] = request.split(" ");
  const { pathname, searchParams } = new URL(target.replace("<id>", instanceId), "http://mc.test");
  return { method, pathname: decodeURIComponent(pathname), parameters: Object.fromEntries(searchParams) };
};

const recordedSummary = (summary: TaskSummary | undefined, input: Input) =>
  summary === undefined
    ? null
    : {
        dict: summary.json,
        summaryText: summary.text ?? null,
        jsonSummary: JSON.parse(input.body).Instance.JsonSummary,
        finalized: summary.finalized ?? null,
      };

const recordedSource = async (client: MaxComputeClient, caseName: string) => {
  const { priority, uniqueId, tasks } = await client.getSource(instanceId);
  if (caseName.startsWith("priority")) return priority;
  return caseName.startsWith("unique-id") ? uniqueId : tasks.find(({ query }) => query !== undefined)?.query;
};

const recordedQueueing = async (client: MaxComputeClient, input: Input) => {
  const { instanceId: id, priority, progress, status } = await client.getQueueingInfo(instanceId);
  return { instanceId: id, priority, progress, status, raw: JSON.parse(input.body) };
};

/** What the SDK was asked in a case is told by its request; what it returned, in the recording's own form. */
const calls: Readonly<
  Record<string, (client: MaxComputeClient, parameters: URLSearchParams, input: Input, caseName: string) => Promise<unknown>>
> = {
  "GET instancesummary": async (client, _, input, caseName) =>
    caseName.startsWith("task-cost")
      ? ((await client.getTaskCost(instanceId, "t")) ?? null)
      : recordedSummary(await client.getTaskSummary(instanceId, "t"), input),
  "GET instancedetail": (client) => client.getTaskDetail(instanceId, "t"),
  "GET detail": (client) => client.getTaskDetail2(instanceId, "t"),
  "GET instancequota": (client) => client.getTaskQuota(instanceId, "t"),
  "GET info": (client, parameters) => client.getTaskInfo(instanceId, "t", parameters.get("key") ?? ""),
  "PUT info": (client) => client.putTaskInfo(instanceId, "t", "k", "v"),
  "GET log": (client, parameters) => {
    const sent = parameters.get("logtype") ?? "";
    const logType = ({ "coreinfo.tmp": "coreinfo", "hs_err_*.log": "hs_err_log" }[sent] ?? sent) as WorkerLogType;
    return client.getWorkerLog(instanceId, parameters.get("id") ?? "", logType, { size: Number(parameters.get("size") ?? 0) });
  },
  "GET cached": (client, _, input) => recordedQueueing(client, input),
  "GET source": (client, _, __, caseName) => recordedSource(client, caseName),
  "PUT curr_project": async (client) => (await client.stopInstance(instanceId)) ?? null,
  "GET curr_project": async (client) => (await client.getInstance(instanceId)).status === "Terminated",
};

const callFor = (expected: Expected) => {
  const [method, target = ""] = (expected.requests[0] ?? "").split(" ");
  const { searchParams } = new URL(target, "http://mc.test");
  const call = calls[`${method} ${[...searchParams.keys()][0]}`];
  if (call === undefined) throw new Error(`no call for ${expected.requests[0]}`);
  return { call, searchParams };
};

const withoutSpace = (xml: string) => xml.replaceAll(/\s+(?=<)|(?<=>)\s+/g, "");

describe("what can be asked of a task", () => {
  it.each(casesToMatch<Input, Expected>("task_ops.json"))("$name", async ({ name, input, expected }) => {
    const { client, server } = await aClientOf(input, { retries: 0 });
    const { call, searchParams } = callFor(expected);
    const answer = call(client, searchParams, input, name);
    if (expected.error === undefined) expect(await answer).toEqual(expected.value);
    else expect(await failureOf(answer)).toMatchObject({ code: expected.error.class, message: expected.error.message });
    const requests = server.requests.map(({ method, target }) => comparable(`${method} ${target}`));
    expect(requests).toEqual(expected.requests.map(comparable));
    const bodies = server.requests.flatMap(({ body }) => (body === "" ? [] : [withoutSpace(body)]));
    expect(bodies).toEqual(expected.bodies.map(withoutSpace));
  });
});

describe("where the recorded SDK stumbles over a task's answer", () => {
  it("an empty summary is none", async () => {
    const found = recordedCases<Input, Expected>("task_ops.json").find(({ name }) => name === "summary-not-json");
    const { client } = await aClientOf(found?.input ?? {});
    expect(await client.getTaskSummary(instanceId, "t")).toBeUndefined();
  });
});
