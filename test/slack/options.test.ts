import { describe, expect, it } from "vitest";
import { instanceOptions } from "../../src/slack/options.ts";
import type { ShownInstance } from "../../src/view/index.ts";

const shown = (over: Partial<ShownInstance> = {}): ShownInstance => ({
  ref: "r1:E-1.0",
  instanceId: "20160519101349613gzbzufck2",
  number: 1,
  owner: "ALIYUN$ann",
  status: "Running",
  outcome: "running",
  waits: false,
  ...over,
});
const labels = (...all: ShownInstance[]) => instanceOptions(all).map(({ text }) => text.text);

describe("the options of a menu of instances", () => {
  it("say number, id, state and owner, and run status on what is picked", () => {
    expect(instanceOptions([shown()])).toEqual([
      { text: { type: "plain_text", text: "#1 …zbzufck2 RUNNING · ALIYUN$ann", emoji: false }, value: "status:r1:E-1.0" },
    ]);
  });

  it("say of a state what the list said, and no number that names nothing any more", () => {
    const { outcome: _, number: _number, owner: _owner, ...bare } = shown({ status: "Terminated" });
    expect(labels(shown({ waits: true }), bare)).toEqual(["#1 …zbzufck2 WAITING · ALIYUN$ann", "…zbzufck2 Terminated"]);
  });

  it("are at most a hundred of at most 75 characters", () => {
    const many = Array.from({ length: 120 }, () => shown({ owner: "x".repeat(128) }));
    expect(instanceOptions(many)).toHaveLength(100);
    expect(Math.max(...labels(...many).map(({ length }) => length))).toBe(75);
  });
});
