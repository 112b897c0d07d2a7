import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createMaxComputeSimulator } from "../../../src/simulator/maxcompute/index.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { actionsIn } from "./actions.ts";
import { aSimulator, texts } from "./wire.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "maxcompute-simulator-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const stateFile = (): string => join(folder, "maxcompute.sqlite");

it("keeps started instances and stops over a restart, and time goes on meanwhile", async () => {
  const clock = manualClock();
  const before = await aSimulator({ clock, stateFile: stateFile() });
  const started = before.simulator.start("running", { owner: "ALIYUN$dan@example.com" });
  await before.stop("queued");
  await clock.advance(60_000);
  await before.simulator.close();
  await clock.advance(60_000);

  const after = await aSimulator({ clock, stateFile: stateFile() });
  expect(after.simulator.instances).toEqual(before.simulator.instances);
  const { headers } = await after.get(started);
  expect([headers["x-odps-owner"], headers["x-odps-start-time"]]).toEqual([
    "ALIYUN$dan@example.com",
    "Sun, 22 Nov 2026 10:00:00 GMT",
  ]);
  expect(texts((await after.get("queued", ["taskstatus", ""])).body, "Status")).toEqual(["Terminated", "Cancelled"]);
  expect(texts((await after.get("running", ["instanceprogress", "AnonymousSQLTask"])).body, "FinishedPercentage")[0]).toBe("39");
  await after.simulator.close();
});

it("keeps the stop of one branch of an XFlow, and what it did to the others", async () => {
  const clock = manualClock();
  const before = await aSimulator({ clock, stateFile: stateFile() });
  await clock.advance(100_000);
  const nodeId = async ({ get }: typeof before): Promise<string> =>
    actionsIn((await get("xflow_running", ["xresult", ""])).body).find(({ name }) => name === "features")?.id ?? "";
  const id = await nodeId(before);
  expect((await before.stop(id)).status).toBe(200);
  await before.simulator.close();

  const after = await aSimulator({ clock, stateFile: stateFile() });
  await clock.advance(60_000);
  expect(await nodeId(after)).toBe(id);
  expect(texts((await after.get(id, ["taskstatus", ""])).body, "Status")).toEqual(["Terminated", "Cancelled"]);
  expect(texts((await after.get("xflow_running", ["taskstatus", ""])).body, "Status")).toEqual(["Terminated", "Failed"]);
  await after.simulator.close();
});

it("never gives an id twice, though it counts anew after a restart at the same moment", () => {
  const clock = manualClock();
  const first = createMaxComputeSimulator({ clock, stateFile: stateFile() });
  const id = first.start("short");
  first.close();
  const second = createMaxComputeSimulator({ clock, stateFile: stateFile() });
  expect(second.start("short")).not.toBe(id);
  second.close();
});

it("has every stop on disk before it is answered", async () => {
  const world = await aSimulator({ stateFile: stateFile() });
  await world.stop("running");
  const db = new DatabaseSync(stateFile(), { readOnly: true });
  const row = db.prepare("SELECT record FROM instances WHERE id = ?").get(world.simulator.instances.running ?? "");
  db.close();
  expect(JSON.parse(String(row?.record)).stopAt).toBe(world.clock.now() + 2_000);
  await world.simulator.close();
});

it("a reset empties the file as well", () => {
  const clock = manualClock();
  const first = createMaxComputeSimulator({ clock, stateFile: stateFile() });
  first.start("short");
  first.reset();
  first.close();
  const db = new DatabaseSync(stateFile(), { readOnly: true });
  const count = db.prepare("SELECT count(*) AS count FROM instances").get()?.count;
  db.close();
  expect(count).toBe(Object.keys(first.instances).length);
});

it("says what to do about a file of another format", () => {
  const db = new DatabaseSync(stateFile());
  db.exec("PRAGMA user_version = 99");
  db.close();
  expect(() => createMaxComputeSimulator({ stateFile: stateFile() })).toThrow(/format 99, this version reads 1; delete the file/);
});
