import { expect, it } from "vitest";
import { instanceId, requestId, suffixFor } from "../../../src/simulator/maxcompute/ids.ts";

it.each([
  [Date.UTC(2016, 4, 19, 10, 13, 49, 613), "20160519101349613gzbzufck2"],
  [Date.UTC(2016, 3, 26, 5, 52, 9, 45), "2016042605520945gzbzufck2"],
  [Date.UTC(2026, 0, 2, 3, 4, 5, 0), "202601020304050gzbzufck2"],
])("an id of %d is %s: UTC, milliseconds without zero padding", (at, id) => {
  expect(instanceId(at, "zbzufck2")).toBe(id);
});

it("suffixes and request ids depend on their text alone, and have the service's form", () => {
  expect(suffixFor("a")).toMatch(/^[a-z0-9]{8}$/);
  expect(suffixFor("a")).toBe(suffixFor("a"));
  expect(suffixFor("a")).not.toBe(suffixFor("b"));
  expect(requestId("seed", 1)).toMatch(/^[0-9A-F]{24}$/);
  expect(requestId("seed", 1)).not.toBe(requestId("seed", 2));
});
