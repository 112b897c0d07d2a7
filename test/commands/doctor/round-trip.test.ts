import { describe, expect, it } from "vitest";
import { answerPing, roundTripCheckup } from "../../../src/commands/doctor/round-trip.ts";
import { openSqliteStore } from "../../../src/local/sqlite-store.ts";
import { manualClock } from "../../support/manual-clock.ts";

/** `ping` has the store to leave its mark in, and the clock to take its time. */
function aRoundTrip(ping: (id: string, way: { clock: ReturnType<typeof manualClock>; mark(): Promise<void> }) => Promise<void>) {
  const clock = manualClock();
  const store = openSqliteStore(":memory:", clock.now);
  const checkup = roundTripCheckup({
    ...{ store, now: clock.now, newId: () => "P1", name: "Bus", fix: "Look at the log." },
    pause: (ms) => new Promise((resolve) => void clock.after(ms, resolve)),
    ping: (id) => ping(id, { clock, mark: () => answerPing(store, id, clock.now()) }),
  });
  const found = checkup.run(clock.now() + 3_700);
  const settled = async () => {
    for (let round = 0; round < 40; round += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(150);
    }
    return found;
  };
  return { clock, settled };
}

describe("the check of the way that commands take", () => {
  it("is well where the mark comes soon", async () => {
    const { settled } = aRoundTrip((_, { clock, mark }) => {
      clock.after(600, () => void mark());
      return Promise.resolve();
    });
    expect(await settled()).toMatchObject({ state: "ok", seen: expect.stringMatching(/^came through in 0\.\d s$/) });
  });

  it("warns of a mark that comes late", async () => {
    const { settled } = aRoundTrip((_, { clock, mark }) => {
      clock.after(3_300, () => void mark());
      return Promise.resolve();
    });
    expect(await settled()).toMatchObject({
      state: "warning",
      seen: expect.stringContaining("only after 3."),
      fix: "Look at the log.",
    });
  });

  it("is broken where no mark comes, and says so before its time is up", async () => {
    const { settled } = aRoundTrip(async () => undefined);
    expect(await settled()).toMatchObject({ state: "broken", seen: expect.stringMatching(/sent 3\.\d s ago has not come/) });
  });

  it("is broken where nothing can be sent, in no word of the error", async () => {
    const { settled } = aRoundTrip(() => Promise.reject(new TypeError("key AKIA")));
    expect(await settled()).toEqual({ state: "broken", seen: "nothing can be sent: TypeError", fix: "Look at the log." });
  });
});
