import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import { menusOf, wordsOf } from "../../support/blocks.ts";
import { aChoicesView, aLink } from "../../support/views.ts";

const draw = (view: ReturnType<typeof aChoicesView>) => render(view, { audience: "private" });

describe("a choice between instances", () => {
  it("shows the ids in full", () => {
    expect(wordsOf(draw(aChoicesView()))).toMatchInlineSnapshot(`
      "2 instances answer to \`zbzufck2\`. Which one for \`status\`?
      \`20160519101349610gzbzufck2\` · \`demo_project\`
      \`20160519101349611gzbzufck2\` · \`demo_project\`
      Pick an instance
      20160519101349610gzbzufck2
      20160519101349611gzbzufck2"
    `);
  });

  it("carries the choices' own values", () => {
    expect(menusOf(draw(aChoicesView()))).toEqual({ "list.pick": ["status:r1:abc.0", "status:r1:abc.1"] });
  });

  it("offers 100 at most", () => {
    const choices = Array.from({ length: 130 }, (_, index) => ({ link: aLink(), value: `status:r1:a.${index}` }));
    expect(menusOf(draw(aChoicesView({ choices })))["list.pick"]).toHaveLength(100);
  });

  it("escapes what was typed", () => {
    expect(draw(aChoicesView({ typed: "<@U1>" })).text).toContain("&lt;@U1&gt;");
  });
});
