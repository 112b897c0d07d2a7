import { expect, it } from "vitest";
import { judgeTicks } from "../../../src/commands/doctor/ticks.ts";

const words = { lateMs: 60_000, deadMs: 600_000, switchOn: "Switch it on.", look: "Look at the log." };

it.each([
  ["rests while nothing is watched", false, false, 3_600_000, "ok", "rests", undefined],
  ["is off although something is watched", false, true, 300_000, "broken", "the last tick was 5 m ago", "Switch it on."],
  ["was off all along although something is watched", false, true, undefined, "broken", "no tick was seen", "Switch it on."],
  ["is on and ticks", true, true, 5_000, "ok", "5 s ago", undefined],
  ["is on and has stopped ticking", true, true, 601_000, "broken", "10 m 1 s ago", "Look at the log."],
  [
    "is on and ticked some time ago",
    true,
    true,
    61_000,
    "warning",
    "1 m 1 s ago",
    "Ask again in two minutes; if it lasts: Look at the log.",
  ],
  [
    "is on and has not ticked yet",
    true,
    false,
    undefined,
    "warning",
    "no tick was seen",
    "Ask again in two minutes; if it lasts: Look at the log.",
  ],
] as const)("a schedule that %s", (_, isOn, isWatching, agoMs, state, seen, fix) => {
  const now = 10_000_000;
  const finding = judgeTicks({ isOn, isWatching, tickedAt: agoMs === undefined ? undefined : now - agoMs }, now, words);
  expect(finding).toMatchObject({ state, seen: expect.stringContaining(seen), ...(fix === undefined ? {} : { fix }) });
});
