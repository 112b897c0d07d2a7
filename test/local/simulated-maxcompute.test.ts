import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openSimulatedMaxCompute, type SimulatedMaxCompute } from "../../src/local/simulated-maxcompute.ts";
import { versionHeader } from "../simulator/maxcompute/tunnel/tunnel-wire.ts";
import { type Ask, requestsTo } from "../simulator/maxcompute/wire.ts";

const folder = mkdtempSync(join(tmpdir(), "simulated-maxcompute-"));
let maxcompute: SimulatedMaxCompute;
let ask: ReturnType<typeof requestsTo>["ask"];
beforeAll(async () => {
  maxcompute = await openSimulatedMaxCompute({ port: 0, stateFile: join(folder, "maxcompute.sqlite") });
  const { endpoint, accessId = "", accessKey } = maxcompute.settings;
  const key = { accessId, accessKey: accessKey?.reveal() ?? "" };
  ({ ask } = requestsTo({ url: endpoint.replace(/\/api$/, ""), ...key }, Date.now));
});
afterAll(async () => {
  await maxcompute.close();
  rmSync(folder, { recursive: true });
});

const tunnel = (id: string, method: string, ...query: NonNullable<Ask["query"]>) =>
  ask({ method, path: `/projects/demo_project/instances/${id}`, query, headers: versionHeader, at: "root" });

it("starts a large result of as many rows as are asked for", async () => {
  const session = await tunnel(maxcompute.scenarios.start("large", { rows: 12 }), "POST", ["downloads", ""]);
  expect(JSON.parse(session.body).RecordCount).toBe(12);
  expect(() => maxcompute.scenarios.start("large", { rows: "many" })).toThrow(/rows/);
  expect(() => maxcompute.scenarios.start("success", { rows: 12 })).toThrow("takes no number of rows");
});

it("spoils what the tunnel streams, and nothing else", async () => {
  const id = maxcompute.scenarios.start("large", { rows: 12 });
  const session = JSON.parse((await tunnel(id, "POST", ["downloads", ""])).body).DownloadID;
  const read = () => tunnel(id, "GET", ["downloadid", session], ["data", ""]);
  const whole = (await read()).bytes;
  maxcompute.scenarios.fault({ kind: "stream", spoil: { how: "no_footer" }, times: 1 });
  maxcompute.scenarios.fault({ kind: "http", status: 503, tunnel: "session" });
  expect((await tunnel(id, "POST", ["downloads", ""])).status).toBe(503);
  const cut = (await read()).bytes;
  expect(cut.length).toBeLessThan(whole.length);
  expect(whole.subarray(0, cut.length).equals(cut)).toBe(true);
  maxcompute.scenarios.clearFaults();
  expect((await read()).bytes.equals(whole)).toBe(true);
});
