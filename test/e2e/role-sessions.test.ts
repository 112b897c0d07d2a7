// A whole run in a role: whose name is on what MaxCompute is asked, from the typed word to the signed call.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ALocalRun, aLocalRun } from "../support/local-run.ts";
import { type LoopbackSts, startLoopbackSts } from "../support/loopback-sts.ts";
import { type RecordedServer, startRecordedServer } from "../support/recorded-server.ts";

const id = "20261122102030456gabcd12";
let sts: LoopbackSts;
let maxcompute: RecordedServer;
let local: ALocalRun;
beforeAll(async () => {
  sts = await startLoopbackSts({ keys: { "own-id": "own-secret-own" }, now: Date.now });
  maxcompute = await startRecordedServer(() => ({ body: "<Instance><Status>Running</Status></Instance>" }));
  local = await aLocalRun({
    ODPS_ENDPOINT: `${maxcompute.origin}/api`,
    ODPS_PROJECT: "demo_project",
    ODPS_ACCESS_ID: "own-id",
    ODPS_ACCESS_KEY: "own-secret-own",
    ODPS_ROLE_ARN: "acs:ram::1:role/odps-chatops",
    ODPS_STS_ENDPOINT: sts.endpoint,
  });
});
afterAll(async () => {
  await local.stop();
  await maxcompute.close();
  await sts.server.close();
});

/** The name in the key of each call since `from`. */
const namesFrom = (from: number) =>
  new Set(maxcompute.requests.slice(from).map(({ headers }) => /^ODPS STS\.([^.]+)\./.exec(headers.authorization ?? "")?.[1]));

describe("a run in a role", () => {
  it("signs what each person asks in a session of their name", async () => {
    for (const [who, name] of [
      ["ann", "slack-U0ANN0001"],
      ["bob", "slack-U0BOB0001"],
    ] as const) {
      const from = maxcompute.requests.length;
      await local.type(who, "general", `status ${id}`);
      expect(namesFrom(from)).toEqual(new Set([name]));
    }
  });

  it("follows an instance under its own name", async () => {
    await local.type("ann", "general", `watch ${id}`);
    await local.until(async () => (sts.names().includes("odps-chatops") ? true : undefined));
    expect(sts.names()).toEqual(["slack-U0ANN0001", "slack-U0BOB0001", "odps-chatops"]);
  });

  it("tells an admin that the role can be assumed", async () => {
    const { blocks } = await local.type("ann", "general", "doctor", ({ text }) => / ok\b/.test(text));
    expect(JSON.stringify(blocks)).toContain(
      "Role: can be assumed; Alibaba Cloud's trail shows what you do as `slack-U0ANN0001`",
    );
  });

  it("puts no key, session or token into what it says or logs", async () => {
    const said = JSON.stringify([await local.messages("general", "ann"), await local.messages("general", "bob"), local.logged]);
    expect(sts.given.length).toBeGreaterThan(5);
    for (const secret of ["own-secret-own", ...sts.given]) expect(said).not.toContain(secret);
  });
});
