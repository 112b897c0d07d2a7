import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import { buttonsOf, menusOf, wordsOf } from "../../support/blocks.ts";
import { aLink, anExistenceView } from "../../support/views.ts";

const draw = (view: ReturnType<typeof anExistenceView>) => render(view, { audience: "private" });

describe("whether instances exist", () => {
  it("is answered a line a name", () => {
    expect(wordsOf(draw(anExistenceView()))).toMatchInlineSnapshot(`
      "*Exists?* 1 of 2 instances in \`demo_project\`
      :white_check_mark: *YES*  \`20160519101349613gzbzufck2\`
      :x: *NO*  \`20160519101349613gnothere\`
      Status
      Logview
      Tasks"
    `);
  });

  it("is answered in the notification too", () => {
    expect(draw(anExistenceView()).text).toBe("YES 20160519101349613gzbzufck2, NO 20160519101349613gnothere in demo_project");
  });

  it("offers a menu when several exist", () => {
    const answers = [0, 1].map((index) => ({ name: `n${index}`, exists: true, link: aLink({ ref: `r1:a.${index}` }) }));
    expect(menusOf(draw(anExistenceView({ answers })))).toEqual({ "list.pick": ["status:r1:a.0", "status:r1:a.1"] });
  });

  it("offers nothing when none exists", () => {
    const message = draw(anExistenceView({ answers: [{ name: "nope", exists: false }] }));
    expect(buttonsOf(message)).toEqual([]);
    expect(menusOf(message)).toEqual({});
  });

  it("escapes the names that somebody typed", () => {
    const message = draw(anExistenceView({ answers: [{ name: "<!channel>", exists: false }] }));
    expect(message.text).toContain("NO &lt;!channel&gt;");
    expect(wordsOf(message)).toContain("`&lt;!channel&gt;`");
  });
});
