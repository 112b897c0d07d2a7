import { describe, expect, it } from "vitest";
import { createChores } from "../../src/local/chores.ts";
import { createLog } from "../../src/log.ts";
import { manualClock } from "../support/manual-clock.ts";

function chores(over: { fail?: boolean } = {}) {
  const clock = manualClock(1_000_000);
  const swept: object[] = [];
  const logged: string[] = [];
  const sweep = async (when: object) => {
    swept.push(when);
    if (over.fail === true) throw new Error("disk full");
    return 2;
  };
  const store = { sweepExpired: async () => 0 };
  return {
    clock,
    swept,
    logged,
    ...createChores({ bot: { sweep }, store, clock, log: createLog((line) => logged.push(line), clock.now) }),
  };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("a process that lives long", () => {
  it("finishes first what earlier ones left, then each minute what got stuck in itself", async () => {
    const { begin, clock, swept, logged } = chores();
    begin(999_000);
    await turn();
    expect(swept).toEqual([{ before: 999_000 }]);
    expect(logged.join("")).toContain('"requests.swept","count":2');
    await clock.advance(60_000);
    await turn();
    expect(swept[1]).toEqual({ before: 1_060_000 - 120_000, after: 1_060_000 - 900_000 });
    await clock.advance(60_000);
    expect(swept).toHaveLength(3);
  });

  it("goes on when a round fails", async () => {
    const { begin, clock, swept, logged } = chores({ fail: true });
    begin(0);
    await turn();
    await clock.advance(60_000);
    expect(swept).toHaveLength(2);
    expect(logged.join("")).toContain("sweep.failed");
  });

  it("begins no round behind its end", async () => {
    const { begin, end, clock, swept } = chores();
    begin(0);
    await end();
    await clock.advance(600_000);
    expect(swept).toHaveLength(1);
  });
});
