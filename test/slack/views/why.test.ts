import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import type { WhyView } from "../../../src/view/index.ts";
import { blocksOf, buttonsOf, monospaceOf, wordsOf } from "../../support/blocks.ts";
import { aLink, aTask, seenAt } from "../../support/views.ts";

const aCause = (over: Partial<WhyView> = {}): WhyView => ({
  kind: "why",
  link: aLink(),
  status: "Terminated",
  outcome: "failed",
  tasks: [aTask({ status: "FAILED" })],
  cause: "The SQL has a syntax error at line 2, column 8.",
  next: "Correct the SQL and run it again.",
  taskName: "etl_orders",
  code: "ODPS-0130161",
  message: "ODPS-0130161:[2,8] Parse exception - invalid token 'FORM'",
  excerpt: { line: 2, column: 8, text: "SELECT FORM t" },
  seenAt,
  ...over,
});

const draw = (view: WhyView, audience: "private" | "channel" = "private") => render(view, { audience });

describe("why an instance failed", () => {
  it("is said as cause, next step, the place in the SQL, the task, and the service's own words", () => {
    expect(wordsOf(draw(aCause()))).toMatchInlineSnapshot(`
      ":x: *FAILED*  \`…zbzufck2\`
      \`demo_project\` · MaxCompute says Terminated
      *Cause* The SQL has a syntax error at line 2, column 8.
      *Next* Correct the SQL and run it again.
      2 | SELECT FORM t
                 ^
      *Task* \`etl_orders\` · \`ODPS-0130161\`
      ODPS-0130161:[2,8] Parse exception - invalid token 'FORM'
      Logview
      Status
      Result
      Tasks
      \`20160519101349613gzbzufck2\`
      Updated <!date^1795342429^{date_short_pretty} {time_secs}|22 Nov, 10:13 UTC>"
    `);
  });

  it("of an XFlow opens the instance below it, and its parts from beside that", () => {
    const sub = aLink({ ref: "r1:s.1", instanceId: "20261122110001001gtrain01" });
    const pressable = (over: Partial<WhyView>) => {
      const message = draw(aCause({ sub, ...over }));
      const beside = blocksOf(message, "section").flatMap(({ accessory }) => (accessory?.type === "button" ? accessory : []));
      return [
        ...beside.map(({ text, value }) => [text.text, value]),
        ...buttonsOf(message).map(({ label, value }) => [label, value]),
      ];
    };
    const { ref } = aLink();
    expect(pressable({})).toEqual([
      ["Parts", `subs:${ref}`],
      ["Logview", "logview:r1:s.1"],
      ["Status", "status:r1:s.1"],
      ["Result", "result:r1:s.1"],
    ]);
    expect(pressable({ status: "Running", outcome: "running" })).toEqual([
      ["Refresh", `why:${ref}`],
      ["Logview", "logview:r1:s.1"],
      ["Status", "status:r1:s.1"],
    ]);
    expect(wordsOf(draw(aCause({ sub })))).toContain("*Sub-instance* `20261122110001001gtrain01`");
  });

  it("sets commands in monospace, and foreign names never free", () => {
    const words = wordsOf(draw(aCause({ cause: "`<!channel>` and <@U1> `", next: "`progress` shows it." })));
    expect(words).toContain("*Cause* `&lt;!channel&gt;` and &lt;@U1&gt; '\n*Next* `progress` shows it.");
  });

  it("is in the notification", () => {
    expect(draw(aCause()).text).toBe(
      "FAILED …zbzufck2 in demo_project: The SQL has a syntax error at line 2, column 8. Correct the SQL and run it again.",
    );
  });

  it("shows no SQL to a channel", () => {
    expect(wordsOf(draw(aCause(), "channel"))).not.toContain("SELECT");
  });

  it("cuts a long line of SQL around the place", () => {
    const text = `${"a, ".repeat(200)}FORM${" x".repeat(400)}`;
    const [line = "", mark = ""] = (monospaceOf(draw(aCause({ excerpt: { line: 7, column: 601, text } })))[0] ?? "").split("\n");
    expect(line.length).toBeLessThan(220);
    expect(line.slice(mark.indexOf("^"))).toMatch(/^FORM/);
  });

  it("does without what is not known", () => {
    const {
      taskName: _t,
      code: _c,
      message: _m,
      excerpt: _e,
      ...bare
    } = aCause({
      outcome: "cancelled",
      cause: "It was stopped.",
      next: "Ask.",
    });
    const words = wordsOf(draw(bare));
    expect(words).toContain("*Cause* It was stopped.\n*Next* Ask.");
    expect(words).not.toContain("*Task*");
  });

  it("can be asked anew while it runs", () => {
    const running = aCause({ status: "Running", outcome: "running", tasks: [aTask()] });
    expect(buttonsOf(draw(running)).map(({ label, value }) => [label, value])).toEqual([
      ["Refresh", "why:r1:abc.0"],
      ["Logview", "logview:r1:abc.0"],
      ["Status", "status:r1:abc.0"],
    ]);
  });
});
