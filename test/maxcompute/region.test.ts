import { describe, expect, it } from "vitest";
import { regionFromEndpoint } from "../../src/maxcompute/index.ts";

describe("regionFromEndpoint", () => {
  it.each([
    ["https://service.cn-hangzhou-vpc.odps.aliyun-inc.com:8443/api", "cn-hangzhou"],
    ["http://service.local.maxcompute.aliyun.com/api", undefined],
    ["http://service.cn-hangzhou.maxcompute.aliyun.com.evil.test/api", undefined],
    ["http://x.service.cn-hangzhou.maxcompute.aliyun.com/api", undefined],
    ["http://service.cn-hangzhou.mc.aliyun.com/api", undefined],
    ["http://service.-vpc.maxcompute.aliyun.com/api", undefined],
    ["https://SERVICE.CN-Hangzhou-VPC.MaxCompute.Aliyun-Inc.com/api", "cn-hangzhou"],
    ["not a URL", undefined],
  ])("%s names %s", (endpoint, region) => {
    expect(regionFromEndpoint(endpoint)).toBe(region);
  });
});
