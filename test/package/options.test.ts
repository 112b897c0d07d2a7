import { describe, expect, it } from "vitest";
import { alarmTopic } from "../../scripts/package/alarm-topic.ts";
import { liveAlias } from "../../scripts/package/live-alias.ts";
import { SettingsError } from "../../scripts/package/settings-error.ts";

describe("whoever hears of alarms", () => {
  it("is a topic that exists, which is then not made", () => {
    const arn = "arn:aws:sns:eu-central-1:123456789012:oncall";
    expect(alarmTopic(arn)).toEqual({ actions: [arn], resources: {} });
  });

  it.each(["oncall", "arn:aws:sqs:eu-central-1:123456789012:oncall", "a b@example.com"])("is not %s", (alarmsTo) => {
    expect(() => alarmTopic(alarmsTo)).toThrow("alarmsTo must be");
  });
});

describe("the alias", () => {
  it("keeps nothing warm unless told how many", () => {
    expect(liveAlias("F", "V", 0).Properties).not.toHaveProperty("ProvisionedConcurrencyConfig");
  });

  it.each([-1, 1.5, Number.NaN])("is refused %s warm instances", (count) => {
    expect(() => liveAlias("F", "V", count)).toThrow("provisionedConcurrency must be");
  });
});

describe("a setting that makes no sense", () => {
  it("is reported by the framework in one line, without a stack", () => {
    expect(new SettingsError("alarmsTo must be an address").name).toBe("ServerlessError");
  });
});
