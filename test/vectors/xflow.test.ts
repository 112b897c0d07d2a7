import { describe, expect, it } from "vitest";
import { aClient, aClientOf, aServer, failureOf, instanceId } from "../maxcompute/a-client.ts";
import type { RecordedRequest } from "../support/recorded-server.ts";
import { casesToMatch, recordedCases } from "./vectors.ts";

type SubInput = { rootInstanceId: string; xresultXmlByInstance: Record<string, string> };
type RecordedAction = { nodeType: string; instanceId: string | null };
type SubExpected = { subInstances: [string, string][]; results: Record<string, RecordedAction>; requests: string[] };
type IsInput = { http: number; xsource: string };
type IsExpected = { isXflow?: boolean; error?: { class: string }; request: string };

const idIn = ({ target }: RecordedRequest) => /\/instances\/([^?]+)/.exec(target)?.[1] ?? "";

const xflowServer = (input: SubInput) => aServer((request) => ({ body: input.xresultXmlByInstance[idIn(request)] }));

const comparable = (target: string) => {
  const { pathname, searchParams } = new URL(target.replace("<id>", instanceId), "http://mc.test");
  return { pathname, parameters: Object.fromEntries(searchParams) };
};

const subCases = recordedCases<SubInput, SubExpected>("xflow_sub_instances.json");

describe("the sub-instances of an XFlow", () => {
  it.each(casesToMatch<SubInput, SubExpected>("xflow_sub_instances.json"))("$name", async ({ input, expected }) => {
    const server = await xflowServer(input);
    const found = await aClient(server).client.getSubInstances(input.rootInstanceId);
    expect(found.map(({ name, id }) => [name, id])).toEqual(expected.subInstances);
    // The recorder asked for the results of the root by themselves afterwards.
    const requests = server.requests.map(({ target }) => comparable(target));
    expect(requests).toEqual(expected.requests.slice(0, -1).map(comparable));
  });

  it.each(subCases)("$name: the nodes", async ({ input, expected }) => {
    const server = await xflowServer(input);
    const actions = await aClient(server).client.getXflowActions(input.rootInstanceId);
    const recorded = actions.map(({ name, nodeType, instanceId: id }) => [name, { nodeType, instanceId: id ?? null }]);
    expect(Object.fromEntries(recorded)).toEqual(expected.results);
  });

  it("unknown-node-type-ignored: one of a type added tomorrow is kept", async () => {
    const found = subCases.find(({ name }) => name === "unknown-node-type-ignored");
    const input = found?.input ?? { rootInstanceId: "", xresultXmlByInstance: {} };
    const subInstances = await aClient(await xflowServer(input)).client.getSubInstances(input.rootInstanceId);
    expect(subInstances.map(({ name, nodeType }) => [name, nodeType])).toEqual([
      ["m", "Mystery"],
      ["k", "Instance"],
    ]);
  });
});

describe("whether an instance is an XFlow", () => {
  it.each(casesToMatch<IsInput, IsExpected>("xflow_is_xflow.json"))("$name", async ({ input, expected }) => {
    const { client, server } = await aClientOf({ status: input.http, body: input.xsource }, { retries: 0 });
    expect(await client.isXflow(instanceId)).toBe(expected.isXflow);
    expect(server.requests.map(({ target }) => comparable(target))).toEqual([comparable(expected.request)]);
  });

  const answersWithSource = recordedCases<IsInput, IsExpected>("xflow_is_xflow.json").filter(({ input }) => input.http === 200);

  it.each(answersWithSource)("$name, where the recorded SDK stumbles", async ({ input }) => {
    const { client } = await aClientOf({ status: 200, body: input.xsource });
    const answer = client.isXflow(instanceId);
    const isXml = input.xsource.startsWith("<");
    if (!isXml && input.xsource !== "") expect(await failureOf(answer)).toMatchObject({ kind: "malformed", instanceId });
    else expect(await answer).toBe(input.xsource.includes("<XflowInstance>"));
  });
});
