import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { lineText } from "../src/commands/rights/policy-text.ts";
import { ConfigError, loadConfig, Secret, settings } from "../src/config.ts";

const maxcompute = {
  ODPS_ENDPOINT: "https://service.cn-shanghai.maxcompute.aliyun.com/api",
  ODPS_PROJECT: "prod_dw",
  ODPS_ACCESS_ID: "id",
  ODPS_ACCESS_KEY: "very-secret",
};
const problems = (env: Record<string, string>): string => {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  throw new Error("these settings were accepted");
};

describe("the settings", () => {
  it("need nothing: everything is simulated", () => {
    expect(loadConfig({})).toEqual({ port: 3000, home: ".odps", logLevel: "info", policy: [] });
  });

  it("take an empty value for an absent one", () => {
    expect(loadConfig({ PORT: "", ODPS_ENDPOINT: "" })).toMatchObject({ port: 3000 });
  });

  it("connect to a real Slack and a real MaxCompute when these are given", () => {
    const config = loadConfig({
      ...maxcompute,
      SLACK_BOT_TOKEN: "xoxb-1",
      SLACK_APP_TOKEN: "xapp-1",
      ODPS_POLICY: "allow U01AB admin; allow everyone viewer on prod_*",
      ODPS_STS_TOKEN: "sts",
      ODPS_REGION_NAME: "cn-shanghai",
      ODPS_LOGVIEW_HOST: "http://logview.test",
      ODPS_ROLE_ARN: "acs:ram::1234567890123456:role/odps-chatops",
      ODPS_STS_ENDPOINT: "https://sts.cn-shanghai.aliyuncs.com",
    });
    expect(config.slack?.botToken.reveal()).toBe("xoxb-1");
    expect(config.maxcompute).toMatchObject({ project: "prod_dw", region: "cn-shanghai", logviewHost: "http://logview.test" });
    expect(config.maxcompute).toMatchObject({
      roleArn: "acs:ram::1234567890123456:role/odps-chatops",
      stsEndpoint: "https://sts.cn-shanghai.aliyuncs.com",
    });
    expect(config.maxcompute?.stsToken?.reveal()).toBe("sts");
    expect(config.policy.map(lineText)).toEqual(["allow U01AB admin", "allow everyone viewer on prod_*"]);
  });

  it("may leave the key of a real MaxCompute to Alibaba Cloud's own variables", () => {
    const { ODPS_ACCESS_ID, ODPS_ACCESS_KEY, ...place } = maxcompute;
    const cloud = { ALIBABA_CLOUD_CREDENTIALS_URI: "http://localhost:6666/" };
    const config = loadConfig({ ...place, ...cloud });
    expect(config.maxcompute).toEqual({ endpoint: place.ODPS_ENDPOINT, project: place.ODPS_PROJECT });
    expect(loadConfig(cloud).maxcompute).toBeUndefined();
    expect(problems(place)).toContain("ODPS_ACCESS_ID: is missing");
    expect(problems({ ...place, ...cloud, ODPS_ACCESS_ID })).toContain("ODPS_ACCESS_KEY: is missing");
    expect(problems({ ...place, ...cloud, ODPS_STS_TOKEN: ODPS_ACCESS_KEY })).toContain("ODPS_ACCESS_ID: is missing");
    expect(problems({ ...cloud, ODPS_PROJECT: "p1" })).toContain("ODPS_ENDPOINT: is missing");
  });

  it("are refused with every problem at once, and without their values", () => {
    const said = problems({
      PORT: "70000",
      LOG_LEVEL: "loud",
      ODPS_POLICY: "allow ann admin",
      SLACK_BOT_TOKEN: "hunter2",
      ODPS_ENDPOINT: "ftp://x",
      ODPS_REGION_NAME: "Shanghai!",
    });
    for (const name of [
      "PORT",
      "LOG_LEVEL",
      "ODPS_POLICY",
      "SLACK_BOT_TOKEN",
      "SLACK_APP_TOKEN",
      "ODPS_ENDPOINT",
      "ODPS_PROJECT",
      "ODPS_ACCESS_ID",
      "ODPS_ACCESS_KEY",
      "ODPS_REGION_NAME",
    ]) {
      expect(said).toContain(`${name}:`);
    }
    expect(said).not.toContain("hunter2");
  });

  it.each([
    [{ SLACK_APP_TOKEN: "xapp-1" }, "SLACK_BOT_TOKEN: is missing; SLACK_APP_TOKEN makes no sense without it"],
    [{ ...maxcompute, ODPS_ACCESS_KEY: "" }, "ODPS_ACCESS_KEY: is missing"],
    [{ ODPS_STS_TOKEN: "x" }, "ODPS_STS_TOKEN: is for a real MaxCompute, but ODPS_ENDPOINT is missing"],
    [{ ODPS_ROLE_ARN: "acs:ram::1:role/r" }, "ODPS_ROLE_ARN: is for a real MaxCompute, but ODPS_ENDPOINT is missing"],
    [{ ...maxcompute, ODPS_ROLE_ARN: "acs:ram::1:user/r" }, "ODPS_ROLE_ARN: must be a role such as"],
    [{ ...maxcompute, ODPS_STS_ENDPOINT: "https://sts.test" }, "ODPS_STS_ENDPOINT: makes no sense without ODPS_ROLE_ARN"],
    [{ ...maxcompute, ODPS_STS_ENDPOINT: "http://sts.test" }, "ODPS_STS_ENDPOINT: must be a https:// URL"],
    [{ ...maxcompute, ODPS_ENDPOINT: "https://user:pw@service.test/api" }, "ODPS_ENDPOINT: must be a plain URL"],
    [{ ...maxcompute, ODPS_ENDPOINT: "https://service.test/api?x=1" }, "ODPS_ENDPOINT: must be a plain URL"],
    [{ ...maxcompute, ODPS_ACCESS_ID: "two words" }, "ODPS_ACCESS_ID: must be printable ASCII"],
    [{ ...maxcompute, ODPS_STS_TOKEN: "línea" }, "ODPS_STS_TOKEN: must be printable ASCII"],
    [{ PORT: "abc" }, "PORT: must be a port number"],
    [{ PORT: "65535" }, "PORT: must be below 65535"],
  ])("%j are half a configuration", (env, words) => {
    expect(problems(env)).toContain(words);
  });

  it("never show a secret, however they are printed", () => {
    const config = loadConfig(maxcompute);
    expect(`${inspect(config, { depth: 9 })}${JSON.stringify(config)}${String(config.maxcompute?.accessKey)}`).not.toContain(
      "very-secret",
    );
    expect(new Secret("x").reveal()).toBe("x");
  });

  it("each say what they are for", () => {
    for (const { name, about } of settings) expect([name, about.length > 10]).toEqual([name, true]);
    expect(settings.find(({ name }) => name === "PORT")?.default).toBe("3000");
  });
});
