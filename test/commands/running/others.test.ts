// Estimates, what is run again, XFlows, and the form: all behind the walls of `run`.
import { describe, expect, it } from "vitest";
import { readPolicy } from "../../../src/commands/rights/policy-text.ts";
import type { FormView } from "../../../src/view/index.ts";
import { aBot } from "../../support/a-bot.ts";
import { fakeMaxCompute } from "../../support/fake-maxcompute.ts";

const people = "allow U0ANN admin; allow U0BOB operator; allow U0CARL operator; allow U0VIC viewer; allow channels operator";
const estimate = { bytes: 10 * 2 ** 30, complexity: 1, udfs: 0 };
const select = "SELECT 1 FROM t";

function someone(more = "", fakeOver: NonNullable<Parameters<typeof fakeMaxCompute>[1]> = { estimate }) {
  const fake = fakeMaxCompute([], fakeOver);
  const bot = aBot(fake, { policy: readPolicy(`${people}; ${more}`).policy });
  const press = (user: string, intentId: string, how: "run" | "approve") =>
    bot.doAs(user, { kind: "intent", intentId, press: how });
  const started = async () => {
    const { intentId } = await bot.answer("confirm-run", bot.type("U0BOB", `run --limit 7 ${select}`));
    await press("U0BOB", intentId, "run");
    return fake.submitted[0]?.id ?? "none";
  };
  return { ...bot, fake, press, started };
}

describe("cost", () => {
  it("says what a statement would read, to a viewer, and runs nothing", async () => {
    const { type, answer, fake } = someone();
    const view = await answer("estimate", type("U0VIC", `cost -- INSERT INTO t ${select}`));
    expect(view).toMatchObject({ job: { project: "demo_project" }, estimate: { amount: 10 }, budget: { spent: 0, of: 100 } });
    expect(fake.submitted).toEqual([]);
    expect(fake.calls).toEqual(["estimateSqlCost"]);
  });

  it("takes what a phone makes of two dashes, and says unknown where it is", async () => {
    const { type, answer } = someone("", { estimate: { bytes: "unknown", complexity: "unknown", udfs: "unknown" } });
    expect(await answer("estimate", type("U0VIC", `cost — ${select}`))).not.toHaveProperty("estimate");
  });

  it("wants an instance or a statement, and refuses what is none in words", async () => {
    const { type, answer } = someone();
    expect(await answer("error", type("U0VIC", "cost"))).toMatchObject({ detail: expect.stringContaining("[<id>]") });
    expect((await answer("error", type("U0VIC", "cost -- GRANT ALL ON t TO x"))).title).toContain("rights");
  });

  it("of an instance is what it was", async () => {
    const { type, answer, started } = someone();
    const id = await started();
    expect(await answer("cost", type("U0VIC", `cost ${id} -p demo_project`))).toMatchObject({ link: { instanceId: id } });
  });
});

describe("a table of another project", () => {
  const lines = "allow U0DEV operator on demo_project; allow U0DEV viewer on sales; allow U0DEV operator on open_data";

  it.each([
    "run SELECT * FROM payroll.salaries",
    "run SELECT * FROM sales.orders",
    "run SELECT * FROM open_data.a, `payroll`.salaries",
    "cost -- SELECT * FROM payroll.salaries",
    "cost -- SHOW TABLES IN payroll",
  ])("is not reached from one where somebody may run SQL: %s", async (command) => {
    const { type, answer, fake } = someone(lines);
    const view = await answer("error", type("U0DEV", command));
    expect(view).toMatchObject({ tone: "denied", title: expect.stringMatching(/`(payroll|sales)`, in which you may not/) });
    expect(fake.calls).toEqual([]);
  });

  it("is read where they may run SQL there, too, and not by an old button when they may no more", async () => {
    const { type, answer, press, fake } = someone(lines);
    await answer("estimate", type("U0DEV", "cost -- SELECT * FROM sales.orders"));
    const { intentId } = await answer(
      "confirm-run",
      type("U0DEV", "run SELECT * FROM open_data.a x JOIN demo_project.b y ON x.i = y.i"),
    );
    await type("U0ANN", "deny U0DEV -p open_data");
    expect(await answer("error", press("U0DEV", intentId, "run"))).toMatchObject({ tone: "denied" });
    expect(fake.submitted).toEqual([]);
  });

  it("is changed only by an administrator of it", async () => {
    const { type, answer } = someone(
      "allow U0DEV admin on demo_project; allow U0DEV operator on open_data; allow channels admin",
    );
    const write = "run INSERT INTO open_data.a SELECT 1";
    expect(await answer("error", type("U0DEV", write))).toMatchObject({ title: expect.stringContaining("`open_data`") });
    await answer("confirm-run", type("U0ANN", write));
  });
});

