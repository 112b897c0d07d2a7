import { describe, expect, it } from "vitest";
import type { MaxComputeClient } from "../../src/maxcompute/index.ts";
import { aClientOf, collect, failureOf, instanceId } from "./a-client.ts";

type Call = (client: MaxComputeClient) => Promise<unknown>;

/** Calls whose answer is XML, and an element that stands where the answer's own would. */
const xmlCalls: Readonly<Record<string, Call>> = {
  getInstance: (client) => client.getInstance(instanceId),
  getTasks: (client) => client.getTasks(instanceId),
  getTaskProgress: (client) => client.getTaskProgress(instanceId, "t"),
  getTaskResults: (client) => client.getTaskResults(instanceId),
  getLogview: (client) => client.getLogview(instanceId),
  listInstances: (client) => collect(client.listInstances()),
  getSource: (client) => client.getSource(instanceId),
  listQueueingInfos: (client) => collect(client.listQueueingInfos()),
  isXflow: (client) => client.isXflow(instanceId),
  getXflowActions: (client) => client.getXflowActions(instanceId),
  getSubInstances: (client) => client.getSubInstances(instanceId),
  followSubInstances: (client) => collect(client.followSubInstances(instanceId)),
};

const jsonCalls: Readonly<Record<string, Call>> = {
  getTaskSummary: (client) => client.getTaskSummary(instanceId, "t"),
  getTaskCost: (client) => client.getTaskCost(instanceId, "t"),
  getTaskQuota: (client) => client.getTaskQuota(instanceId, "t"),
  getWarnings: (client) => client.getWarnings(instanceId, "t"),
  getQueueingInfo: (client) => client.getQueueingInfo(instanceId),
  getWorkers: (client) => client.getWorkers(instanceId, "t"),
};

/** Text is an answer to these, too, but not any text. */
const looseCalls: Readonly<Record<string, Call>> = {
  getTaskDetail: (client) => client.getTaskDetail(instanceId, "t"),
  getTaskDetail2: (client) => client.getTaskDetail2(instanceId, "t"),
};

const laughs = Array.from({ length: 30 }, (_, n) => `<!ENTITY l${n + 1} "&l${n};&l${n};&l${n};&l${n};">`).join("");
const page = "<!DOCTYPE html><html><head><title>Log in</title></head><body>Who are you?</body></html>";

const hostileXml: Readonly<Record<string, string | Uint8Array>> = {
  "a web page": page,
  "an error in disguise": "<Error><Code>NoSuchObject</Code></Error>",
  "cut in a tag": "<Instance><Tasks><Task><Na",
  "cut between two tags": "<Instance><Tasks>",
  "two documents": "<Instance/><Instance/>",
  "a billion laughs": `<!DOCTYPE a [<!ENTITY l0 "lol">${laughs}]><Instance><Status>&l30;</Status></Instance>`,
  "an entity of its own": "<Instance><Status>&secret;</Status></Instance>",
  "a file of ours": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Instance><Status>&x;</Status></Instance>',
  "nested a hundred thousand times": `${"<a>".repeat(100_000)}${"</a>".repeat(100_000)}`,
  "UTF-16": Buffer.from("<Instance><Status>Running</Status></Instance>", "utf16le"),
  "Latin-1": Buffer.from("<Instance><Status>café</Status></Instance>", "latin1"),
  JSON: '{"Instance":{"Status":"Running"}}',
};

const nestedJson = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
const alike: Readonly<Record<string, string | Uint8Array>> = {
  "a web page": page,
  "nested a hundred thousand times": nestedJson,
  "a hundred thousand lists": "[".repeat(100_000),
  "UTF-16 with a mark": Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from("{}", "utf16le")]),
  "Latin-1": Buffer.from('{"Instance":"café"}', "latin1"),
};
const hostileJson: Readonly<Record<string, string | Uint8Array>> = {
  ...alike,
  "cut in a string": '{"Instance":{"JsonSummary":"{',
  "a word": "NaN",
  XML: "<Instance><Status>Running</Status></Instance>",
};

/** No token is larger, so no more is read. */
const maxTokenBytes = 64 * 1024;

const answerOf = (body: string | Uint8Array) => aClientOf({ headers: { "x-odps-request-id": "RQ1" }, body }, { retries: 0 });

const cases = (calls: Readonly<Record<string, Call>>, bodies: Readonly<Record<string, string | Uint8Array>>) =>
  Object.entries(calls).flatMap(([name, call]) => Object.entries(bodies).map(([what, body]) => ({ name, call, what, body })));

