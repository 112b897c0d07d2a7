import { describe, expect, it } from "vitest";
import type { Message } from "../../../src/local/workbench/page/shapes.ts";
import { keepUnchanged } from "../../../src/local/workbench/page/unchanged.ts";

const aMessage = (ts: string, text = "RUNNING"): Message => ({
  ts,
  channel: "C0GENERAL1",
  user: "U0ODPS",
  text,
  blocks: [{ type: "header" }],
  files: [],
  edited: false,
});

describe("a channel that is read again", () => {
  it("keeps the very messages that say what they said", () => {
    const before = [aMessage("1.1"), aMessage("1.2")];
    const kept = keepUnchanged(before, [aMessage("1.1"), aMessage("1.2"), aMessage("1.3")]);
    expect(kept.map((message) => before.indexOf(message))).toEqual([0, 1, -1]);
  });

  it("takes the new words of an edited one, and lets go of one that is gone", () => {
    const before = [aMessage("1.1"), aMessage("1.2"), aMessage("1.3")];
    const kept = keepUnchanged(before, [aMessage("1.1"), aMessage("1.3", "SUCCESS")]);
    expect(kept).toEqual([aMessage("1.1"), aMessage("1.3", "SUCCESS")]);
    expect(kept[0]).toBe(before[0]);
  });
});
