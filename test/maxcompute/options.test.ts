import { describe, expect, it } from "vitest";
import { connectionFrom } from "../../src/maxcompute/connection.ts";
import { createMaxComputeClient, type MaxComputeOptions } from "../../src/maxcompute/index.ts";
import { testOptions } from "./a-client.ts";

describe("createMaxComputeClient", () => {
  it.each<[string, Partial<MaxComputeOptions>]>([
    ["an endpoint that is no URL", { endpoint: "service" }],
    ["an endpoint that is not of the web", { endpoint: "ftp://mc.test/api" }],
    ["a login in the endpoint", { endpoint: "http://user:word@mc.test/api" }],
    ["a query in the endpoint", { endpoint: "http://mc.test/api?x=1" }],
    ["an empty project", { project: "" }],
    ["a project that leads elsewhere", { project: ".." }],
    ["a project with a slash", { project: "a/b" }],
    ["a project of endless length", { project: "p".repeat(300) }],
    ["an access key without id", { accessKey: { id: "", secret: "s" } }],
    ["an access key without secret", { accessKey: { id: "i", secret: "" } }],
    ["a user agent that adds a header", { userAgent: "a\r\nx: y" }],
    ["a region that leads elsewhere", { region: "cn/../x" }],
    ["no time at all", { timeouts: { requestMs: 0 } }],
    ["fewer than no repetitions", { retries: -1 }],
  ])("refuses %s", (_, options) => {
    expect(() => createMaxComputeClient({ ...testOptions, ...options })).toThrow(expect.objectContaining({ kind: "invalid" }));
  });

  it("serves the project it is made for", () => {
    expect(createMaxComputeClient(testOptions).project).toBe("demo_proj");
  });
});

describe("connectionFrom", () => {
  it("signs as v4 where the endpoint names its region, as v2 elsewhere", () => {
    const regional = connectionFrom({
      ...testOptions,
      endpoint: "https://service.cn-hangzhou-vpc.maxcompute.aliyun-inc.com/api/",
    });
    expect(regional.settings).toMatchObject({ region: "cn-hangzhou", basePath: "/api" });
    expect(regional.settings.endpoint.endsWith("/api")).toBe(true);
    expect(regional.learnt.signature).toBe("v4");
    expect(connectionFrom({ ...testOptions, region: "" }).learnt.signature).toBe("v2");
  });

  it("takes a blank token or user agent, as an unset variable leaves it, for none", () => {
    const { accessKey } = testOptions;
    const { settings } = connectionFrom({ ...testOptions, accessKey: { ...accessKey, stsToken: "" }, userAgent: "" });
    expect(settings.accessKey).toEqual(accessKey);
    expect(settings.userAgent).toBe("odps-chatops");
  });

  it("has a world of its own when none is handed in", async () => {
    const connection = connectionFrom({ ...testOptions, endpoint: "http://[::1]:3001" });
    expect(connection.settings.basePath).toBe("");
    expect(connection.now()).toBeGreaterThan(Date.UTC(2026, 0));
    expect(connection.random()).toBeLessThan(1);
    await connection.sleep(0);
    await connection.dispatcher.close();
  });
});