describe("rerun", () => {
  it("asks about the statement that the bot had started, and runs it on a press of its own", async () => {
    const { type, answer, press, fake, started } = someone();
    const id = await started();
    const { intentId, job, limit, because } = await answer("confirm-run", type("U0CARL", `rerun ${id}`));
    expect([job, limit, because]).toMatchObject([{ statement: select }, 7, []]);
    expect(fake.submitted).toHaveLength(1);
    await press("U0CARL", intentId, "run");
    expect(fake.submitted.map((each) => each.job)).toEqual([select, select]);
    expect(new Set(fake.submitted.map(({ options }) => options.uniqueId)).size).toBe(2);
  });

  it("needs a second person in production", async () => {
    const { type, answer, started } = someone("production demo_*");
    const id = await started();
    expect((await answer("confirm-run", type("U0BOB", `rerun ${id}`))).because).toEqual(["production"]);
  });

  it("of what somebody else started is refused", async () => {
    const { type, answer } = someone();
    const said = await answer("error", type("U0BOB", "rerun 20261122094800123gabcd12"));
    expect(said.title).toContain("did not start");
  });
});

describe("pai", () => {
  const typed = 'pai LogisticRegression --from algo_public inputTableName=t labelColName="a b"';

  it("runs an XFlow after somebody else has approved it, since nobody says what it costs", async () => {
    const { type, answer, press, fake } = someone();
    const { intentId, because, job } = await answer("confirm-run", type("U0BOB", typed));
    expect(because).toEqual(["xflow"]);
    expect(job).toMatchObject({ name: "LogisticRegression", parameters: { inputTableName: "t", labelColName: "a b" } });
    await press("U0BOB", intentId, "run");
    expect(fake.submitted).toEqual([]);
    await press("U0CARL", intentId, "approve");
    expect(fake.submitted).toMatchObject([{ job: "LogisticRegression", options: { project: "algo_public" } }]);
  });

  const lines = "allow U0DEV operator on demo_project; allow U0DEV operator on open_data; allow U0DEV viewer on sales";

  it.each([
    ["pai X inputTableName=payroll.salaries", "`payroll`"],
    ["pai X inputTableName=sales.orders", "`sales`"],
    ["pai X inputTableNames=open_data.a,Payroll.salaries/ds=1", "`payroll`"],
    ["pai X out=odps://payroll/tables/t", "`payroll`"],
    ["pai X --from payroll a=1", "`payroll`"],
    ["pai X t=payroll.hr.salaries", "`payroll`"],
    ["pai X 't=`payroll`.salaries'", "`payroll`"],
    ['pai X "t=payroll . salaries"', "`payroll`"],
    ['pai X \'t=["open_data.a", "payroll.salaries"]\'', "`payroll`"],
    ['pai X \'t={"table":"payroll.salaries"}\'', "`payroll`"],
    ["pai X t=ODPS://Payroll/tables/t", "`payroll`"],
    ["pai X t=odps:///payroll/tables/t", "`payroll`"],
  ])("reaches no other project in which somebody may not act: %s", async (text, words) => {
    const { type, answer, fake } = someone(lines);
    expect(await answer("error", type("U0DEV", text))).toMatchObject({ tone: "denied", title: expect.stringContaining(words) });
    expect(fake.calls).toEqual([]);
  });

  it.each([
    "pai X --from sales a=t",
    "pai X rate=0.5 inputTableName=open_data.a,demo_project.b outputTableName=t/ds=1 note=oss://bucket.x/y",
  ])("is asked about where they may: %s", async (text) => {
    const { type, answer } = someone(lines);
    expect((await answer("confirm-run", type("U0DEV", text))).because).toEqual(["xflow"]);
  });

  it("reaches no project any more in which whoever asked lost the right before it was approved", async () => {
    const { type, answer, press, fake } = someone(lines);
    const { intentId } = await answer("confirm-run", type("U0DEV", "pai X inputTableName=open_data.a"));
    await press("U0DEV", intentId, "run");
    await type("U0ANN", "deny U0DEV -p open_data");
    expect(await answer("error", press("U0CARL", intentId, "approve"))).toMatchObject({ tone: "denied" });
    expect(fake.submitted).toEqual([]);
  });

  it.each([
    ["pai Bad-Name", "not the name"],
    ["pai X noValue", "is no parameter"],
    ["pai X a=1 a=2", "is there twice"],
  ])("refuses %j", async (text, words) => {
    const { type, answer } = someone();
    expect((await answer("error", type("U0BOB", text))).title).toContain(words);
  });
});

