import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import { blocksOf, menusOf, monospaceOf, wordsOf } from "../../support/blocks.ts";
import { aLink, anInstance, anInstancesView, aRow } from "../../support/views.ts";

const draw = (view: ReturnType<typeof anInstancesView>) => render(view, { audience: "private" });
const rows = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    aRow({ number: index + 1, link: aLink({ ref: `r1:a.${index}`, instanceId: `20160519101349${1_000 + index}gaaaabbbb` }) }),
  );

describe("a list of instances", () => {
  it("has three columns: number and id, state, age", () => {
    expect(wordsOf(draw(anInstancesView()))).toMatchInlineSnapshot(`
      "*1 instance* in \`demo_project\` · \`all, last 24 h\`
      # Instance
      State
      Age
      1 …zbzufck2
       RUNNING
      12 m 4 s
      Pick an instance
      Updated <!date^1795342429^{date_short_pretty} {time_secs}|22 Nov, 10:13 UTC>"
    `);
  });

  it("says in the notification how many and which come first", () => {
    expect(draw(anInstancesView()).text).toBe("1 instance in demo_project (all, last 24 h): #1 …zbzufck2 RUNNING");
  });

  it("has a menu that asks the bot what its reader was shown", () => {
    expect(blocksOf(draw(anInstancesView()), "actions")).toMatchObject([
      { elements: [{ type: "external_select", action_id: "list.pick", min_query_length: 0 }] },
    ]);
  });

  it("for everybody has its own options: what others were shown is not theirs to ask for", () => {
    const shared = render(anInstancesView({ rows: rows(2), total: 2 }), { audience: "channel" });
    expect(menusOf(shared)).toEqual({
      "list.pick": ["status:r1:a.0", "status:r1:a.1"],
    });
  });

  it.each([
    ["Running", "RUNNING"],
    ["Suspended", "SUSPENDED"],
    ["Terminated", "Terminated"],
    ["Parked", "Parked"],
  ])("shows the bare status %s as %s when the tasks were not asked", (status, cell) => {
    const { outcome: _, ...row } = aRow({ instance: anInstance({ status }) });
    expect(wordsOf(draw(anInstancesView({ rows: [row] })))).toContain(cell);
  });

  it("says WAITING of one whose every task waits, when the tasks were asked", () => {
    const tasks = [{ name: "t", type: "SQL", status: "WAITING" }] as const;
    const view = anInstancesView({ rows: [aRow({ outcome: "running", tasks })] });
    expect(draw(view).text).toContain("WAITING");
  });

  it("gives full ids to copy when asked", () => {
    const message = draw(anInstancesView({ rows: rows(2), total: 2, showIds: true }));
    expect(monospaceOf(message)).toEqual(["201605191013491000gaaaabbbb\n201605191013491001gaaaabbbb"]);
    expect(blocksOf(message, "table")).toEqual([]);
  });

  it("says how many ids do not fit", () => {
    expect(wordsOf(draw(anInstancesView({ rows: rows(400), total: 400, showIds: true })))).toMatch(/and \d+ more ids/);
  });

  it("shows the newest 99 of many and says so", () => {
    const message = draw(anInstancesView({ rows: rows(120), total: 1_204 }));
    expect(blocksOf(message, "table")[0]?.rows).toHaveLength(100);
    expect(wordsOf(message)).toContain("The newest 99 of 1\u202F204");
  });

  it("calls the total a lower bound when the listing was cut, and says why", () => {
    const words = wordsOf(draw(anInstancesView({ total: 10_000, cut: "I stopped reading after 10,000 instances" })));
    expect(words).toContain("*at least 10\u202F000 instances*");
    expect(words).toContain("I stopped reading after 10,000 instances");
  });

  it("says in a sentence that there is none", () => {
    const message = draw(anInstancesView({ rows: [], total: 0 }));
    expect(message.text).toBe("No instance in demo_project: all, last 24 h");
    expect(blocksOf(message, "table")).toEqual([]);
    expect(menusOf(message)).toEqual({});
  });

  it("escapes the filter that somebody typed", () => {
    expect(wordsOf(draw(anInstancesView({ filter: "name <!here>" })))).toContain("`name &lt;!here&gt;`");
  });
});
