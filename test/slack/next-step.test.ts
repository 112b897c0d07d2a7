import { describe, expect, it } from "vitest";
import { nextStep } from "../../src/slack/next-step.ts";

describe("the next step after a failure", () => {
  it.each([
    ["ODPS-0130131", "No such table"],
    ["0130131", "No such table"],
    ["ODPS-0130013:Authorization exception", "No permission"],
    ["ODPS-0123144", "Out of memory"],
  ])("for %s begins with: %s", (code, words) => {
    expect(nextStep(code, "")).toMatch(new RegExp(`^${words}`));
  });

  it("names the place of a syntax error", () => {
    expect(nextStep("ODPS-0130161", "ODPS-0130161:[3,14] Parse exception - invalid token")).toContain("at line 3, column 14");
  });

  it("does without the place when the service names none", () => {
    expect(nextStep("ODPS-0130161", "Parse exception")).toMatch(/^Syntax error: /);
  });

  it.each(["ODPS-9999999", "NoSuchObject", "__proto__", "", undefined])("for %s is to open Logview", (code) => {
    expect(nextStep(code, "")).toContain("Open Logview");
  });
});
