import { describe, expect, it } from "vitest";
import { parseTaskError } from "../../src/maxcompute/index.ts";
import { aClientOf, failureOf, instanceId } from "../maxcompute/a-client.ts";
import { casesToMatch } from "./vectors.ts";

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
});
