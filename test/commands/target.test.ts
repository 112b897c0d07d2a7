import { describe, expect, it } from "vitest";
import { UserError } from "../../src/commands/errors.ts";
import { isInstanceId, parseTarget, target } from "../../src/commands/target.ts";

const id = "20160519101349613gzbzufck2";

describe("an instance is named by", () => {
  it.each([
    ["its id", id, { kind: "id", instanceId: id }],
    ["its id in capitals", id.toUpperCase(), { kind: "id", instanceId: id }],
    ["its id in backticks", `\`${id}\``, { kind: "id", instanceId: id }],
    [
      "an id with two digits of milliseconds",
      "2024101103485529ghlbgu6i4gg",
      { kind: "id", instanceId: "2024101103485529ghlbgu6i4gg" },
    ],
    ["an MCQA id", "20261122102030456gabcd12_mcqa", { kind: "id", instanceId: "20261122102030456gabcd12_mcqa" }],
    ["a suffix", "zufck2", { kind: "suffix", suffix: "zufck2" }],
    ["a suffix as cards show it", "…zbzufck2", { kind: "suffix", suffix: "zbzufck2" }],
    ["a suffix with three dots", "...zbzufck2", { kind: "suffix", suffix: "zbzufck2" }],
    ["last", "LAST", { kind: "last" }],
    ["a number of the list", "#12", { kind: "number", number: 12 }],
    [
      "a Logview link",
      `http://logview.aliyun.com/logview/?h=http://x/api&p=prod_dw&i=${id}&token=T`,
      { kind: "id", instanceId: id, project: "prod_dw" },
    ],
    [
      "a job-insight link",
      `https://c.test/cn-shanghai/job-insights?h=x&p=prod_dw&i=${id}`,
      { kind: "id", instanceId: id, project: "prod_dw" },
    ],
    ["a link with no usable project", `https://c.test/?p=..%2F&i=${id}`, { kind: "id", instanceId: id }],
  ])("%s", (_what, typed, expected) => {
    expect(parseTarget(typed)).toEqual(expected);
  });

  it.each(["", "short", "#x", "../x1234567", "a b", "x".repeat(90)])("not by %j", (typed) => {
    expect(parseTarget(typed)).toBeUndefined();
    expect(() => target(typed)).toThrow(UserError);
  });

  it("an end without a digit is one only where an instance is expected, or behind the ellipsis of our cards", () => {
    expect(parseTarget("gzbzufck")).toBeUndefined();
    expect(target("gzbzufck")).toEqual({ kind: "suffix", suffix: "gzbzufck" });
    expect(parseTarget("…gzbzufck")).toEqual({ kind: "suffix", suffix: "gzbzufck" });
  });

  it("a link that names no instance is said to be one", () => {
    expect(() => parseTarget("https://example.com/?p=prod_dw")).toThrow("That link names no instance.");
    expect(() => parseTarget("https://[bad")).toThrow("That link names no instance.");
  });

  it("an endless id is no id", () => {
    expect(isInstanceId(`20160519101349613g${"a".repeat(100)}`)).toBe(false);
  });
});
