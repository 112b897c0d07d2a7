import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openSimulatedMaxCompute, type SimulatedMaxCompute } from "../../src/local/simulated-maxcompute.ts";

const folder = mkdtempSync(join(tmpdir(), "simulated-maxcompute-"));
let maxcompute: SimulatedMaxCompute;
beforeAll(async () => {
  maxcompute = await openSimulatedMaxCompute({ port: 0, stateFile: join(folder, "maxcompute.sqlite") });
});
afterAll(async () => {
  await maxcompute.close();
  rmSync(folder, { recursive: true });
});

const offered = [
  "xflow",
  "xflow_running",
  "xflow_failed",
  "data_skew",
  "data_skew_running",
  "user_script",
  "no_permission",
  "unknown_error",
];

it.each(offered)("offers %s, and starts it", (name) => {
  expect(maxcompute.scenarios.names().map((scenario) => scenario.name)).toContain(name);
  const id = maxcompute.scenarios.start(name, {});
  expect(maxcompute.scenarios.instances()).toContainEqual(expect.objectContaining({ id, scenario: name }));
});

it("starts an XFlow in a length of one's own", () => {
  const id = maxcompute.scenarios.start("xflow_running", { seconds: 20 });
  expect(maxcompute.scenarios.instances().find((instance) => instance.id === id)?.status).toBe("Running");
  expect(() => maxcompute.scenarios.start("xflow_running", { seconds: 0 })).toThrow("seconds must be a number from 1 to 86400");
});

it.each([
  [{ kind: "conflict", retryAfterSeconds: 7 } as const, "POST", 409, "7"],
  [{ kind: "throttled", retryAfterSeconds: 2 } as const, "GET", 429, "2"],
])("misbehaves as %j says", async (fault, method, status, retryAfter) => {
  maxcompute.scenarios.fault({ ...fault, times: 1 });
  const { endpoint, project } = maxcompute.settings;
  const answer = await fetch(`${endpoint}/projects/${project}/instances`, { method });
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([status, retryAfter]);
});
