import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import { buttonsOf, wordsOf } from "../../support/blocks.ts";
import { anActedView } from "../../support/views.ts";

const draw = (view: ReturnType<typeof anActedView>) => render(view, { audience: "channel" });

describe("what a channel is told about a person's act", () => {
  it("is who did what to which instance, and why", () => {
    expect(wordsOf(draw(anActedView({ reason: "wrong partition" })))).toMatchInlineSnapshot(`
      ":octagonal_sign: *CANCELLED*  <@U0ANN> stopped \`…zbzufck2\` in \`demo_project\`
      wrong partition
      \`20160519101349613gzbzufck2\`"
    `);
  });

  it("is STOPPING as long as MaxCompute does not confirm it", () => {
    const { outcome: _, ...view } = anActedView({ action: "asked to stop" });
    expect(draw(view).text).toBe("STOPPING …zbzufck2 in demo_project: <@U0ANN> asked to stop it");
  });

  it("says so when the channel may have it already", () => {
    const drawn = draw(anActedView({ isPerhapsRepeated: true }));
    expect(drawn.text).toMatch(/stopped it\. I may have told this before\.$/);
    expect(wordsOf(drawn)).toContain("I may have told this before");
    expect(wordsOf(draw(anActedView()))).not.toContain("before");
  });

  it("has no buttons", () => {
    expect(buttonsOf(draw(anActedView()))).toEqual([]);
  });
});
