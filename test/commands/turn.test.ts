import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apologyAfterMs, patienceMs, quietFor, staleAfterMs, turnEndsAt, waitingEndsAt } from "../../src/commands/turn.ts";

const requestedAt = 1_000_000;
const begins = fc.integer({ min: 0, max: staleAfterMs });
const look = requestedAt + apologyAfterMs;

describe("the turn of a worker", () => {
  it.each([
    ["at once", 0, 49_000],
    ["half a minute late", 30_000, 49_000],
    ["so late that it could not answer before the timer looks", 45_000, 54_000],
    ["at the last moment", 60_000, 69_000],
  ])("that begins %s ends in time", (_, after, ends) => {
    expect(turnEndsAt(requestedAt, requestedAt + after)).toBe(requestedAt + ends);
  });

  it("is over when the timer looks, or so soon after that the look waits for it and is over within the minute", () => {
    fc.assert(
      fc.property(begins, (after) => {
        const ends = turnEndsAt(requestedAt, requestedAt + after);
        const isTakenAway = after >= apologyAfterMs; // the timer has answered: there is no turn
        expect(isTakenAway || ends < look || ends - look <= patienceMs).toBe(true);
        expect(isTakenAway || ends < requestedAt + 60_000).toBe(true);
      }),
    );
  });

  it("leaves time to wait for MaxCompute and time to answer, however late it begins", () => {
    fc.assert(
      fc.property(begins, (after) => {
        const now = requestedAt + after;
        const endsAt = turnEndsAt(requestedAt, now);
        const waits = waitingEndsAt(now, 10_000, { endsAt });
        expect(waits - now).toBeGreaterThanOrEqual(5_000);
        expect(waits - now).toBeLessThanOrEqual(10_000);
        expect(endsAt - waits).toBeGreaterThanOrEqual(4_000);
      }),
    );
    expect(waitingEndsAt(requestedAt, 10_000, {})).toBe(requestedAt + 10_000);
  });

  it("says a first word after five seconds, and no later than 55 seconds after the command", () => {
    fc.assert(
      fc.property(begins, (after) => {
        const quiet = quietFor(requestedAt, requestedAt + after);
        expect(quiet).toBeGreaterThanOrEqual(0);
        expect(quiet).toBeLessThanOrEqual(5_000);
        expect(quiet === 0 || after + quiet <= 55_000).toBe(true);
      }),
    );
  });
});
