import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../src/maxcompute/index.ts";

describe("outcomeOf", () => {
  it.each([
    ["Running", ["SUCCESS"], "running"],
    ["Suspended", ["SUSPENDED"], "suspended"],
    ["Terminated", ["SUCCESS", "SUCCESS"], "success"],
    ["Terminated", ["SUCCESS", "FAILED"], "failed"],
    ["Terminated", ["CANCELLED", "FAILED"], "failed"],
    ["Terminated", ["SUCCESS", "CANCELLED"], "cancelled"],
    ["Terminated", ["SUCCESS", "SUSPENDED"], "unknown"],
    ["Terminated", ["EXPLODED"], "unknown"],
    ["Terminated", [], "unknown"],
    ["Weird", ["SUCCESS"], "unknown"],
  ] as const)("an instance that is %s with tasks %j is %s", (status, tasks, outcome) => {
    expect(
      outcomeOf(
        status,
        tasks.map((task) => ({ status: task })),
      ),
    ).toBe(outcome);
  });
});
