import { describe, expect, it } from "vitest";
import { createApi } from "../../src/maxcompute/api.ts";
import { connectionFrom } from "../../src/maxcompute/connection.ts";
import { createSession } from "../../src/maxcompute/tunnel/session.ts";
import { tunnelServer } from "../../src/maxcompute/tunnel/tunnel-server.ts";
import { aServer, testNow, testOptions } from "../maxcompute/a-client.ts";
import { casesToMatch, recordedCases } from "./vectors.ts";

type Options = { limit?: boolean; tags?: string[]; quota?: string | null };
type Input = { endpoint: string; serviceBody: string; sessionJson: unknown; options: Options };
type RecordedRequest = { method: string; url: string; headers: Record<string, string> };
type Expected = {
  id: string;
  status: string;
  count: number;
  columns: [string, string][];
  requests: RecordedRequest[];
  error?: unknown;
};

const instanceId = "20261122150000001gtunl";

/** Path and parameters, whatever their order; a name without a value and one with an empty one are the same. */
const comparable = (method: string | undefined, url: string) => {
  const { host, pathname, searchParams } = new URL(url);
  return { method, host, pathname, parameters: Object.fromEntries(searchParams) };
};

const open = async ({ endpoint, serviceBody, sessionJson, options }: Input) => {
  const server = await aServer(({ method }) => ({ body: method === "GET" ? serviceBody : JSON.stringify(sessionJson) }));
  const api = createApi(
    connectionFrom({ ...testOptions, endpoint, dispatcher: server.dispatcher, now: () => testNow }),
    Number.POSITIVE_INFINITY,
  );
  const { limit = false, tags, quota } = options;
  const tunnel = await tunnelServer(api, quota ?? undefined);
  if (tunnel === undefined) throw new Error("no tunnel");
  const session = await createSession(api, tunnel, instanceId, { isLimited: limit, tags, quota: quota ?? undefined });
  return { server, tunnel, session };
};

describe("a download session", () => {
  it.each(casesToMatch<Input, Expected>("tunnel_session.json"))("$name", async ({ input, expected }) => {
    const { server, tunnel, session } = await open(input);
    expect(session).toMatchObject({ id: expected.id, status: expected.status, rowCount: expected.count });
    expect(session.columns.map(({ name, type }) => [name, type.toUpperCase()])).toEqual(expected.columns);
    const sent = server.requests.map(({ method, target, headers }) =>
      comparable(
        method,
        `${method === "GET" ? new URL(input.endpoint).protocol : new URL(tunnel.origin).protocol}//${headers.host}${target}`,
      ),
    );
    expect(sent).toEqual(expected.requests.map(({ method, url }) => comparable(method, url)));
    expect(tunnel.origin).toBe(new URL(expected.requests.at(-1)?.url ?? "").origin);
    expected.requests.forEach(({ headers }, index) => {
      const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
      expect(server.requests[index]?.headers).toMatchObject(Object.fromEntries(lower));
    });
  });

  it("keeps a status the recorded SDK does not know", async () => {
    const recorded = recordedCases<Input, Expected>("tunnel_session.json").find(({ name }) => name === "status-unknown-value");
    if (recorded === undefined) throw new Error("not recorded");
    expect((await open(recorded.input)).session.status).toBe("CLOSED");
  });
});
