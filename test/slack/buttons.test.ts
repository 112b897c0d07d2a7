import { describe, expect, it } from "vitest";
import {
  instanceActions,
  intentActions,
  logview,
  pickList,
  progress,
  refresh,
  result,
  stop,
  suggestionActions,
  tasks,
} from "../../src/slack/buttons.ts";
import { buttonsOf, menusOf } from "../support/blocks.ts";
import { aLink } from "../support/views.ts";

const message = (blocks: ReturnType<typeof pickList>) => ({ text: "x", blocks });

describe("buttons of an instance", () => {
  it("name the thing, carry verb and reference, and say aloud what they do", () => {
    expect(buttonsOf(message(instanceActions(aLink(), [logview])))).toEqual([
      {
        action_id: "instance.logview",
        label: "Logview",
        value: "logview:r1:abc.0",
        style: undefined,
        aloud: "Get a private Logview link for …zbzufck2",
      },
    ]);
  });

  it("show three at most; the rest is in a menu", () => {
    const drawn = message(instanceActions(aLink(), [refresh, logview, result, progress], [tasks]));
    expect(buttonsOf(drawn).map(({ label }) => label)).toEqual(["Refresh", "Logview", "Result"]);
    expect(menusOf(drawn)).toEqual({ "instance.more": ["progress:r1:abc.0", "tasks:r1:abc.0"] });
  });

  it("show Stop as dangerous", () => {
    expect(buttonsOf(message(instanceActions(aLink(), [stop])))[0]?.style).toBe("danger");
  });

  it("have labels that fit a phone", () => {
    expect([refresh, logview, result, progress, stop, tasks].filter(({ label }) => label.length > 12)).toEqual([]);
  });

  it("leave out what a reference is too long for, rather than clip the reference", () => {
    const long = aLink({ ref: "r".repeat(100) });
    expect(menusOf(message(instanceActions(long, [refresh], [tasks])))).toEqual({});
    expect(instanceActions(aLink({ ref: "r".repeat(2_001) }), [refresh], [tasks])).toEqual([]);
  });
});

describe("suggested commands", () => {
  const suggestions = Array.from({ length: 12 }, (_, index) => ({
    label: `Suggestion ${index + 1}`,
    value: `text:status #${index + 1}`,
  }));

  it("are three numbered buttons and five more in a menu", () => {
    const drawn = message(suggestionActions(suggestions));
    expect(buttonsOf(drawn).map(({ action_id, value }) => [action_id, value])).toEqual([
      ["command.run.1", "text:status #1"],
      ["command.run.2", "text:status #2"],
      ["command.run.3", "text:status #3"],
    ]);
    expect(menusOf(drawn)["command.run.more"]).toHaveLength(5);
  });

  it("are none without a value to carry", () => {
    expect(suggestionActions([{ label: "Run", value: "" }])).toEqual([]);
  });

  it("never have an empty label", () => {
    expect(buttonsOf(message(suggestionActions([{ label: " ", value: "text:help" }])))[0]?.label).toBe("-");
  });
});

describe("the answers to a dangerous question", () => {
  it("both carry the intent, and only one is dangerous", () => {
    const drawn = buttonsOf(message(intentActions("in1:7f3a", "20160519101349613gzbzufck2", "press")));
    expect(drawn.map(({ action_id, label, value, style }) => [action_id, label, value, style])).toEqual([
      ["intent.run", "Stop instance", "in1:7f3a", "danger"],
      ["intent.cancel", "Keep running", "in1:7f3a", undefined],
    ]);
  });
});

describe("a menu of instances", () => {
  it("is left out when it would be empty", () => {
    expect(pickList("Pick", [])).toEqual([]);
  });
});
