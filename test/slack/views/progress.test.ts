import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import { buttonsOf, monospaceOf, wordsOf } from "../../support/blocks.ts";
import { aProgressView, aStage, aTaskProgress } from "../../support/views.ts";

const draw = (view: ReturnType<typeof aProgressView>) => render(view, { audience: "private" });

describe("the progress of an instance", () => {
  it("is a bar a task and a line a stage", () => {
    expect(wordsOf(draw(aProgressView()))).toMatchInlineSnapshot(`
      ":arrow_forward: *RUNNING*  \`…zbzufck2\`
      \`demo_project\` · MaxCompute says Running
      *Task* \`etl_orders\`  ▓▓▓▓▓▓░░░░ 63%
      \`R2\` · 64% · 41 of 64 workers done · 23 running · 18 223 rows in · 56 rows out
      20160519101349613gzbzufck2 2026-11-22 10:13:49 R2:23/41/64[64%]	
      Refresh
      Logview
      Stop
      Status
      Tasks
      \`20160519101349613gzbzufck2\`
      Updated <!date^1795342429^{date_short_pretty} {time_secs}|22 Nov, 10:13 UTC>"
    `);
  });

  it("has the documented line with its TAB, to be copied", () => {
    expect(monospaceOf(draw(aProgressView()))).toEqual(["20160519101349613gzbzufck2 2026-11-22 10:13:49 R2:23/41/64[64%]\t"]);
  });

  it("begins its notification with the state", () => {
    expect(draw(aProgressView()).text).toMatch(/^RUNNING …zbzufck2 in demo_project, 63%, /);
  });

  it("offers Stop to who may, and only while it runs", () => {
    const labels = (view: Parameters<typeof aProgressView>[0]) => buttonsOf(draw(aProgressView(view))).map(({ label }) => label);
    expect(labels({})).toEqual(["Refresh", "Logview", "Stop"]);
    expect(labels({ mayStop: false })).toEqual(["Refresh", "Logview"]);
    expect(labels({ status: "Terminated", outcome: "success" })).toEqual(["Result", "Logview", "Status"]);
  });

  it("says so when there is none", () => {
    expect(wordsOf(draw(aProgressView({ tasks: [] })))).toContain("MaxCompute reports no progress");
  });

  it("leaves out the numbers MaxCompute does not say", () => {
    const words = wordsOf(draw(aProgressView({ tasks: [aTaskProgress({ stages: [{ name: "M1" }] })] })));
    expect(words).toContain("▓▓▓▓▓▓░░░░ 63%\n`M1`\n");
  });

  it("shows five of many tasks and counts the rest", () => {
    const tasks = Array.from({ length: 8 }, (_, index) => aTaskProgress({ taskName: `task_${index}` }));
    const message = draw(aProgressView({ tasks }));
    expect(monospaceOf(message)).toHaveLength(5);
    expect(wordsOf(message)).toContain("and 3 more tasks");
    expect(message.text).toContain("8 tasks: task_0 63%");
  });

  it.each([
    ["the one at work", [aStage({ name: "M1", runningWorkers: 0, finishedPercentage: 100 }), aStage({ name: "R2" })], "R2"],
    ["the first that is not done", [aStage({ name: "M1", runningWorkers: 0 }), aStage({ name: "R2", runningWorkers: 0 })], "M1"],
    ["the last", [aStage({ name: "M1", runningWorkers: 0, finishedPercentage: 100 })], "M1"],
  ])("calls %s the stage of the moment", (_, stages, name) => {
    expect(draw(aProgressView({ tasks: [aTaskProgress({ stages })] })).text).toContain(`\`${name}\` · `);
  });
});
