import { describe, expect, it } from "vitest";
import { approvedBecause, type Circumstances } from "../../../src/commands/running/needs.ts";
import { type Caps, capOf } from "../../../src/commands/running/send.ts";
import type { Submission } from "../../../src/commands/running/submissions.ts";
import { dueOf } from "../../../src/commands/running/tend.ts";

const minute = 60_000;
const usual: Circumstances = {
  kind: "sql",
  isReading: true,
  isProduction: false,
  estimate: { bytes: 1, complexity: 1, amount: 60 },
  spent: 0,
  of: 100,
  isRerun: false,
};

describe("whether a second person has to approve a job", () => {
  it.each<[string, Partial<Circumstances>, readonly string[]]>([
    ["that reads within the budget", {}, []],
    ["that reads within the budget in production", { isProduction: true }, []],
    ["that changes data", { isReading: false }, []],
    ["that changes data in production", { isReading: false, isProduction: true }, ["production"]],
    ["that is run again", { isRerun: true }, []],
    ["that is run again in production", { isRerun: true, isProduction: true }, ["production"]],
    ["without an estimate", { estimate: undefined }, ["unknown"]],
    ["that uses up the budget", { spent: 40 }, []],
    ["over the budget", { spent: 40.001 }, ["over-budget"]],
    ["that is an XFlow", { kind: "xflow", isReading: false, estimate: undefined }, ["xflow"]],
    [
      "that is an XFlow in production",
      { kind: "xflow", isReading: false, estimate: undefined, isProduction: true },
      ["production", "xflow"],
    ],
  ])("one %s", (_, over, because) => {
    expect(approvedBecause({ ...usual, ...over })).toEqual(because);
  });
});

describe("what the service may let a statement cost", () => {
  const estimate = { bytes: 1, complexity: 1, amount: 60 };
  it.each<[string, Caps, number]>([
    ["as the person said", { estimate, maxCost: 70, budget: 100 }, 70],
    ["a tenth more than was shown", { estimate, budget: 100 }, 66],
    ["next to nothing, and not nothing", { estimate: { ...estimate, amount: 1e-9 }, budget: 100 }, 0.01],
    ["a day's budget where it is unknown", { budget: 100 }, 100],
  ])("is %s", (_, caps, cap) => {
    expect(capOf(caps)).toBe(cap);
  });
});

describe("what is to be done about a submission", () => {
  const at = 1_000_000;
  const aSubmission = (over: Partial<Submission>): Submission => ({
    schema: 1,
    state: "submitted",
    guid: "g",
    requester: { team: "T1", user: "U1" },
    channel: "C1",
    project: "p",
    job: { kind: "xflow", name: "x", parameters: {} },
    limit: 1,
    timeoutMs: minute,
    at,
    day: "2026-11-22",
    ...over,
  });
  it.each<[string, Partial<Submission>, number, string | undefined]>([
    ["that is being prepared", { state: "preparing" }, 2 * minute - 1, undefined],
    ["that was being prepared", { state: "preparing" }, 2 * minute, "give back"],
    ["that is on its way", { state: "submitting" }, 2 * minute - 1, undefined],
    ["that nobody heard of", { state: "submitting" }, 2 * minute, "look for it"],
    ["that runs", { stopAt: at + 10 * minute, watchIn: "C1", isWatched: true }, 9 * minute, undefined],
    ["whose time is up", { stopAt: at + 10 * minute, watchIn: "C1", isWatched: true }, 10 * minute, "stop it"],
    ["that nobody follows yet", { stopAt: at + 10 * minute, watchIn: "C1" }, minute, undefined],
    ["that nobody follows", { stopAt: at + 10 * minute, watchIn: "C1" }, 2 * minute, "follow it"],
    ["that cannot be followed", { stopAt: at + 10 * minute }, 2 * minute, undefined],
    ["that is over", { state: "over" }, 100 * minute, undefined],
  ])("one %s", (_, over, afterMs, due) => {
    expect(dueOf(aSubmission(over), at + afterMs)).toBe(due);
  });
});
