// The engine of a local run against the simulated MaxCompute, over HTTP.
import { afterEach, describe, expect, it } from "vitest";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { createLocalWatching } from "../../src/local/watching.ts";
import { createLog } from "../../src/log.ts";
import { createMaxComputeClient } from "../../src/maxcompute/index.ts";
import { systemClock } from "../../src/simulator/clock.ts";
import { startMaxComputeSimulator } from "../../src/simulator/maxcompute/index.ts";
import { addWatch, newWatch } from "../../src/watch/index.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function aWatching() {
  const maxcompute = await startMaxComputeSimulator();
  const { endpoint, project, accessId, accessKey } = maxcompute;
  const client = createMaxComputeClient({ endpoint, project, accessKey: { id: accessId, secret: accessKey } });
  const lines: string[] = [];
  let told = () => {};
  const log = createLog((line) => {
    lines.push(line);
    told();
  }, Date.now);
  const store = openSqliteStore(":memory:", Date.now);
  const { ports, ticker } = createLocalWatching({ store, maxcompute: () => client, clock: systemClock, log });
  ticker.begin();
  closing.push(async () => {
    await ticker.end();
    await maxcompute.close();
    store.close();
  });
  return {
    maxcompute,
    lines,
    async watch(instanceId: string) {
      const watch = newWatch({ team: "T1", connection: "main", project, instanceId, channel: "C1", startedBy: "U1" }, Date.now());
      await addWatch(ports, watch, Date.now());
      await ticker.lookNow(watch);
    },
    /** Resolves when the log says this. */
    async said(what: string) {
      while (!lines.some((line) => line.includes(what))) {
        await new Promise<void>((resolve) => {
          told = resolve;
        });
      }
    },
  };
}

describe("a local run", () => {
  it("tells the end of an instance that somebody watches", async () => {
    const { maxcompute, watch, said, lines } = await aWatching();
    await watch(maxcompute.instances.failed ?? "");
    await said('"kind":"finished"');
    expect(lines.filter((line) => line.includes('"key":"card:opened"'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes("watch.failed"))).toEqual([]);
  });

  it("tells it as soon as it comes, where it is waited for", async () => {
    const { maxcompute, watch, said } = await aWatching();
    const id = maxcompute.start("running");
    await watch(id);
    await said('"kind":"opened"');
    await createMaxComputeClient({
      endpoint: maxcompute.endpoint,
      project: maxcompute.project,
      accessKey: { id: maxcompute.accessId, secret: maxcompute.accessKey },
    }).stopInstance(id);
    await said('"kind":"finished"');
  });
});
