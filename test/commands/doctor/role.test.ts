// On the wire, against an STS that verifies signatures: what is said of the role that the bot acts in.
import { describe, expect, it, onTestFinished } from "vitest";
import { maxComputeCheckups } from "../../../src/commands/doctor/maxcompute.ts";
import { roleCheckups } from "../../../src/commands/doctor/role.ts";
import { createMaxComputeClient, createRoleSessions, staticCredentials } from "../../../src/maxcompute/index.ts";
import type { Finding } from "../../../src/view/index.ts";
import { type StsOptions, startLoopbackSts, stsRefusal } from "../../support/loopback-sts.ts";

const own = { id: "own-id", secret: "own-secret-own" };
const deadline = Number.POSITIVE_INFINITY;

async function anSts(instead?: StsOptions["instead"], secret = own.secret) {
  const sts = await startLoopbackSts({ keys: { [own.id]: own.secret }, now: Date.now, ...(instead && { instead }) });
  onTestFinished(() => sts.server.close());
  let nonces = 0;
  const sessions = createRoleSessions({
    roleArn: "acs:ram::1:role/odps-chatops",
    endpoint: sts.endpoint,
    credentials: staticCredentials({ ...own, secret }),
    fetch,
    now: Date.now,
    newNonce: () => `n${nonces++}`,
  });
  const find = async (): Promise<Finding | undefined> => roleCheckups(sessions, "slack-U0ANN")[0]?.run(deadline);
  return { sts, sessions, find };
}

describe("the check of the role", () => {
  it("is not made where there is none", () => {
    expect(roleCheckups(undefined, "slack-U0ANN")).toEqual([]);
  });

  it("says by what name Alibaba Cloud's trail shows whoever asks", async () => {
    const { find, sts } = await anSts();
    expect(await find()).toEqual({
      state: "ok",
      seen: "can be assumed; Alibaba Cloud's trail shows what you do as `slack-U0ANN`",
    });
    expect(sts.names()).toEqual(["slack-U0ANN"]);
  });

  it("asks anew each time: a session that is kept would hide that the trust was taken back", async () => {
    let isTrusted = true;
    const { find, sessions } = await anSts(() => (isTrusted ? undefined : stsRefusal(403, "NoPermission")));
    await sessions.of("slack-U0ANN").get();
    isTrusted = false;
    expect(await find()).toMatchObject({ state: "broken" });
  });

  it.each([
    [403, "NoPermission", "broken", "the bot's key may not assume the role", "Let the role trust the RAM user of the key"],
    [404, "EntityNotExist.Role", "broken", "there is no such role", "Correct ODPS_ROLE_ARN."],
    [400, "InvalidParameter.RoleArn", "broken", "STS refuses the request as it stands", "Check ODPS_ROLE_ARN."],
    [404, "InvalidAccessKeyId.NotFound", "broken", "STS does not accept the access key", "id and the secret of a key"],
    [400, "InvalidTimeStamp.Expired", "broken", "STS refuses this bot's clock", "See what `Clock` says."],
    [429, "Throttling.User", "unclear", "STS asks to slow down", "Ask again in a minute."],
    [503, "ServiceUnavailable", "unclear", "STS failed on its side", "Ask again in a minute."],
    [409, "SomethingNew", "unclear", "STS refuses the session", "Look that code up"],
  ])("says of %i %s that it is %s, with what to ask about and what to do", async (status, code, state, seen, fix) => {
    const { find } = await anSts(() => stsRefusal(status, code));
    expect(await find()).toEqual({ state, seen: `${seen} (${code}, request REQ-STS-1)`, fix: expect.stringContaining(fix) });
  });

  it("tells a wrong secret, and does not tell the secret", async () => {
    const { find } = await anSts(undefined, "wrong-secret");
    const finding = await find();
    expect(finding).toMatchObject({ state: "broken", seen: expect.stringContaining("SignatureDoesNotMatch") });
    expect(JSON.stringify(finding)).not.toContain("wrong-secret");
  });

  it("says where to look when nobody is there, or somebody else", async () => {
    const there = await anSts(() => ({ body: "<html>" }));
    expect(await there.find()).toMatchObject({ state: "broken", seen: "what answers is not STS" });
    await there.sts.server.close();
    expect(await there.find()).toMatchObject({
      state: "broken",
      seen: "STS cannot be reached",
      fix: expect.stringContaining("ODPS_STS_ENDPOINT"),
    });
  });

  it("is where the check of MaxCompute leads when there is no session to ask it with", async () => {
    const { sessions } = await anSts(() => stsRefusal(403, "NoPermission"));
    const credentials = sessions.of("slack-U0ANN");
    const client = createMaxComputeClient({ endpoint: "http://127.0.0.1:1/api", project: "demo_project", credentials });
    expect(await maxComputeCheckups(client, Date.now)[0]?.run(deadline)).toMatchObject({
      state: "broken",
      seen: "there is no key to ask MaxCompute with",
      fix: expect.stringContaining("`Role`"),
    });
  });
});
