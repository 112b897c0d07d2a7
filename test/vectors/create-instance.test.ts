import { describe, expect, it } from "vitest";
import type { MaxComputeClient, SubmittedInstance } from "../../src/maxcompute/index.ts";
import { aClient, aServer, failureOf } from "../maxcompute/a-client.ts";
import { casesToMatch, recordedCases } from "./vectors.ts";

type Input = { response: { status: number; headers: Record<string, string>; body: string } };
type Expected = {
  instanceId?: string;
  isSync?: boolean;
  status?: string;
  results?: Record<string, string>;
  request?: { method: string; url: string; contentType: string; body: string };
  postCount?: number;
  error?: { class: string; message: string };
};

const recordedUuid = "00000000-1111-2222-3333-444444444444";

/** What was submitted, which the recording tells only by what was sent. */
const submissions: Record<string, (client: MaxComputeClient) => Promise<SubmittedInstance>> = {
  "sql-simple": (client) => client.runSql("select 1"),
  "sql-trailing-semicolon-and-space": (client) => client.runSql("  select 2;\n "),
  "sql-priority-0": (client) => client.runSql("select 3", { priority: 0 }),
  "sql-negative-priority": (client) => client.runSql("select 4", { priority: -1 }),
  "sql-special-chars": (client) => client.runSql("select '<a&b>' as x where 1 < 2 and \"q\" > 0"),
  "sql-unicode": (client) => client.runSql("select '你好' -- ü"),
  "sql-quota-and-schema": (client) => client.runSql("select 6", { quota: "q_int", schema: "s1" }),
  "sql-set-statements-become-hints": (client) => client.runSql("set odps.sql.allow.fullscan=true; select 7"),
  "sync-200-with-body": (client) => client.runSql("show tables"),
  "missing-location": (client) => client.runSql("select 9"),
  "relative-location": (client) => client.runSql("select 9"),
  "parse-error-400": (client) => client.runSql("selec 1"),
  xflow: (client) =>
    client.runXflow("AppendID", {
      project: "algo_public",
      parameters: { inputTableName: "t_in", outputTableName: "other.t_out", modelName: "m1", k: "v&<w>" },
      priority: 4,
      hints: { a: "b" },
    }),
  "201-with-json-body-breaks-pyodps": (client) => client.runSql("select 12"),
  "201-with-xml-result-body-is-sync": (client) => client.runSql("select 13"),
};

const kinds: Record<string, string> = { ParseError: "invalid", ODPSClientError: "invalid" };

const play = async (name: string, { response }: Input) => {
  const server = await aServer(() => response);
  const { client } = aClient(server, { newId: () => recordedUuid });
  return { server, submitted: submissions[name]?.(client) ?? Promise.reject(new Error(`nothing to submit for ${name}`)) };
};

const recorded = (name: string) => {
  const found = recordedCases<Input, Expected>("create_instance.json").find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error("not recorded");
  return found;
};

describe("a submission", () => {
  it.each(casesToMatch<Input, Expected>("create_instance.json"))("$name", async ({ name, input, expected }) => {
    const { server, submitted } = await play(name, input);
    if (expected.error === undefined) {
      const { id, isSync, status, results } = await submitted;
      expect({ id, isSync }).toEqual({ id: expected.instanceId, isSync: expected.isSync });
      expect(status).toBe(expected.status ?? "Running");
      const texts = [...(results?.values() ?? [])].map(({ taskName, text }) => [taskName, text]);
      expect(Object.fromEntries(texts)).toEqual(expected.results ?? {});
    } else {
      const error = (await failureOf(submitted)) as { message: string };
      expect(error).toMatchObject({ name: "MaxComputeError", kind: kinds[expected.error.class] });
      // The recording has the statement and the endpoint before the message.
      if (expected.request !== undefined) expect(expected.error.message.endsWith(error.message)).toBe(true);
    }
    const requests = server.requests.map(({ method, target, headers, body }) => ({
      method,
      url: `http://mc.test${target}`,
      contentType: headers["content-type"],
      body,
    }));
    expect(requests).toEqual(expected.request === undefined ? [] : [expected.request]);
  });

  it("needs a Location, and says so with the request's id", async () => {
    const { input } = recorded("missing-location");
    const { server, submitted } = await play("missing-location", input);
    expect(await failureOf(submitted)).toMatchObject({
      kind: "malformed",
      requestId: "RQ9",
      message: expect.stringContaining("no Location header. The instance may have been created all the same"),
    });
    expect(server.requests).toHaveLength(1);
  });

  it.each(["201-with-json-body-breaks-pyodps", "201-with-xml-result-body-is-sync"])(
    "%s: what comes with 201 is not read",
    async (name) => {
      const { input, expected } = recorded(name);
      const { server, submitted } = await play(name, input);
      const id = input.response.headers.Location?.slice(1);
      expect(await submitted).toMatchObject({ id, isSync: false, status: "Running" });
      expect(server.requests[0]?.body).toBe(expected.request?.body);
    },
  );
});
