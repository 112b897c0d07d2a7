import { expect, it } from "vitest";
import { createNowAndThen } from "../../src/commands/now-and-then.ts";

function aTurn() {
  const clock = { at: 0 };
  return { clock, isTime: createNowAndThen(1_000, () => clock.at) };
}

it("is time once in a while for each key, and again after it", () => {
  const { clock, isTime } = aTurn();
  expect([isTime("a"), isTime("a"), isTime("b")]).toEqual([true, false, true]);
  clock.at = 999;
  expect(isTime("a")).toBe(false);
  clock.at = 1_000;
  expect([isTime("a"), isTime("a")]).toEqual([true, false]);
});

it("is time for nobody new where too many come at once, and for all again after a while", () => {
  const { clock, isTime } = aTurn();
  const crowd = Array.from({ length: 1_000 }, (_, index) => isTime(`${index}`));
  expect(crowd).not.toContain(false);
  expect(isTime("late")).toBe(false);
  clock.at = 1_000;
  expect(isTime("late")).toBe(true);
});
