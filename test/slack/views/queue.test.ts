import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import type { QueueRow, QueueView } from "../../../src/view/index.ts";
import { menusOf, wordsOf } from "../../support/blocks.ts";
import { aLink, seenAt } from "../../support/views.ts";

const aPlace = (over: Partial<QueueRow> = {}): QueueRow => ({
  link: aLink(),
  status: "Running",
  owner: "ALIYUN$ann@example.com",
  position: 3,
  length: 20,
  priority: 9,
  percent: 0,
  subStatuses: ["Waiting for cluster resource"],
  startTime: seenAt - 300_000,
  ...over,
});

const aQueue = (over: Partial<QueueView> = {}): QueueView => ({
  kind: "queue",
  project: "demo_project",
  isSingle: true,
  rows: [aPlace()],
  total: 1,
  seenAt,
  ...over,
});

const draw = (view: QueueView) => render(view, { audience: "private" });

describe("an instance's place in the queue", () => {
  it("is told with what it waits for", () => {
    expect(wordsOf(draw(aQueue()))).toMatchInlineSnapshot(`
      ":hourglass_flowing_sand: *WAITING*  \`…zbzufck2\`
      \`demo_project\` · MaxCompute says Running
      *Place*
      place 3 of 20
      *Progress*
      0%
      *Priority*
      9 (0 is the highest)
      *Since*
      5 m 0 s
      *Owner*
      \`ALIYUN$ann@example.com\`
      Waiting for cluster resource
      Refresh
      Status
      Why?
      Logview
      \`20160519101349613gzbzufck2\`
      Updated <!date^1795342429^{date_short_pretty} {time_secs}|22 Nov, 10:13 UTC>"
    `);
  });

  it("is not made up for one that is not in line", () => {
    const { position: _p, length: _l, ...running } = aPlace();
    expect(wordsOf(draw(aQueue({ rows: [running] })))).toContain("*Place*\nnot in line");
  });
});

describe("the queue of a project", () => {
  const rows = [
    aPlace({ number: 1 }),
    aPlace({ number: 2, position: 4, link: aLink({ ref: "r1:b.1", instanceId: "20261122gsecond22" }) }),
  ];
  const view = aQueue({ isSingle: false, rows, total: 31 });

  it("is a table with a menu to look at one", () => {
    const words = wordsOf(draw(view));
    expect(words).toContain("*31 instances* running or waiting in `demo_project`");
    expect(words).toContain("2 …second22");
    expect(words).toContain("4 of 20");
    expect(words).toContain("The first 2 of 31");
    expect(menusOf(draw(view))).toEqual({ "list.pick": ["queue:r1:abc.0", "queue:r1:b.1"] });
  });

  it("that is empty is said in words", () => {
    expect(wordsOf(draw(aQueue({ isSingle: false, rows: [], total: 0 })))).toContain("*0 instances* running or waiting");
  });
});
