import { describe, expect, it } from "vitest";
import { createTicker, type Rounds } from "../../src/local/ticker.ts";
import { createLog } from "../../src/log.ts";
import { manualClock } from "../support/manual-clock.ts";

const place = { team: "T1", connection: "main", project: "prod" };
const turn = () => new Promise((resolve) => setImmediate(resolve));

function aTicker(over: Partial<Rounds> = {}) {
  const clock = manualClock(1_000_000);
  const called: string[] = [];
  const logged: string[] = [];
  const log = createLog((line) => logged.push(line), clock.now);
  const after = (deadline: number) => (deadline - clock.now()) / 1_000;
  const rounds: Rounds = {
    async tick(deadline) {
      called.push(`tick ${after(deadline)} s`);
    },
    async watchHot(deadline) {
      called.push(`hot ${after(deadline)} s`);
    },
    async lookAtOnce(deadline, _, { project }) {
      called.push(`look ${project} ${after(deadline)} s`);
    },
    ...over,
  };
  const ticker = createTicker(clock, log, () => rounds);
  return { clock, called, logged, ticker, taken: () => called.splice(0) };
}

describe("the clock of the watches", () => {
  it("calls the tick every two seconds, and lets it wait for the young, while something is watched", async () => {
    const { ticker, clock, taken } = aTicker();
    ticker.begin();
    await turn();
    expect(taken()).toEqual(["tick 10 s", "hot 15 s"]);
    await clock.advance(2_000);
    expect(taken().sort()).toEqual(["hot 15 s", "hot 15 s", "tick 10 s"]);
  });

  it("rests when the engine says so, until it says otherwise: then at once", async () => {
    const { ticker, clock, taken } = aTicker({ tick: async () => ticker.schedule.disable() });
    ticker.begin();
    await turn();
    taken();
    await clock.advance(3_600_000);
    expect(taken()).toEqual([]);
    await ticker.schedule.enable();
    expect(taken()).toEqual(["hot 15 s"]);
  });

  it("says whether it is on, and when a tick last came to its end", async () => {
    let fails = false;
    const { ticker, clock } = aTicker({
      tick: async () => {
        if (fails) throw new Error("no");
      },
    });
    expect(ticker.state()).toEqual({ isOn: true, tickedAt: undefined });
    ticker.begin();
    await turn();
    const tickedAt = clock.now();
    expect(ticker.state()).toEqual({ isOn: true, tickedAt });
    fails = true;
    await clock.advance(2_000);
    expect(ticker.state()).toEqual({ isOn: true, tickedAt });
    await ticker.schedule.disable();
    expect(ticker.state().isOn).toBe(false);
  });

  it("does not begin anew when it is told again what it knows", async () => {
    const { ticker, taken } = aTicker();
    ticker.begin();
    await turn();
    taken();
    await ticker.schedule.enable();
    expect(taken()).toEqual([]);
  });

  it("begins no second round while one is under way, and goes on behind it", async () => {
    let finish = () => {};
    const under = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let ticks = 0;
    const { ticker, clock } = aTicker({
      tick: async () => {
        ticks += 1;
        await ticker.schedule.disable();
        if (ticks === 1) await under;
      },
    });
    ticker.begin();
    await turn();
    // A watch that comes after the engine looked, and before its tick is over.
    await ticker.schedule.enable();
    await clock.advance(10_000);
    expect(ticks).toBe(1);
    finish();
    await turn();
    await clock.advance(2_000);
    expect(ticks).toBe(2);
  });

  it("goes on when a round fails, and says so", async () => {
    let ticks = 0;
    const { ticker, clock, logged } = aTicker({
      async tick() {
        ticks += 1;
        throw new Error("disk full");
      },
    });
    ticker.begin();
    await turn();
    await clock.advance(2_000);
    expect(ticks).toBe(2);
    expect(logged.join("")).toContain("disk full");
  });

  it("looks at what is new without keeping whoever asks waiting", async () => {
    const { ticker, taken } = aTicker({ watchHot: async () => new Promise<void>(() => {}) });
    await ticker.lookNow(place);
    expect(taken()).toEqual(["look prod 20 s"]);
  });

  it("ends when what is under way has ended, and tells whoever waits to end", async () => {
    const ended: string[] = [];
    const until = (name: string, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        signal.addEventListener("abort", () => {
          ended.push(name);
          resolve();
        });
      });
    const { ticker, clock, taken } = aTicker({
      watchHot: (_, signal) => until("hot", signal),
      lookAtOnce: (_, signal) => until("look", signal),
    });
    ticker.begin();
    await ticker.lookNow(place);
    await turn();
    await ticker.end();
    expect(ended.sort()).toEqual(["hot", "look"]);
    taken();
    await ticker.schedule.disable();
    await ticker.schedule.enable();
    await ticker.lookNow(place);
    await clock.advance(60_000);
    expect(taken()).toEqual([]);
  });
});
