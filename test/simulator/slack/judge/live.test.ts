import { describe, expect, it } from "vitest";
import { mentionsAndLinks } from "../../../../src/simulator/slack/index.ts";
import { marked, plain } from "../support.ts";

describe("what Slack would make live", () => {
  it.each([
    ["<!channel> look", ["<!channel>"]],
    ["<!here|here> and <!everyone>", ["<!here|here>", "<!everyone>"]],
    ["<!subteam^S1|@oncall>", ["<!subteam^S1|@oncall>"]],
    ["<@U1> in <#C1|general>", ["<@U1>", "<#C1|general>"]],
    ["<https://example.com|click>", ["<https://example.com|click>"]],
    ["<mailto:a@example.com>", ["<mailto:a@example.com>"]],
    ["at <!date^1795339200^{time}|07:20 UTC>", []],
    ["<!date^1795339200^{time}^https://a.example|07:20>", ["<!date^1795339200^{time}^https://a.example|07:20>"]],
    ["&lt;!channel&gt; a &lt; b", []],
    ["1 < 2 and 3 > 2", []],
    ["@channel", []],
  ])("in the text %j: %j", (text, live) => {
    expect(mentionsAndLinks({ text })).toEqual(live);
  });

  it("finds them in every mrkdwn string of the blocks, wherever it stands", () => {
    const blocks = [
      {
        type: "section",
        text: marked("<!channel>"),
        fields: [marked("<@U1>")],
        accessory: { type: "button", confirm: { text: marked("<!here>") } },
      },
      { type: "context", elements: [marked("<https://a.example|a>")] },
      { type: "container", child_blocks: [{ type: "section", text: marked("<#C1>") }] },
      { type: "markdown", text: "<!everyone>" },
    ];
    expect(mentionsAndLinks({ text: "", blocks }).sort()).toEqual(
      ["<!channel>", "<!everyone>", "<!here>", "<#C1>", "<@U1>", "<https://a.example|a>"].sort(),
    );
  });

  it("finds the mention and link elements of rich text, and nothing in its words", () => {
    const elements = [
      { type: "text", text: "<!channel>" },
      { type: "broadcast", range: "channel" },
      { type: "user", user_id: "U1" },
      { type: "link", url: "https://a.example" },
    ];
    const blocks = [{ type: "rich_text", elements: [{ type: "rich_text_section", elements }] }];
    expect(mentionsAndLinks({ blocks })).toEqual(["<!channel>", "<@U1>", "<https://a.example>"]);
  });

  it("finds nothing in plain text and in the cells of a table", () => {
    const blocks = [
      { type: "header", text: plain("<!channel>") },
      { type: "table", rows: [[{ type: "raw_text", text: "<@U1>" }]] },
    ];
    expect(mentionsAndLinks({ blocks })).toEqual([]);
  });
});
