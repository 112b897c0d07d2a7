import { describe, expect, it } from "vitest";
import type { RecordedAnswer } from "../support/recorded-server.ts";
import { aClient, aServer, failureOf, instanceId } from "./a-client.ts";

const tokenAnswer = (token: string) => ({ body: `<Authorization><Result>${token}</Result></Authorization>` });

const serverWith = (host: RecordedAnswer, token = "TOK") =>
  aServer(({ target }) => (target.includes("/host") ? host : tokenAnswer(token)));

describe("getLogview", () => {
  it("asks for the host once", async () => {
    const server = await serverWith({ body: "https://logview.mc.test/\n" });
    const { client } = aClient(server);
    await client.getLogview(instanceId);
    expect((await client.getLogview(instanceId)).url).toMatch(/^https:\/\/logview\.mc\.test\/logview\/\?h=/);
    expect(server.requests.filter(({ target }) => target.includes("/host"))).toHaveLength(1);
  });

  it.each([
    ["a page", { body: "<html></html>" }],
    ["a script", { body: "javascript:alert(1)" }],
    ["a host with a query", { body: "https://evil.test/?x=" }],
    ["a login in the host", { body: "https://user@evil.test" }],
    ["no text", { body: Uint8Array.of(0xff) }],
    ["far too much", { body: "https://".padEnd(10_000, "x") }],
    ["an error", { status: 500 }],
  ])("uses the default host when the service answers %s", async (_, host) => {
    const { client } = aClient(await serverWith(host));
    expect((await client.getLogview(instanceId)).url).toMatch(/^http:\/\/logview\.aliyun\.com\/logview\//);
  });

  it("asks for the host again after a failure that may have passed", async () => {
    let isBroken = true;
    const server = await aServer(({ target }) => {
      if (!target.includes("/host")) return tokenAnswer("TOK");
      return isBroken ? { status: 503 } : { body: "https://logview.mc.test" };
    });
    const { client, sleeps } = aClient(server);
    await client.getLogview(instanceId);
    isBroken = false;
    expect((await client.getLogview(instanceId)).url).toContain("logview.mc.test");
    expect(sleeps).toEqual([]);
  });

  it("repeats its POST, which changes nothing", async () => {
    const server = await aServer((_, index) => (index === 0 ? { status: 503 } : tokenAnswer("TOK")));
    const { client } = aClient(server, { logviewHost: "https://logview.mc.test/" });
    expect((await client.getLogview(instanceId)).url).toBe(
      `https://logview.mc.test/logview/?h=http://mc.test/api&p=demo_proj&i=${instanceId}&token=TOK`,
    );
    expect(server.requests).toHaveLength(2);
  });

  it("lets no token break out of the link", async () => {
    const { client } = aClient(await serverWith({ body: "" }, "a&amp;p=other|b&gt; c"));
    expect((await client.getLogview(instanceId)).url).toMatch(/&token=a%26p=other%7Cb%3E%20c$/);
  });

  it.each([0, 721, 1.5, Number.NaN])("refuses a link for %d hours", async (hours) => {
    const server = await serverWith({ body: "" });
    expect(await failureOf(aClient(server).client.getLogview(instanceId, { hours }))).toMatchObject({ kind: "invalid" });
    expect(server.requests).toHaveLength(0);
  });

  it.each(["*", "a/b", "a&b", "", "a b", "i".repeat(300)])(
    "asks for no token for the id %j, which may mean more than one instance",
    async (id) => {
      const server = await serverWith({ body: "" });
      expect(await failureOf(aClient(server).client.getLogview(id))).toMatchObject({ kind: "invalid" });
      expect(server.requests).toHaveLength(0);
    },
  );

  it("refuses a configured host that is no URL", async () => {
    const { client } = aClient(await serverWith({ body: "" }), { logviewHost: "logview" });
    expect(await failureOf(client.getLogview(instanceId))).toMatchObject({ kind: "invalid" });
  });

  it("fails when the service grants no token", async () => {
    const { client } = aClient(await serverWith({ body: "" }, ""));
    expect(await failureOf(client.getLogview(instanceId))).toMatchObject({ kind: "malformed", instanceId });
  });
});

describe("getJobInsight", () => {
  it("has no link without a region, and asks nobody", async () => {
    const server = await serverWith({ body: "https://console.mc.test" });
    expect(await aClient(server).client.getJobInsight(instanceId)).toBeUndefined();
    expect(server.requests).toHaveLength(0);
  });

  it("uses the configured host", async () => {
    const server = await serverWith({ status: 404 });
    const { client } = aClient(server, { region: "cn-test", jobInsightHost: "https://console.mc.test", logviewHost: "" });
    expect((await client.getJobInsight(instanceId))?.url).toMatch(/^https:\/\/console\.mc\.test\/cn-test\/job-insights\?/);
    expect(server.requests).toHaveLength(0);
  });

  it("has no link where the service has no console, and remembers that", async () => {
    const server = await serverWith({ status: 404 });
    const { client } = aClient(server, { region: "cn-test" });
    expect(await client.getJobInsight(instanceId)).toBeUndefined();
    expect(await client.getJobInsight(instanceId)).toBeUndefined();
    expect(server.requests).toHaveLength(1);
  });
});
