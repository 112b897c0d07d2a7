import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import { blocksOf, buttonsOf, wordsOf } from "../../support/blocks.ts";
import { aTask, aTasksView } from "../../support/views.ts";

const draw = (view: ReturnType<typeof aTasksView>) => render(view, { audience: "private" });

describe("the tasks of an instance", () => {
  it("are a row each: name and type, state, time", () => {
    expect(wordsOf(draw(aTasksView()))).toMatchInlineSnapshot(`
      ":arrow_forward: *RUNNING*  \`…zbzufck2\`
      \`demo_project\` · MaxCompute says Running · 1 task
      Task
      State
      Time
      etl_orders (SQL)
       RUNNING
      12 m 4 s
      Refresh
      Logview
      Result
      Status
      Progress
      \`20160519101349613gzbzufck2\`
      Updated <!date^1795342429^{date_short_pretty} {time_secs}|22 Nov, 10:13 UTC>"
    `);
  });

  it("can be read anew from the button", () => {
    expect(buttonsOf(draw(aTasksView()))[0]).toMatchObject({
      action_id: "instance.tasks",
      label: "Refresh",
      value: "tasks:r1:abc.0",
    });
  });

  it("say so when there is none", () => {
    const message = draw(aTasksView({ tasks: [], outcome: "unknown", status: "Terminated" }));
    expect(wordsOf(message)).toContain("MaxCompute lists no task of this instance.");
    expect(blocksOf(message, "table")).toEqual([]);
  });

  it("show an unheard-of state and a missing start as they are", () => {
    const { startTime: _, ...task } = aTask({ status: "PARKED" });
    expect(wordsOf(draw(aTasksView({ tasks: [task] })))).toContain("etl_orders (SQL)\n PARKED\n-\n");
  });

  it("are counted when they are too many for a table", () => {
    const message = draw(aTasksView({ tasks: Array.from({ length: 120 }, () => aTask()) }));
    expect(blocksOf(message, "table")[0]?.rows).toHaveLength(100);
    expect(wordsOf(message)).toContain("and 21 more tasks");
  });
});
