import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import { buttonsOf, wordsOf } from "../../support/blocks.ts";
import { aConfirmStopView, anInstance, aTask, seenAt } from "../../support/views.ts";

const draw = (view: ReturnType<typeof aConfirmStopView>) => render(view, { audience: "private" });

describe("the question before a stop", () => {
  it("says what would be lost, and until when it may be answered", () => {
    expect(wordsOf(draw(aConfirmStopView({ reason: "wrong partition" })))).toMatchInlineSnapshot(`
      ":octagonal_sign: *Stop this instance?* It is cancelled for good, and its output so far may be lost.
      :arrow_forward: *RUNNING*  \`…zbzufck2\`
      \`demo_project\` · MaxCompute says Running
      *Progress*
      ▓▓▓▓▓▓░░░░ 63%
      *Elapsed*
      12 m 4 s
      *Owner*
      \`ALIYUN$ann@example.com\`
      wrong partition
      Stop instance
      Keep running
      \`20160519101349613gzbzufck2\`
      These buttons work until <!date^1795343029^{date_short_pretty} {time}|22 Nov, 10:23 UTC>
      Updated <!date^1795342429^{date_short_pretty} {time_secs}|22 Nov, 10:13 UTC>"
    `);
  });

  it("is answered by two buttons that carry the intent and no dialog of Slack's", () => {
    const message = draw(aConfirmStopView());
    expect(buttonsOf(message).map(({ action_id, value, style }) => [action_id, value, style])).toEqual([
      ["intent.run", "in1:7f3a", "danger"],
      ["intent.cancel", "in1:7f3a", undefined],
    ]);
    expect(JSON.stringify(message.blocks)).not.toContain('"confirm"');
  });

  it("begins its notification with the state", () => {
    expect(draw(aConfirmStopView()).text).toBe("RUNNING …zbzufck2 in demo_project: stop it? For 12 m 4 s, 63% done");
  });

  it("knows a suspended instance, and one that waits", () => {
    expect(draw(aConfirmStopView({ instance: anInstance({ status: "Suspended" }) })).text).toMatch(/^SUSPENDED/);
    expect(draw(aConfirmStopView({ tasks: [aTask({ status: "WAITING" })] })).text).toMatch(/^WAITING/);
  });

  it("shows the tasks where there are several", () => {
    const tasks = ["first", "second"].map((name) => ({ name, type: "SQL", status: "RUNNING" }));
    expect(JSON.stringify(draw(aConfirmStopView({ tasks })).blocks)).toMatch(/first.*second/);
  });

  it("leaves out what is not known", () => {
    const instance = { id: "1", project: "p", status: "Running" } as const;
    const facts = { watchers: { people: [], channels: 0 }, seenAt };
    const words = wordsOf(draw(aConfirmStopView({ instance, tasks: [], facts })));
    expect(words).not.toContain("*Progress*");
    expect(words).not.toContain("*Owner*");
  });

  it("shows a hostile reason as it is, where it can do nothing", () => {
    const message = draw(aConfirmStopView({ reason: "<!channel> *now*" }));
    expect(wordsOf(message)).toContain("<!channel> *now*");
    expect(JSON.stringify(message.blocks.filter(({ type }) => type !== "rich_text"))).not.toContain("<!channel>");
  });
});
