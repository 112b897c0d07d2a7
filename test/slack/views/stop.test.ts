import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import type { StopView } from "../../../src/view/index.ts";
import { buttonsOf, wordsOf } from "../../support/blocks.ts";
import { aStopView } from "../../support/views.ts";

const draw = (view: StopView) => render(view, { audience: "private" });

describe("what became of a stop", () => {
  it("names who stopped it and that MaxCompute confirms it", () => {
    expect(wordsOf(draw(aStopView({ reason: "wrong partition" })))).toMatchInlineSnapshot(`
      ":octagonal_sign: *CANCELLED*  \`…zbzufck2\` in \`demo_project\`
      Stopped by <@U0ANN>; MaxCompute confirms it after 4 s.
      wrong partition
      Refresh
      Logview
      Tasks
      \`20160519101349613gzbzufck2\`"
    `);
  });

  const phases: readonly [StopView["phase"], Partial<StopView>, RegExp][] = [
    ["stopping", {}, /^STOPPING .*Requested by <@U0ANN>/],
    ["stopped", {}, /^CANCELLED .*Stopped by <@U0ANN>; MaxCompute confirms it after 4 s/],
    ["already-finished", { outcome: "success" }, /^SUCCESS .*already finished/],
    ["still-running", { status: "Running" }, /^STILL RUNNING .*has not ended it after 4 s \(MaxCompute says Running\)/],
    ["unknown", { status: "Running" }, /^UNKNOWN .*was lost, and MaxCompute still says Running: it may or may not stop yet/],
    ["kept", {}, /^KEPT RUNNING .*<@U0ANN> let it run on/],
  ];
  it.each(phases)("of phase %s is said first of all", (phase, view, words) => {
    expect(draw(aStopView({ ...view, phase })).text).toMatch(words);
  });

  it.each(["stopped", "already-finished"] as const)("of phase %s needs no outcome and no time", (phase) => {
    const { outcome: _, waitedMs: __, ...view } = aStopView({ phase });
    expect(draw(view).text).toMatch(phase === "stopped" ? /^CANCELLED .*confirms it\.$/ : /^UNKNOWN/);
  });

  it("says when not even the state could be read", () => {
    const { status: _, ...view } = aStopView({ phase: "unknown" });
    expect(draw(view).text).toMatch(/was lost and its state could not be read: it may or may not have stopped/);
  });

  it.each(["still-running", "unknown"] as const)("of phase %s says where one hears more", (phase) => {
    expect(draw(aStopView({ phase, isFollowed: true })).text).toMatch(
      /Its card here tells how it ends, or that the stop did not/,
    );
    expect(draw(aStopView({ phase, isFollowed: false })).text).toMatch(/No card follows it here: Refresh shows/);
  });

  it("can be refreshed", () => {
    expect(buttonsOf(draw(aStopView({ phase: "still-running" })))[0]).toMatchObject({
      label: "Refresh",
      value: "status:r1:abc.0",
    });
  });

  it("does not mention what is no person's id", () => {
    expect(draw(aStopView({ by: "!channel" })).text).toContain("`!channel`");
  });
});
