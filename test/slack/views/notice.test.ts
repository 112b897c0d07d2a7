import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import { blocksOf, buttonsOf, wordsOf } from "../../support/blocks.ts";
import { aNoticeView } from "../../support/views.ts";

const draw = (view: ReturnType<typeof aNoticeView>) => render(view, { audience: "private" });

describe("a notice", () => {
  it("is rich text, with words between backticks in monospace", () => {
    expect(blocksOf(draw(aNoticeView({ text: "Try `help` now." })), "rich_text")[0]?.elements).toMatchInlineSnapshot(`
      [
        {
          "elements": [
            {
              "text": "Try ",
              "type": "text",
            },
            {
              "style": {
                "code": true,
              },
              "text": "help",
              "type": "text",
            },
            {
              "text": " now.",
              "type": "text",
            },
          ],
          "type": "rich_text_section",
        },
      ]
    `);
  });

  it("leaves a lone backtick as it is", () => {
    const [block] = blocksOf(draw(aNoticeView({ text: "It's 5` long" })), "rich_text");
    expect(JSON.stringify(block)).toContain("It's 5` long");
  });

  it("is escaped in the notification", () => {
    expect(draw(aNoticeView({ text: "Hello <!channel>" })).text).toBe("Hello &lt;!channel&gt;");
  });

  it("offers what to do next", () => {
    const suggestions = [{ label: "Help", value: "text:help" }];
    expect(buttonsOf(draw(aNoticeView({ suggestions }))).map(({ label }) => label)).toEqual(["Help"]);
  });

  it("behind a name mentions that person and nobody else", () => {
    const drawn = draw(aNoticeView({ by: "U0ANN", text: "muted `<@U0BOB>*` here <!channel>" }));
    expect(drawn.text).toBe("<@U0ANN> muted '&lt;@U0BOB&gt;*' here &lt;!channel&gt;");
    expect(wordsOf(drawn)).toBe("<@U0ANN> muted `&lt;@U0BOB&gt;*` here &lt;!channel&gt;");
  });

  it("without words has a text all the same", () => {
    expect(draw(aNoticeView({ text: "" }))).toEqual({ text: "No text", blocks: [] });
  });
});
