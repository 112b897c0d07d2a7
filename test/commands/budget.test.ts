import { describe, expect, it } from "vitest";
import { allowanceOf, createBudgets, dayOf, defaultBudget } from "../../src/commands/budget.ts";
import { readPolicy } from "../../src/commands/rights/policy-text.ts";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { manualClock } from "../support/manual-clock.ts";

const caller = { team: "T1", user: "U0BOB" };
const day = "2026-11-22";

function aBudget() {
  const clock = manualClock();
  const budgets = createBudgets(openSqliteStore(":memory:", clock.now), clock.now);
  const hold = (id: string) => ({ caller, day, id });
  return { budgets, hold, spent: () => budgets.spent(caller, day) };
}

describe("what somebody may spend in a day", () => {
  it("has room for one of two that are held at the same moment", async () => {
    const { budgets, hold, spent } = aBudget();
    const held = await Promise.all(["a", "b", "c"].map((id) => budgets.hold(hold(id), 60, 100)));
    expect(held.filter((isHeld) => isHeld)).toHaveLength(1);
    expect(await spent()).toBe(60);
  });

  it("is held once, whoever asks again for the same", async () => {
    const { budgets, hold, spent } = aBudget();
    expect([await budgets.hold(hold("a"), 60, 100), await budgets.hold(hold("a"), 60, 100)]).toEqual([true, true]);
    expect(await spent()).toBe(60);
  });

  it("can be reached to the last bit, and not beyond", async () => {
    const { budgets, hold } = aBudget();
    expect([await budgets.hold(hold("a"), 100, 100), await budgets.hold(hold("b"), 0.001, 100)]).toEqual([true, false]);
  });

  it("comes back when it is given back, once, and not when it was spent", async () => {
    const { budgets, hold, spent } = aBudget();
    await budgets.hold(hold("a"), 30, 100);
    await budgets.hold(hold("b"), 20, 100);
    await budgets.spend(hold("b"));
    for (const id of ["a", "a", "b", "unknown"]) await budgets.giveBack(hold(id));
    expect(await spent()).toBe(20);
  });

  it("is another one for each person and each day", async () => {
    const { budgets, hold } = aBudget();
    await budgets.hold(hold("a"), 30, 100);
    expect(await budgets.spent({ ...caller, user: "U0CARL" }, day)).toBe(0);
    expect(await budgets.spent(caller, "2026-11-23")).toBe(0);
  });

  it("is told by UTC", () => {
    expect([dayOf(Date.UTC(2026, 10, 22, 23, 59, 59, 999)), dayOf(Date.UTC(2026, 10, 23))]).toEqual(["2026-11-22", "2026-11-23"]);
  });

  it.each([
    ["budget operator 500", "operator", { of: 500, isDefault: false }],
    ["budget operator 500", "admin", { of: defaultBudget, isDefault: true }],
    ["budget operator 500 on prod_*; budget operator 50 on prod_dw", "operator", { of: 50, isDefault: false }],
    ["budget operator 500 on dev", "operator", { of: defaultBudget, isDefault: true }],
  ] as const)("with the lines %j is, for a role of %s, %j", (lines, role, allowance) => {
    expect(allowanceOf(readPolicy(lines).policy, role, "prod_dw")).toEqual(allowance);
  });
});
