import { describe, expect, it } from "vitest";
import { MaxComputeError, outcomeOf } from "../../src/maxcompute/index.ts";
import { aClient, aServer, failureOf, instanceId } from "../maxcompute/a-client.ts";
import { casesToMatch, recordedTime } from "./vectors.ts";

type Input = { statusXml: string; statusHttp: number; headers: Record<string, string>; taskStatusXml: string | null };
type Failure = { error: string; message: string };
type RecordedTask = { status: string; type: string; start: string | null; end: string | null };
type Expected = {
  status: string | Failure;
  owner: string | null | Failure;
  startTimeUtc: string | null | Failure;
  endTimeUtc: string | null | Failure;
  taskStatuses?: Record<string, RecordedTask>;
  taskNames?: string[];
  isSuccessful?: boolean;
  exists: boolean | Failure;
};

const clientFor = async (input: Input) => {
  const server = await aServer(({ target }) =>
    target.includes("taskstatus")
      ? { body: input.taskStatusXml ?? "" }
      : { status: input.statusHttp, headers: input.headers, body: input.statusXml },
  );
  return aClient(server).client;
};

const isFailure = (value: unknown): value is Failure => typeof value === "object" && value !== null && "error" in value;

const cases = casesToMatch<Input, Expected>("status.json");

describe("the status of an instance", () => {
  it.each(cases.filter(({ expected }) => !isFailure(expected.status)))("$name", async ({ input, expected }) => {
    const instance = await (await clientFor(input)).getInstance(instanceId);
    expect(instance.status).toBe(expected.status);
    expect(instance.owner ?? null).toBe(expected.owner);
    expect(recordedTime(instance.startTime)).toBe(expected.startTimeUtc);
    expect(recordedTime(instance.endTime)).toBe(expected.endTimeUtc);
  });

  it.each(cases.filter(({ expected }) => isFailure(expected.status)))("$name is an error", async ({ input, expected }) => {
    const error = await failureOf((await clientFor(input)).getInstance(instanceId));
    expect(error).toBeInstanceOf(MaxComputeError);
    expect(error).toMatchObject({
      code: (expected.status as Failure).error,
      message: (expected.status as Failure).message,
      instanceId,
    });
  });
});

describe("the tasks of an instance", () => {
  it.each(cases.filter(({ expected }) => expected.taskStatuses !== undefined))("$name", async ({ input, expected }) => {
    const client = await clientFor(input);
    const tasks = await client.getTasks(instanceId);
    const statuses = tasks.map(({ name, status, type, startTime, endTime }) => [
      name,
      { status, type, start: recordedTime(startTime), end: recordedTime(endTime) },
    ]);
    expect(Object.fromEntries(statuses)).toEqual(expected.taskStatuses);
    expect(await client.getTaskNames(instanceId)).toEqual(expected.taskNames);
    const { status } = await client.getInstance(instanceId);
    expect(outcomeOf(status, tasks) === "success").toBe(expected.isSuccessful);
  });
});

describe("whether an instance exists", () => {
  it.each(cases)("$name", async ({ input, expected }) => {
    const exists = (await clientFor(input)).instanceExists(instanceId);
    if (isFailure(expected.exists)) expect(await failureOf(exists)).toMatchObject({ code: expected.exists.error });
    else expect(await exists).toBe(expected.exists);
  });
});
