import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import type { SubInstanceRow, SubsView } from "../../../src/view/index.ts";
import { blocksOf, wordsOf } from "../../support/blocks.ts";
import { aLink, aTask, seenAt } from "../../support/views.ts";

const aSub = (id: string, over: Partial<SubInstanceRow> = {}): SubInstanceRow => ({
  name: "train",
  path: [],
  link: aLink({ ref: `r1:${id}.0`, instanceId: `20261122110001001g${id}` }),
  state: { outcome: "running", tasks: [aTask()], percent: 42, startTime: seenAt - 90_000 },
  ...over,
});

const aTree = (over: Partial<SubsView> = {}): SubsView => ({
  kind: "subs",
  link: aLink(),
  status: "Running",
  outcome: "running",
  rows: [
    aSub("prep0001", {
      name: "prep",
      state: {
        outcome: "success",
        tasks: [aTask({ status: "SUCCESS" })],
        startTime: seenAt - 300_000,
        endTime: seenAt - 120_000,
      },
    }),
    aSub("iter0001", { name: "iter0", path: ["loop"] }),
  ],
  deeper: 0,
  mayStop: true,
  seenAt,
  ...over,
});

const draw = (view: SubsView) => render(view, { audience: "private" });

describe("the tree of an XFlow", () => {
  it("shows each sub-instance with its state, its way from the root, its time and its id", () => {
    expect(wordsOf(draw(aTree()))).toMatchInlineSnapshot(`
      ":arrow_forward: *RUNNING*  \`…zbzufck2\`
      \`demo_project\` · MaxCompute says Running · 2 sub-instances: 1 SUCCESS, 1 RUNNING
      :white_check_mark: *SUCCESS*  \`prep\` · 3 m 0 s
      \`20261122110001001gprep0001\`
      Logview
      :arrow_forward: *RUNNING*  \`loop › iter0\` · 42% · 1 m 30 s
      \`20261122110001001giter0001\`
      Logview
      Refresh
      Status
      Stop
      \`20160519101349613gzbzufck2\`
      Updated <!date^1795342429^{date_short_pretty} {time_secs}|22 Nov, 10:13 UTC>"
    `);
  });

  it("gives each its own Logview button", () => {
    const accessories = blocksOf(draw(aTree()), "section").flatMap(({ accessory }) => accessory ?? []);
    expect(accessories).toMatchObject([
      {
        action_id: "instance.logview",
        value: "logview:r1:prep0001.0",
        accessibility_label: "Get a private Logview link for …prep0001",
      },
      { action_id: "instance.logview", value: "logview:r1:iter0001.0" },
    ]);
  });

  it("rolls them up in the notification", () => {
    expect(draw(aTree()).text).toBe("RUNNING …zbzufck2 in demo_project: 2 sub-instances, 1 SUCCESS, 1 RUNNING");
  });

  it("says so when none has started", () => {
    expect(wordsOf(draw(aTree({ rows: [] })))).toContain("It has started no sub-instance yet.");
  });

  it("counts what is too much for one message, and what lies deeper", () => {
    const rows = Array.from({ length: 25 }, (_, index) => aSub(`many${index}`));
    const words = wordsOf(draw(aTree({ rows, deeper: 4 })));
    expect(words).toContain("29 sub-instances");
    expect(words).toContain("and 5 more sub-instances");
    expect(words).toContain("4 more sub-instances deeper down: `--depth` shows them");
  });

  it("counts those that were not looked at as such, and not as in a state", () => {
    const rows = Array.from({ length: 60 }, (_, index) => {
      const { state, ...unasked } = aSub(`many${index}`);
      return index < 40 ? { ...unasked, ...(state === undefined ? {} : { state }) } : unasked;
    });
    const message = draw(aTree({ rows }));
    expect(wordsOf(message)).toContain("60 sub-instances: 40 RUNNING, 20 not looked at");
    expect(message.text).toContain("60 sub-instances, 40 RUNNING, 20 not looked at");
    expect(message.text).not.toContain("UNKNOWN");
  });

  it("does not guess at one that could not be asked", () => {
    const { state: _, ...unasked } = aSub("lost0001");
    expect(wordsOf(draw(aTree({ rows: [unasked] })))).toContain(":grey_question: *UNKNOWN*  `train`\n");
  });
});