describe("the form of run", () => {
  const initial = ({ fields }: FormView) =>
    Object.fromEntries(fields.map((field) => [field.name, "initial" in field ? field.initial : undefined]));

  it("opens when run is typed alone, and comes back as the statement in it", async () => {
    const { type, answer, doAs, told, fake } = someone();
    const form = await answer("form", type("U0BOB", "run", { trigger: "t1" }));
    expect(initial(form)).toEqual({ sql: undefined, project: "demo_project", limit: "100", timeout: "10m" });
    expect(told.at(-1)?.at?.form).toMatchObject({ id: "V1" });
    const flags = { sql: " SELECT '--limit 5' AS a\nFROM t ", project: "other", limit: "5", timeout: "1h" };
    const ask = { kind: "ref", verb: "statement", ref: form.link.ref, flags } as const;
    expect(await answer("confirm-run", doAs("U0BOB", ask, { origin: "form" }))).toMatchObject({
      job: { project: "other", statement: "SELECT '--limit 5' AS a\nFROM t" },
      limit: 5,
      timeoutMs: 3_600_000,
    });
    // Where it was opened, not in a direct message.
    expect(told.at(-1)?.at).toMatchObject({ channel: "general", direct: false });
    expect(fake.submitted).toEqual([]);
  });

  it("opens behind Edit with what was asked about, for whoever asked alone", async () => {
    const { type, answer, doAs } = someone();
    const { editRef = "" } = await answer("confirm-run", type("U0BOB", `run --timeout 90m SET odps.sql.timezone=UTC; ${select}`));
    const ask = { kind: "ref", verb: "statement", ref: editRef } as const;
    const form = await answer("form", doAs("U0BOB", ask, { trigger: "t2" }));
    expect(initial(form)).toMatchObject({ sql: `SET odps.sql.timezone=UTC;\n${select}`, timeout: "1h30m" });
    expect(initial(await answer("form", doAs("U0CARL", ask, { trigger: "t3" }))).sql).toBeUndefined();
  });

  it("is offered by a button where no window can be opened", async () => {
    const { type, answer, doAs } = someone();
    const form = await answer("form", type("U0BOB", "run", { origin: "mention" }));
    expect(
      await answer("form", doAs("U0BOB", { kind: "ref", verb: "statement", ref: form.link.ref }, { trigger: "t" })),
    ).toMatchObject({
      command: "run",
    });
  });

  it("says to a viewer that it is not theirs, and submitted empty opens again", async () => {
    const { type, answer, doAs } = someone();
    expect(await answer("error", type("U0VIC", "run", { trigger: "t1" }))).toMatchObject({ tone: "denied" });
    const { link } = await answer("form", type("U0BOB", "run", { trigger: "t2" }));
    const empty = { kind: "ref", verb: "statement", ref: link.ref, flags: { sql: " ", limit: "5" } } as const;
    expect(await answer("form", doAs("U0BOB", empty, { origin: "form" }))).toMatchObject({ form: "statement" });
  });
});
