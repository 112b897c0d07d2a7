import { describe, expect, it } from "vitest";
import { regionFromEndpoint } from "../../src/maxcompute/index.ts";
import { aClient, aServer, testNow } from "../maxcompute/a-client.ts";
import { casesToMatch } from "./vectors.ts";

type Answer = { status: number; body: string };
type V1Input = {
  endpoint: string;
  project: string;
  instanceId: string;
  hours: number | null;
  logviewHostResponse: Answer;
  logviewHostOption: string | null;
  tokenFromServer: string;
};
type V1Expected = { tokenRequest: { method: string; url: string; contentType: string; bodyParsed: unknown }; logviewUrl: string };

const serverWith = (token: string, hosts: Record<string, Answer>) =>
  aServer(({ target }) => {
    const path = target.replace(/\?.*/, "").replace(/^\/api/, "");
    return hosts[path] ?? { body: `<Authorization><Result>${token}</Result></Authorization>` };
  });

describe("a Logview link", () => {
  it.each(casesToMatch<V1Input, V1Expected>("logview_v1.json"))("$name", async ({ input, expected }) => {
    const server = await serverWith(input.tokenFromServer, { "/logview/host": input.logviewHostResponse });
    const { endpoint, project, logviewHostOption } = input;
    const { client } = aClient(server, { endpoint, project, logviewHost: logviewHostOption ?? undefined });
    const hours = input.hours ?? undefined;
    const { url, expiresAt } = await client.getLogview(input.instanceId, { hours });
    expect(url).toBe(expected.logviewUrl);
    expect(expiresAt).toBe(testNow + (hours ?? 24) * 3_600_000);
    const request = server.requests.at(-1);
    expect(request?.method).toBe(expected.tokenRequest.method);
    expect(`${new URL(endpoint).origin}${request?.target}`).toBe(expected.tokenRequest.url);
    expect(request?.headers["content-type"]).toBe(expected.tokenRequest.contentType);
    expect(JSON.parse(request?.body ?? "")).toEqual(expected.tokenRequest.bodyParsed);
  });
});

type V2Input = {
  endpoint: string;
  regionOption: string | null;
  project: string;
  instanceId: string;
  useLegacy: boolean | null;
  webconsoleHostResponse: Answer;
  logviewHost: string;
  tokenFromServer: string;
};

describe("the link chosen for a person", () => {
  it.each(casesToMatch<V2Input, { resolvedRegion: string | null; logviewUrl: string }>("logview_v2.json"))(
    "$name",
    async ({ input, expected }) => {
      const server = await serverWith(input.tokenFromServer, { "/webconsole/host": input.webconsoleHostResponse });
      const { endpoint, project, logviewHost } = input;
      const { client } = aClient(server, { endpoint, project, logviewHost, region: input.regionOption ?? undefined });
      const jobInsight = input.useLegacy ? undefined : await client.getJobInsight(input.instanceId);
      const { url } = jobInsight ?? (await client.getLogview(input.instanceId));
      expect(url).toBe(expected.logviewUrl);
      expect(input.regionOption ?? regionFromEndpoint(endpoint) ?? null).toBe(expected.resolvedRegion);
    },
  );
});

describe("the region an endpoint names", () => {
  it.each(casesToMatch<{ endpoint: string }, { region: string | null }>("region_from_endpoint.json"))(
    "$name",
    ({ input, expected }) => {
      expect(regionFromEndpoint(input.endpoint) ?? null).toBe(expected.region);
    },
  );
});
