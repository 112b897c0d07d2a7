import { describe, expect, it } from "vitest";
import {
  authorizeV2,
  authorizeV4,
  canonicalString,
  createMaxComputeClient,
  deriveSigningKey,
  type MaxComputeClient,
} from "../../src/maxcompute/index.ts";
import { aServer } from "../maxcompute/a-client.ts";
import { casesToMatch } from "./vectors.ts";

type Input = {
  method: string;
  endpoint: string;
  url: string;
  action: string | null;
  params: Record<string, string | number>;
  headers: Record<string, string>;
  defaultProject: string | null;
  userAgent: string;
  date: string;
  accessId: string;
  accessKey: string;
  stsToken?: string;
  region: string;
  utcDate: string;
  prefix: string;
};
type Expected = { canonicalString: string; authorization: string; "authorization-sts-token"?: string };

const signable = (input: Input) => {
  const { method, endpoint, url, action, params, headers, defaultProject, userAgent, date } = input;
  const basePath = new URL(endpoint).pathname.replace(/\/$/, "");
  const query = Object.entries(params).map(([name, value]) => [name, String(value)] as const);
  return {
    method,
    path: decodeURIComponent(new URL(url).pathname.slice(basePath.length)),
    query: [
      ...(action ? [[action, ""] as const] : []),
      ...query,
      ...(defaultProject ? [["curr_project", defaultProject] as const] : []),
    ],
    headers: [...Object.entries(headers), ["Date", date], ["x-odps-user-agent", userAgent]] as [string, string][],
  };
};

describe("signature v2", () => {
  it.each(casesToMatch<Input, Expected>("signature_v2.json"))("$name", ({ input, expected }) => {
    const canonical = canonicalString(signable(input));
    expect(canonical).toBe(expected.canonicalString);
    expect(authorizeV2(canonical, input.accessId, input.accessKey)).toBe(expected.authorization);
  });
});

describe("signature v4", () => {
  it.each(casesToMatch<Input, Expected>("signature_v4.json"))("$name", ({ input, expected }) => {
    const scope = { region: input.region, date: input.utcDate, prefix: input.prefix };
    const canonical = canonicalString(signable(input));
    expect(canonical).toBe(expected.canonicalString);
    expect(authorizeV4(canonical, input.accessId, deriveSigningKey(input.accessKey, scope), scope)).toBe(expected.authorization);
  });

  const keys = casesToMatch<{ secret: string; utcDate: string; region: string }, { signingKeyHex: string }>(
    "signature_v4_keys.json",
  );
  it.each(keys)("derives the key of $name", ({ input, expected }) => {
    const key = deriveSigningKey(input.secret, { region: input.region, date: input.utcDate, prefix: "aliyun_v4" });
    expect(Buffer.from(key).toString("hex")).toBe(expected.signingKeyHex);
  });
});

const calls: Record<string, (client: MaxComputeClient, id: string) => Promise<unknown>> = {
  "get-instance-status": (client, id) => client.getInstance(id),
  "empty-valued-action-taskstatus": (client, id) => client.getTasks(id),
  "progress-two-params": (client, id) => client.getTaskProgress(id, "AnonymousSQLTask"),
  "encoded-path-segment": (client) => client.getInstance("with space/slash"),
  "sts-token": (client, id) => client.getTasks(id),
  "v4-get-instance": (client, id) => client.getInstance(id),
  "v4-taskstatus": (client, id) => client.getTasks(id),
  "v4-other-key": (client, id) => client.getTaskResults(id),
  "v4-custom-prefix": (client, id) => client.getInstance(id),
};

const sent = [...casesToMatch<Input, Expected>("signature_v2.json"), ...casesToMatch<Input, Expected>("signature_v4.json")];

describe("over the wire", () => {
  it.each(sent.filter(({ name }) => name in calls))(
    "the client sends the signature of $name",
    async ({ name, input, expected }) => {
      const server = await aServer(() => ({ body: "<Instance><Status>Running</Status></Instance>" }));
      const client = createMaxComputeClient({
        endpoint: input.endpoint,
        project: input.defaultProject ?? "",
        accessKey: { id: input.accessId, secret: input.accessKey, stsToken: input.stsToken },
        region: input.region,
        signaturePrefix: input.prefix,
        userAgent: input.userAgent,
        now: () => Date.parse(input.date),
        dispatcher: server.dispatcher,
      });
      await calls[name]?.(client, "20261122102030456gabcd12");
      const headers = server.requests[0]?.headers;
      expect(headers?.authorization).toBe(expected.authorization);
      expect(headers?.["authorization-sts-token"]).toBe(expected["authorization-sts-token"]);
      expect(headers?.["user-agent"]).toBe(input.userAgent);
      expect(headers?.["accept-encoding"]).toBeUndefined();
    },
  );
});
