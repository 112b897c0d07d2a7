import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import { blocksOf, monospaceOf, wordsOf } from "../../support/blocks.ts";
import { aLink, aLogviewView } from "../../support/views.ts";

const draw = (view: ReturnType<typeof aLogviewView>) => render(view, { audience: "private" });

describe("a Logview link", () => {
  it("is a button, with a warning, its end, and a link that may be shared", () => {
    expect(wordsOf(draw(aLogviewView()))).toMatchInlineSnapshot(`
      "*Logview* of \`…zbzufck2\` in \`demo_project\`
      Open Logview
      *Only you* see this. The link lets whoever has it read this instance, its SQL and its result until <!date^1795428829^{date_short_pretty} {time}|23 Nov, 10:13 UTC>: do not pass it on.
      To share, use <https://console.example.com/cn/job-insights?h=api&amp;p=demo_project&amp;i=1|Job insight>: it asks for a login.
      Status
      Tasks
      \`20160519101349613gzbzufck2\`"
    `);
  });

  it("of an XFlow has those of its sub-instances, each a button at the side", () => {
    const sub = (name: string, path: string[]) => ({
      name,
      path,
      link: aLink({ instanceId: `20261122g${name}` }),
      url: `https://l.test/?i=${name}`,
    });
    const message = draw(aLogviewView({ subs: [sub("train001", []), sub("iter0001", ["loop"])], moreSubs: 3 }));
    expect(blocksOf(message, "section").flatMap(({ accessory }) => accessory ?? [])).toMatchObject([
      { action_id: "link.open", url: "https://l.test/?i=train001", accessibility_label: "Open Logview of …train001" },
      { action_id: "link.open", url: "https://l.test/?i=iter0001" },
    ]);
    expect(wordsOf(message)).toContain("`loop › iter0001`\n`20261122giter0001`");
    expect(wordsOf(message)).toContain("and 3 more sub-instances: `subs` lists them");
    expect(message.text).not.toContain("l.test");
  });

  it("opens the url as it was made", () => {
    const [first] = blocksOf(draw(aLogviewView()), "actions");
    expect(first?.elements[0]).toMatchObject({ action_id: "link.open", url: aLogviewView().url });
  });

  it("is never in a notification", () => {
    expect(draw(aLogviewView()).text).toBe("Logview of …zbzufck2 in demo_project, until 23 Nov, 10:13 UTC; only you see this");
  });

  it("tells the end in the reader's own zone", () => {
    expect(render(aLogviewView(), { audience: "private", timeZone: "Asia/Shanghai" }).text).toContain(
      "until 23 Nov, 18:13 GMT+8",
    );
  });

  it("is never drawn for a channel", () => {
    expect(() => render(aLogviewView(), { audience: "channel" })).toThrow("never shown in a channel");
  });

  it.each(["javascript:alert(1)", `https://a.example/${"x".repeat(3_000)}`])("is text when it can be no button", (url) => {
    const message = draw(aLogviewView({ url }));
    expect(JSON.stringify(message.blocks)).not.toContain('"url":');
    expect(monospaceOf(message)[0]?.slice(0, 19)).toBe(url.slice(0, 19));
  });

  it("does without a shareable link when there is none", () => {
    const { jobInsightUrl: _, ...view } = aLogviewView();
    expect(wordsOf(draw(view))).not.toContain("To share");
  });
});
