// The local run: killed, started again on the same folder, and once more after the longest lease.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import type { Delivery } from "../../src/simulator/slack/index.ts";
import type { Crew } from "./crew.ts";
import type { Stage } from "./stage.ts";
import { statesIn } from "./states.ts";
import type { World } from "./world.ts";

/** Longer than anything is leased, shorter than Slack's own means to answer live (25 minutes are used of them). */
const laterMs = 17 * 60_000;

export function openLocalStage({ gate, inlet }: World, crew: Crew): Stage {
  const folder = mkdtempSync(join(tmpdir(), "odps-faults-"));

  /** A start, what happens meanwhile, and a clean end; false when the process was killed. */
  async function session(offsetMs: number, meanwhile: () => Promise<void> = async () => {}): Promise<boolean> {
    const subject = await crew.current();
    const opened = await subject.ask({ kind: "open", folder, offsetMs });
    if (opened.kind === "killed") return false;
    inlet.to(Number(opened.value));
    await meanwhile();
    return (await subject.ask({ kind: "close", offsetMs })).kind === "done";
  }

  return {
    async prepare(act) {
      await session(0, async () => void (await act()));
    },
    async play(act, { isEvent }) {
      let delivery: Delivery | undefined;
      let isAcknowledged = false;
      await session(0, async () => {
        delivery = await act();
        isAcknowledged = delivery.ok;
      });
      if (gate.wasKilled()) {
        await session(0, async () => {
          if (!isAcknowledged && isEvent) isAcknowledged = await inlet.again();
        });
      }
      // Killed in this one, it is started once more; what was leased meanwhile is free after another while.
      if (!(await session(laterMs))) {
        await session(laterMs);
        await session(2 * laterMs);
      }
      return isAcknowledged;
    },
    async states() {
      const store = openSqliteStore(join(folder, "bot.db"), Date.now);
      try {
        return await statesIn(store);
      } finally {
        store.close();
      }
    },
    async close() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