describe("an answer that is not what it should be", () => {
  it.each([...cases(xmlCalls, hostileXml), ...cases(jsonCalls, hostileJson), ...cases(looseCalls, alike)])(
    "is refused with its request id: $name, $what",
    async ({ name, call, body }) => {
      const { client } = await answerOf(body);
      const kind = body.length > maxTokenBytes && name === "getLogview" ? "too-large" : "malformed";
      expect(await failureOf(call(client))).toMatchObject({ name: "MaxComputeError", kind, requestId: "RQ1" });
    },
  );

  it.each(["getTasks", "getXflowActions"])("is refused when it has more than a million elements: %s", async (name) => {
    const { client } = await answerOf(`<Instance>${"<a/>".repeat(1_000_001)}</Instance>`);
    expect(await failureOf(xmlCalls[name]?.(client) ?? Promise.resolve())).toMatchObject({ kind: "malformed", requestId: "RQ1" });
  });

  it.each(["getTaskSummary", "getTaskQuota", "getWarnings", "getQueueingInfo"])("is refused: %s, a list", async (name) => {
    const { client } = await answerOf("[]");
    expect(await failureOf(jsonCalls[name]?.(client) ?? Promise.resolve())).toMatchObject({
      kind: "malformed",
      requestId: "RQ1",
    });
  });

  it("is refused where it would be part of the next request's path", async () => {
    const { client, server } = await answerOf(
      '<Xinstance><Actions><Action NodeType="SubWorkflow"><InstanceId>..</InstanceId><Name>n</Name></Action></Actions></Xinstance>',
    );
    expect(await failureOf(client.getSubInstances(instanceId))).toMatchObject({ kind: "malformed", requestId: "RQ1" });
    expect(server.requests).toHaveLength(1);
  });
});

describe("an answer that is more than is read", () => {
  const all = { ...xmlCalls, ...jsonCalls, ...looseCalls };
  it.each(Object.entries(all))("is cut off and refused with its request id: %s", async (_, call) => {
    const answer = { headers: { "x-odps-request-id": "RQ1" }, body: " ".repeat(5000) };
    const { client } = await aClientOf(answer, { retries: 0, maxResponseBytes: 4096 });
    expect(await failureOf(call(client))).toMatchObject({ kind: "too-large", requestId: "RQ1" });
  });

  it.each(Object.entries({ ...jsonCalls, ...looseCalls }))("is refused before it becomes objects: %s", async (_, call) => {
    const { client } = await answerOf(`{"a":[${"1,".repeat(2_000_001)}1]}`);
    expect(await failureOf(call(client))).toMatchObject({ kind: "too-large", requestId: "RQ1" });
  });

  it("is refused although it hides in a string: a summary", async () => {
    const { client } = await answerOf(JSON.stringify({ Instance: { JsonSummary: `[${"[],".repeat(2_000_001)}[]]` } }));
    expect(await failureOf(client.getTaskSummary(instanceId, "t"))).toMatchObject({ kind: "too-large", requestId: "RQ1" });
    const deep = await answerOf(JSON.stringify({ Instance: { JsonSummary: nestedJson } }));
    expect(await failureOf(deep.client.getTaskSummary(instanceId, "t"))).toMatchObject({ kind: "malformed", requestId: "RQ1" });
  });

  it("is refused although it hides in XML: a queue", async () => {
    const { client } = await answerOf(`<Instances><Content>[${"{},".repeat(2_000_001)}{}]</Content></Instances>`);
    expect(await failureOf(collect(client.listQueueingInfos()))).toMatchObject({ kind: "too-large", requestId: "RQ1" });
  });

  it("is refused: a summary of more than 64 MiB, whatever the client reads otherwise", async () => {
    const { client } = await aClientOf(
      (response) => {
        response.setHeader("x-odps-request-id", "RQ1");
        const piece = Buffer.alloc(1024 * 1024, " ");
        let left = 66;
        const write = () => {
          while (left > 0 && !response.destroyed) {
            left -= 1;
            if (!response.write(piece)) return;
          }
          response.end();
        };
        response.on("drain", write);
        write();
      },
      { retries: 0, maxResponseBytes: 256 * 1024 * 1024 },
    );
    expect(await failureOf(client.getTaskSummary(instanceId, "t"))).toMatchObject({ kind: "too-large", requestId: "RQ1" });
  });

  it("is refused: more workers than a job can have", async () => {
    const { client } = await answerOf(`{"instances":[${"{},".repeat(200_000)}{}]}`);
    expect(await failureOf(client.getWorkers(instanceId, "t"))).toMatchObject({ kind: "too-large", requestId: "RQ1" });
  });
});
