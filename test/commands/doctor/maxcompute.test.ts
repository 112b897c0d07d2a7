// On the wire, against the simulated MaxCompute: what the account may do, and what is said where it may not.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { maxComputeCheckups } from "../../../src/commands/doctor/maxcompute.ts";
import { createMaxComputeClient } from "../../../src/maxcompute/index.ts";
import { type MaxComputeSimulator, startMaxComputeSimulator } from "../../../src/simulator/maxcompute/index.ts";
import type { Finding } from "../../../src/view/index.ts";

let simulator: MaxComputeSimulator;
beforeEach(async () => {
  simulator = await startMaxComputeSimulator();
});
afterEach(() => simulator.close());

type Over = { readonly secret?: string; readonly project?: string; readonly endpoint?: string };

async function found({ secret, project = simulator.project, endpoint = simulator.endpoint }: Over = {}) {
  const accessKey = { id: simulator.accessId, secret: secret ?? simulator.accessKey };
  const client = createMaxComputeClient({ endpoint, project, accessKey, retries: 0 });
  const checkups = maxComputeCheckups(client, Date.now);
  const findings = checkups.map(async ({ name, run }) => [name, await run(Date.now() + 4_000)] as const);
  return Object.fromEntries(await Promise.all(findings)) as Readonly<Record<string, Finding>>;
}
const states = (findings: Readonly<Record<string, Finding>>) =>
  Object.fromEntries(Object.entries(findings).map(([name, { state }]) => [name, state]));
const denied = { kind: "status", status: 403, code: "NoPermission", message: "ODPS-0130013: no privilege" } as const;

describe("the check of MaxCompute", () => {
  it("finds everything well where everything is granted, and leaves open what only a stop would tell", async () => {
    const findings = await found();
    expect(states(findings)).toEqual({ MaxCompute: "ok", Reading: "ok", Tunnel: "ok", Logview: "ok", Stopping: "unclear" });
    expect(findings.Stopping).toMatchObject({ fix: expect.stringContaining("odps:Write") });
  });

  it("changes nothing, stops nothing and reads no row; the link it makes is told to nobody", async () => {
    const findings = await found();
    const asked = simulator.requests();
    expect(asked.filter(({ method }) => !["GET", "POST"].includes(method))).toEqual([]);
    // To open a session of the tunnel and to sign a link is all that is posted.
    const posted = asked.filter(({ method, query }) => method === "POST" && !/downloads|sign_bearer_token/.test(query));
    expect(posted).toEqual([]);
    expect(asked.filter(({ query }) => query.includes("rowrange"))).toEqual([]);
    expect(JSON.stringify(findings)).not.toMatch(/token|https?:/);
  });

  it("names the permission that a key without rights lacks, once", async () => {
    simulator.fault(denied);
    const findings = await found();
    expect(findings.MaxCompute).toEqual({
      state: "broken",
      seen: "may not list instances in `demo_project`",
      fix: "Grant odps:List on the project to the bot's MaxCompute account.",
    });
    expect(findings.Reading).toMatchObject({ state: "unclear", fix: "Put `MaxCompute` right first." });
    expect(findings.Logview?.state).toBe("unclear");
  });

  it.each([
    ["Reading", "/instances/", "odps:Read on the instances"],
    ["Tunnel", "downloads", "tables behind them"],
    ["Logview", "sign_bearer_token", "odps:Read on the instances"],
  ])("tells %s apart from the rest", async (name, match, permission) => {
    simulator.fault({ ...denied, match });
    const findings = await found();
    expect(findings.MaxCompute?.state).toBe("ok");
    expect(findings[name]).toMatchObject({ state: "broken", fix: expect.stringContaining(permission) });
  });

  it("warns where some of the instances may not be read", async () => {
    simulator.fault({ ...denied, match: simulator.instances.failing ?? "" });
    expect(await found()).toMatchObject({
      Reading: {
        state: "warning",
        seen: expect.stringContaining("2 of the newest 3"),
        fix: expect.stringContaining("odps:Read"),
      },
      Tunnel: { state: "ok" },
    });
  });

  it("warns where results are read inline because the tunnel cannot be reached", async () => {
    simulator.fault({ kind: "cut", tunnel: "session" });
    expect((await found()).Tunnel).toMatchObject({ state: "warning", fix: expect.stringContaining("tunnel endpoint") });
  });

  it.each<[string, Over, string]>([
    ["a wrong key", { secret: "not-the-key" }, "id and the secret of a key"],
    ["a project that is not there", { project: "no_such_project" }, "use <project>"],
    ["an endpoint where nobody is", { endpoint: "http://127.0.0.1:1/api" }, "ODPS_ENDPOINT"],
  ])("says what to do about %s, without the key", async (_, over, says) => {
    const findings = await found(over);
    expect(findings.MaxCompute).toMatchObject({ state: "broken", fix: expect.stringContaining(says) });
    expect(JSON.stringify(findings)).not.toMatch(/simulated-access|not-the-key/);
  });

  it("does not call broken what may be over in a minute", async () => {
    simulator.fault({ kind: "throttle", retryAfter: 60 });
    expect((await found()).MaxCompute).toMatchObject({ state: "unclear", seen: "MaxCompute asks to slow down" });
  });
});
