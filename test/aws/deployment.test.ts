import { describe, expect, it } from "vitest";
import { policyIn } from "../../src/aws/deployed-policy.ts";
import { auditDaysIn, DeploymentError, deployedSettings, loadDeployment } from "../../src/aws/deployment.ts";

const right = {
  TABLE_NAME: "bot-Table-1X",
  AUDIT_TABLE: "bot-AuditTable-1X",
  PRIVATE_BUS: "bot-prod-private",
  MINUTE_RULE: "bot-prod-minute",
  HEARTBEAT_RULE: "bot-prod-heartbeat",
  LOST_QUEUE: "https://sqs.eu-central-1.amazonaws.com/123456789012/bot-prod-lost",
  FAILURES_QUEUE: "https://sqs.eu-central-1.amazonaws.com/123456789012/bot-prod-failures",
  APOLOGIES_QUEUE: "https://sqs.eu-central-1.amazonaws.com/123456789012/bot-prod-apologies",
  SECRETS_PATH: "/odps-chatops/prod",
  SLACK_TEAM_ID: "T0123",
  ODPS_ENDPOINT: "https://service.cn-shanghai.maxcompute.aliyun.com/api",
  ODPS_PROJECT: "prod_dw",
  ODPS_ACCESS_ID: "id",
};

describe("the settings of a deployed function", () => {
  it("are those it reads, and no others", () => {
    expect(loadDeployment("apologise", { ...right, LOG_LEVEL: "" })).toEqual({
      TABLE_NAME: right.TABLE_NAME,
      AUDIT_TABLE: right.AUDIT_TABLE,
      PRIVATE_BUS: right.PRIVATE_BUS,
      SECRETS_PATH: right.SECRETS_PATH,
      SLACK_TEAM_ID: right.SLACK_TEAM_ID,
      LOG_LEVEL: "info",
    });
    expect(Object.keys(loadDeployment("command", { ...right, ODPS_REGION_NAME: "cn-shanghai" }))).toContain("ODPS_REGION_NAME");
    expect(Object.keys(loadDeployment("slack", right))).not.toContain("ODPS_ENDPOINT");
  });

  it("are refused all at once when they are wrong, with the function's name", () => {
    const wrong = () =>
      loadDeployment("command", { ...right, TABLE_NAME: "", SLACK_TEAM_ID: "x", LOG_LEVEL: "loud", ODPS_ENDPOINT: "ftp://x" });
    expect(wrong).toThrow(DeploymentError);
    for (const name of ["command", "TABLE_NAME", "SLACK_TEAM_ID", "LOG_LEVEL", "ODPS_ENDPOINT"]) expect(wrong).toThrow(name);
  });

  it("may name a role, of which all know that ask MaxCompute, and no others", () => {
    const role = { ODPS_ROLE_ARN: "acs:ram::1:role/odps-chatops", ODPS_STS_ENDPOINT: "https://sts.cn-shanghai.aliyuncs.com" };
    for (const name of ["command", "transfer", "tick", "hot", "shard"] as const)
      expect(loadDeployment(name, { ...right, PUBLIC_BUS: "bot-prod-public", ...role })).toMatchObject(role);
    for (const name of ["slack", "apologise"] as const)
      expect(Object.keys(loadDeployment(name, { ...right, ...role })).filter((key) => key in role)).toEqual([]);
    expect(() => loadDeployment("command", { ...right, ODPS_ROLE_ARN: "odps-chatops" })).toThrow("ODPS_ROLE_ARN");
    expect(() => loadDeployment("command", { ...right, ODPS_STS_ENDPOINT: "http://sts.test" })).toThrow("ODPS_STS_ENDPOINT");
  });

  it("each say who reads them and what for", () => {
    for (const { name, functions, about } of deployedSettings)
      expect([name, functions.length > 0, about.length > 10]).toEqual([name, true, true]);
  });

  it("read the policy, and say every line that means nothing: one of them could deny", () => {
    expect(policyIn("allow U0ANN admin; production prod_*")).toHaveLength(2);
    expect(policyIn(undefined)).toEqual([]);
    expect(() => policyIn("allow U0ANN admin; deny eve; alow everyone viewer")).toThrow(/deny eve.*alow everyone/);
    expect(() => policyIn("permit everyone")).toThrow(DeploymentError);
  });

  it("keep the audit trail for 400 days unless told", () => {
    expect([undefined, "0", "30"].map(auditDaysIn)).toEqual([400, 0, 30]);
  });
});
