import { describe, expect, it } from "vitest";
import { parseTaskError } from "../../src/maxcompute/index.ts";
import { aClient, aClientOf, aServer, failureOf, instanceId } from "../maxcompute/a-client.ts";
import { casesToMatch, recordedCases } from "./vectors.ts";

type Response = { status: number; headers: Record<string, string>; body: string };
type Expected = { class: string; code: string | null; message: string; requestId: string | null; statusCode: number };

/** The recorded classes in this client's words; the generic class says nothing, and there the HTTP status decides. */
const kinds: Record<string, string> = {
  NoSuchObject: "not-found",
  NoSuchTable: "not-found",
  NoSuchProject: "no-such-project",
  NoPermission: "denied",
  InternalServerError: "server",
  BadGatewayError: "server",
  SignatureNotMatch: "unauthorized",
  AuthorizationRequired: "unauthorized",
  Unauthorized: "unauthorized",
  RequestTimeTooSkewed: "clock-skew",
  RequestQuotaExceeded: "throttled",
  InstanceTypeNotSupported: "unsupported",
  InvalidArgument: "invalid",
  InvalidParameter: "invalid",
};

describe("a refusal", () => {
  it.each(casesToMatch<Response, Expected>("error_response.json"))("$name", async ({ input, expected }) => {
    const { client } = await aClientOf(input, { retries: 0 });
    expect(await failureOf(client.getInstance(instanceId))).toMatchObject({
      name: "MaxComputeError",
      ...(kinds[expected.class] === undefined ? {} : { kind: kinds[expected.class] }),
      code: expected.code ?? undefined,
      message: expected.message,
      requestId: expected.requestId ?? undefined,
      httpStatus: expected.statusCode,
      instanceId,
    });
  });
});

describe("the result of a failed task", () => {
  it.each(casesToMatch<{ taskResult: string }, Expected>("error_task_result.json"))("$name", ({ input, expected }) => {
    const { code, message, requestId } = parseTaskError(input.taskResult);
    expect({ code: code ?? null, message, requestId: requestId ?? null }).toEqual({
      code: expected.code,
      message: expected.message,
      requestId: expected.requestId,
    });
  });

  const task = (rest: string) => `<Instance><Tasks><Task Type="SQL"><Name>t1</Name>${rest}</Task></Tasks></Instance>`;
  const thrown = async (text: string) => {
    const result = `<Result Transform="Base64" Format="text"><![CDATA[${Buffer.from(text).toString("base64")}]]></Result>`;
    const server = await aServer(({ target }) => {
      if (target.includes("taskstatus")) return { body: task("<Status>Failed</Status>") };
      if (target.includes("result")) return { body: task(`${result}<Status>Failed</Status>`) };
      return { body: "<Instance><Status>Terminated</Status></Instance>" };
    });
    return failureOf(aClient(server).client.waitForSuccess(instanceId));
  };

  it.each(casesToMatch<{ taskResult: string }, Expected>("error_task_result.json"))(
    "is what waiting for success throws: $name",
    async ({ input, expected }) => {
      expect(await thrown(input.taskResult)).toMatchObject({
        kind: "task-failed",
        code: expected.code ?? undefined,
        message: expected.message,
        requestId: expected.requestId ?? undefined,
        instanceId,
        taskName: "t1",
      });
    },
  );

  it("keeps the request id of a document, which the recorded SDK drops", async () => {
    const [found] = recordedCases<{ taskResult: string }, Expected>("error_task_result.json").filter(
      ({ name }) => name === "xml-error",
    );
    const text = found?.input.taskResult ?? "";
    const requestId = /<RequestId>(.*?)<\/RequestId>/.exec(text)?.[1];
    expect(requestId).toMatch(/./);
    expect(await thrown(text)).toMatchObject({ code: found?.expected.code, message: found?.expected.message, requestId });
  });
});
