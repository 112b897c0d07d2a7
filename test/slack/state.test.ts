import { describe, expect, it } from "vitest";
import { stateCell, stateOf, stateWord, statusState, taskState } from "../../src/slack/state.ts";
import { aTask } from "../support/views.ts";

describe("a state", () => {
  it.each([
    ["running", ":arrow_forward: *RUNNING*"],
    ["suspended", ":double_vertical_bar: *SUSPENDED*"],
    ["success", ":white_check_mark: *SUCCESS*"],
    ["failed", ":x: *FAILED*"],
    ["cancelled", ":octagonal_sign: *CANCELLED*"],
    ["unknown", ":grey_question: *UNKNOWN*"],
  ] as const)("of %s is a sign and a word", (outcome, words) => {
    expect(stateWord(stateOf(outcome)).mrkdwn).toBe(words);
  });

  it("is WAITING only while all tasks wait and nothing has ended", () => {
    const waits = aTask({ status: "WAITING" });
    expect(stateOf("running", [waits, waits]).word).toBe("WAITING");
    expect(stateOf("running", [waits, aTask()]).word).toBe("RUNNING");
    expect(stateOf("cancelled", [waits]).word).toBe("CANCELLED");
  });

  it("of a task nobody has heard of is the service's own word, in monospace when it could format", () => {
    expect(stateWord(taskState("PARKED")).mrkdwn).toBe(":grey_question: *PARKED*");
    expect(stateWord(taskState("a_b*")).mrkdwn).toBe(":grey_question: *`a_b*`*");
  });

  it("in a table is an emoji and a word, or the bare word when it says nothing of the outcome", () => {
    expect(stateCell(stateOf("failed")).elements).toEqual([
      {
        type: "rich_text_section",
        elements: [
          { type: "emoji", name: "x" },
          { type: "text", text: " FAILED" },
        ],
      },
    ]);
    expect(stateCell(statusState("Terminated")).elements).toEqual([
      { type: "rich_text_section", elements: [{ type: "text", text: "Terminated" }] },
    ]);
    expect(stateCell(statusState("")).elements).toEqual([{ type: "rich_text_section", elements: [{ type: "text", text: " " }] }]);
  });
});
