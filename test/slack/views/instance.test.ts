import { describe, expect, it } from "vitest";
import { render } from "../../../src/slack/render.ts";
import { blocksOf, buttonsOf, menusOf, monospaceOf, wordsOf } from "../../support/blocks.ts";
import { aFailure, aLink, anEndedView, anInstance, anInstanceView, aStage, aTask, aTaskProgress } from "../../support/views.ts";

const draw = (view: ReturnType<typeof anInstanceView>) => render(view, { audience: "private" });
const labels = (view: ReturnType<typeof anInstanceView>) => buttonsOf(draw(view)).map(({ label }) => label);

describe("the card of a running instance", () => {
  it("says how far it is, which stage runs, for how long, whose it is, and how old that is", () => {
    expect(wordsOf(draw(anInstanceView()))).toMatchInlineSnapshot(`
      ":arrow_forward: *RUNNING*  \`…zbzufck2\`
      \`demo_project\` · MaxCompute says Running · SQL
      *Progress*
      ▓▓▓▓▓▓░░░░ 63%
      *Stage*
      \`R2\` · 41 of 64 workers done
      *Elapsed*
      12 m 4 s
      *Owner*
      \`ALIYUN$ann@example.com\`
      *Started*
      <!date^1795341705^{date_short_pretty} {time}|22 Nov, 10:01 UTC>
      Refresh
      Logview
      Stop
      Progress
      Why slow?
      Queue
      Tasks
      Parts
      \`20160519101349613gzbzufck2\`
      Updated <!date^1795342429^{date_short_pretty} {time_secs}|22 Nov, 10:13 UTC>"
    `);
  });

  it("begins its notification with the state", () => {
    expect(draw(anInstanceView()).text).toBe("RUNNING …zbzufck2 in demo_project, 12 m 4 s, 63%");
  });

  it("offers Refresh, Logview and Stop, the rest in a menu", () => {
    expect(labels(anInstanceView())).toEqual(["Refresh", "Logview", "Stop"]);
    expect(menusOf(draw(anInstanceView()))).toEqual({
      "instance.more": ["progress", "why", "queue", "tasks", "subs"].map((verb) => `${verb}:r1:abc.0`),
    });
  });

  it("offers no Stop to who may not stop it", () => {
    expect(labels(anInstanceView({ mayStop: false }))).toEqual(["Refresh", "Logview"]);
  });

  it("is WAITING while all its tasks wait, beside MaxCompute's own word", () => {
    const message = draw(anInstanceView({ tasks: [aTask({ status: "WAITING" })], progress: [] }));
    expect(message.text).toMatch(/^WAITING /);
    expect(wordsOf(message)).toContain(":hourglass_flowing_sand: *WAITING*");
    expect(wordsOf(message)).toContain("MaxCompute says Running");
  });

  it("says that nothing is known yet of its progress", () => {
    const { percent: _, ...unknown } = aTaskProgress({ stages: [] });
    expect(wordsOf(draw(anInstanceView({ progress: [unknown] })))).toContain("*Progress*\nno progress yet");
  });

  it("shows every task of several, with its own progress", () => {
    const words = wordsOf(
      draw(
        anInstanceView({
          tasks: [aTask(), aTask({ name: "load", type: "XFlow", status: "WAITING" })],
          progress: [aTaskProgress(), aTaskProgress({ taskName: "load", percent: 0, stages: [aStage({ name: "M1" })] })],
        }),
      ),
    );
    expect(words).toContain("▓▓▓▓▓▓░░░░ 63% · `etl_orders` · `R2`");
    expect(words).toContain("░░░░░░░░░░ 0% · `load` · `M1`");
    expect(words).toContain(":hourglass_flowing_sand: *WAITING* `load` · XFlow");
  });

  it("counts the tasks that are too many to show", () => {
    const tasks = Array.from({ length: 200 }, (_, index) => aTask({ name: `task_${index}` }));
    expect(wordsOf(draw(anInstanceView({ tasks })))).toMatch(/and \d+ more/);
  });

  it("leaves out what MaxCompute did not say", () => {
    const words = wordsOf(draw(anInstanceView({ instance: { id: "1", project: "p", status: "Running" } })));
    expect(words).not.toContain("*Owner*");
    expect(words).not.toContain("*Started*");
    expect(words).toContain("*Elapsed*\nunknown");
  });

  it("has the full id in an element of its own, to be copied", () => {
    const [small] = blocksOf(draw(anInstanceView()), "context");
    expect(small?.elements[0]).toMatchObject({ text: "`20160519101349613gzbzufck2`" });
  });

  it("escapes names and never lets them be a mention", () => {
    const words = wordsOf(
      draw(anInstanceView({ link: aLink({ project: "<!channel>" }), instance: anInstance({ owner: "<@U1> & `co`" }) })),
    );
    expect(words).toContain("`&lt;!channel&gt;`");
    expect(words).toContain("`&lt;@U1&gt; &amp; 'co'`");
  });

  it("clips a long name", () => {
    expect(wordsOf(draw(anInstanceView({ link: aLink({ project: "p".repeat(600) }) })))).toContain(`\`${"p".repeat(119)}…\``);
  });
});

describe("the card of a failed instance", () => {
  const message = "ODPS-0130161:[3,14] Parse exception - invalid token 'FORM'";
  const failed = anEndedView("failed", {
    failure: aFailure({ taskName: "etl_orders", code: "ODPS-0130161", message }),
    jobInsightUrl: "https://console.example.com/job-insights?h=a&i=1",
  });

  it("says the cause and the next step before the service's own words", () => {
    const words = wordsOf(draw(failed));
    expect(words).toContain(":x: *FAILED*");
    expect(words).toContain("*Task* `etl_orders` · `ODPS-0130161`");
    expect(words).toContain("*Cause* The SQL has a syntax error at line 3, column 14.\n*Next* Correct the SQL and run it again.");
    expect(words.indexOf("*Next*")).toBeLessThan(words.indexOf("invalid token"));
  });

  it("says the error in the notification, the code once", () => {
    expect(draw(failed).text).toBe(`FAILED …zbzufck2 in demo_project, 10 m 4 s, ${message}`);
  });

  it("puts the code before a message that lacks it", () => {
    const view = anEndedView("failed", { failure: aFailure({ code: "ODPS-0123144", message: "memory exceeded" }) });
    expect(draw(view).text).toContain("ODPS-0123144: memory exceeded");
  });

  it("shows the first 300 characters of the error as they are", () => {
    const long = anEndedView("failed", { failure: aFailure({ message: `<!channel> \`x\` ${"e".repeat(900)}` }) });
    expect(monospaceOf(draw(long))[0]).toHaveLength(300);
    expect(monospaceOf(draw(long))[0]).toMatch(/^<!channel> `x` e/);
    expect(draw(long).text).not.toContain("<!channel>");
  });

  it("offers Logview first, then Why and Refresh", () => {
    expect(labels(failed)).toEqual(["Logview", "Why?", "Refresh"]);
  });

  it("links to Job insight", () => {
    expect(wordsOf(draw(failed))).toContain("<https://console.example.com/job-insights?h=a&amp;i=1|Job insight>");
  });

  it("points to Logview when no task tells why", () => {
    expect(wordsOf(draw(anEndedView("failed")))).toContain("*Next* Open Logview");
  });
});

describe("the card of an instance that is neither running nor failed", () => {
  it("offers the result of a success first", () => {
    expect(draw(anEndedView("success")).text).toBe("SUCCESS …zbzufck2 in demo_project, 10 m 4 s");
    expect(labels(anEndedView("success"))).toEqual(["Result", "Logview", "Refresh"]);
  });

  it.each([
    ["cancelled", ":octagonal_sign: *CANCELLED*", "stopped before its end"],
    ["unknown", ":grey_question: *UNKNOWN*", "lists no task of it"],
  ] as const)("explains %s", (outcome, word, why) => {
    const words = wordsOf(draw(anEndedView(outcome)));
    expect(words).toContain(word);
    expect(words).toContain("MaxCompute says Terminated");
    expect(words).toContain(why);
  });

  it("does not call an unheard-of task state an end", () => {
    expect(wordsOf(draw(anEndedView("unknown", { tasks: [aTask({ status: "PARKED" })] })))).toContain(
      "tells no end of its tasks",
    );
  });

  it("shows a suspended one as not ended, with Stop", () => {
    const suspended = anInstanceView({ outcome: "suspended", instance: anInstance({ status: "Suspended" }) });
    expect(wordsOf(draw(suspended))).toContain(":double_vertical_bar: *SUSPENDED*");
    expect(labels(suspended)).toContain("Stop");
  });

  it("shows an unheard-of status as its own text", () => {
    const message = draw(anInstanceView({ outcome: "unknown", instance: anInstance({ status: "Par*ked" }) }));
    expect(wordsOf(message)).toContain("MaxCompute says `Par*ked`");
  });
});
