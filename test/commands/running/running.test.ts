// Running SQL as people do it: asked about, confirmed, submitted once, followed.
import { describe, expect, it } from "vitest";
import { readPolicy } from "../../../src/commands/rights/policy-text.ts";
import type { ItemKey, ItemStore } from "../../../src/commands/store.ts";
import { MaxComputeError, type SqlCost } from "../../../src/maxcompute/index.ts";
import type { RunApprovalView } from "../../../src/view/index.ts";
import { aBot } from "../../support/a-bot.ts";
import { anInstance, aTask, fakeMaxCompute } from "../../support/fake-maxcompute.ts";

const people =
  "allow U0ANN admin; allow U0BOB operator; allow U0CARL operator; allow U0VIC viewer; allow channels operator; allow CADMIN admin";
const gigabytes = (count: number, complexity = 1): SqlCost => ({ bytes: count * 2 ** 30, complexity, udfs: 0 });
const rows = { taskName: "AnonymousSQLTask", format: "csv", text: '"n"\n"1"\n"2"\n' } as const;
const quick = { tasks: [aTask({ status: "SUCCESS" })], results: [rows] };
type FakeOver = NonNullable<Parameters<typeof fakeMaxCompute>[1]>;

function running(fakeOver: FakeOver = {}, more = "") {
  const fake = fakeMaxCompute([], { estimate: gigabytes(38, 1.5), ...fakeOver });
  const bot = aBot(fake, { policy: readPolicy(`${people}; ${more}`).policy });
  const press = (user: string, intentId: string, how: "run" | "cancel" | "approve" | "deny", over = {}) =>
    bot.doAs(user, { kind: "intent", intentId, press: how }, over);
  const ask = (user: string, text: string, over = {}) => bot.answer("confirm-run", bot.type(user, text, over));
  const cards = () => bot.told.map(({ view }) => view).filter((view): view is RunApprovalView => view.kind === "run-approval");
  return { ...bot, fake, press, ask, cards };
}

const select = "SELECT dt FROM orders WHERE dt >= '20261101'";

describe("a statement that somebody runs", () => {
  it("is shown with what it costs, and nothing is submitted before Run is pressed", async () => {
    const { ask, fake } = running();
    expect(await ask("U0BOB", `run --limit 5 --timeout 20m ${select}`)).toMatchObject({
      job: { kind: "sql", project: "demo_project", statement: select, isReading: true },
      estimate: { amount: 57 },
      budget: { spent: 0, of: 100, isDefault: true },
      because: [],
      limit: 5,
      timeoutMs: 1_200_000,
    });
    expect(fake.submitted).toEqual([]);
  });

  it("is submitted on the press, behind the walls, with a Guid, and followed where it was asked for", async () => {
    const { ask, press, answer, fake, watching } = running();
    const { intentId } = await ask("U0BOB", `run SET odps.sql.timezone=UTC; ${select}`);
    const view = await answer("run", press("U0BOB", intentId, "run"));
    expect(view).toMatchObject({ phase: "submitted", by: "U0BOB", watchedIn: "general" });
    const [submitted] = fake.submitted;
    expect(submitted).toMatchObject({
      job: select,
      options: { uniqueId: expect.stringMatching(/^odps_chatops_\w{26}$/), jobName: expect.stringMatching(/^chat_sql_\w{8}$/) },
    });
    expect(submitted?.options.hints).toEqual({
      "odps.sql.timezone": "UTC",
      "odps.sql.read.only": "true",
      "odps.sql.allow.fullscan": "false",
      "odps.sql.metering.value.max": "62.7",
      "odps.sql.job.max.time.hours": "1",
    });
    expect(await watching.ofChannel({ team: "T1", channel: "general" })).toMatchObject([
      { instanceId: submitted?.id, startedBy: "U0BOB", options: { dm: true, rows: true } },
    ]);
  });

  it("shows its first rows where it ends while somebody waits", async () => {
    const { ask, press, answer, fake } = running({ ends: quick });
    const { intentId } = await ask("U0BOB", `run --limit 1 ${select}`);
    const view = await answer("result", press("U0BOB", intentId, "run"));
    expect(view).toMatchObject({ link: { instanceId: fake.submitted[0]?.id }, results: [{ rows: [["1"]] }] });
  });

  it("is submitted once, however often and by however many deliveries Run is pressed", async () => {
    const { ask, press, fake, incoming, bot, settle } = running();
    const { intentId } = await ask("U0BOB", `run ${select}`);
    const twice = incoming("U0BOB", { kind: "intent", intentId, press: "run" });
    await Promise.all([
      press("U0BOB", intentId, "run"),
      press("U0BOB", intentId, "run"),
      bot.accept(twice),
      bot.accept(twice),
      press("U0ANN", intentId, "run"),
    ]);
    await settle();
    await press("U0BOB", intentId, "run");
    expect(fake.submitted).toHaveLength(1);
  });

  it("is not run when Cancel is pressed, and not afterwards either", async () => {
    const { ask, press, answer, fake } = running();
    const { intentId } = await ask("U0BOB", `run ${select}`);
    expect(await answer("run", press("U0BOB", intentId, "cancel"))).toMatchObject({ phase: "kept" });
    expect(await answer("notice", press("U0BOB", intentId, "run"))).toMatchObject({
      text: expect.stringContaining("taken back"),
    });
    expect(fake.submitted).toEqual([]);
  });

  it.each([
    ["that changes data, from an operator", "run INSERT INTO t SELECT 1", "changes data"],
    ["that is two", "run SELECT 1; SELECT 2", "more than one statement"],
    ["whose quote is never closed", "run SELECT 'a", "never closed (line 1, column 8)"],
    ["that drops a wall", "run SET odps.sql.read.only=false; SELECT 1", "cannot be set"],
    ["above what was said to be the most", "run --max-cost 50 SELECT 1", "more than your `--max-cost 50`"],
  ])("is refused in words: one %s", async (_, text, words) => {
    const { type, answer, fake } = running();
    const { title } = await answer("error", type("U0BOB", text));
    expect(title).toContain(words);
    expect(fake.submitted).toEqual([]);
  });

  it("is refused to a viewer, and where the channel allows less", async () => {
    const { type, answer } = running({}, "deny CLOOK operator; allow CLOOK viewer");
    expect(await answer("error", type("U0VIC", `run ${select}`))).toMatchObject({ tone: "denied" });
    const place = { replyTo: { channel: "CLOOK", direct: false, replaceable: false } };
    expect(await answer("error", type("U0BOB", `run ${select}`, place))).toMatchObject({ tone: "denied" });
  });

  it("tells a mistake in it as what it is", async () => {
    const { type, answer } = running({
      failing: { estimateSqlCost: new MaxComputeError("not-found", "table not found", { code: "ODPS-0130131" }) },
    });
    expect(await answer("error", type("U0BOB", `run ${select}`))).toMatchObject({ cause: { code: "ODPS-0130131" } });
  });

  it("keeps what a chat client does not: line breaks, quotes, typography in its texts, names that look like links", async () => {
    const { ask } = running();
    const typed = "run -p demo_project SELECT <http://t.name|t.name>, 'it”s – “so”'\nFROM t\nWHERE a &lt;= 1 AND b &gt; 2";
    expect((await ask("U0BOB", typed)).job).toMatchObject({
      statement: "SELECT t.name, 'it”s – “so”'\nFROM t\nWHERE a <= 1 AND b > 2",
    });
  });

  it("is not taken where its end was cut off", async () => {
    const { doAs, answer } = running();
    expect(await answer("error", doAs("U0BOB", { kind: "text", text: `run ${select}`, isCut: true }))).toMatchObject({
      title: expect.stringContaining("its end is missing"),
    });
  });
});

describe("what was shown", () => {
  it("is what runs: a stored job that was changed since is not run", async () => {
    const { ask, press, answer, fake, store } = running();
    const { intentId } = await ask("U0BOB", `run ${select}`);
    const key = { partition: `intent/${intentId}`, id: "intent" };
    const item = await store.get(key);
    const text = JSON.stringify(item?.value).replace("20261101", "20200101");
    await store.put(key, JSON.parse(text), item?.expiresAt ?? 0);
    expect(await answer("error", press("U0BOB", intentId, "run"))).toMatchObject({
      title: expect.stringContaining("not what you were shown"),
    });
    expect(fake.submitted).toEqual([]);
  });

  it("says where nobody will hear of its end: in a channel that the bot is not in", async () => {
    const fake = fakeMaxCompute([], { estimate: gigabytes(1) });
    const { type, answer, doAs, watching } = aBot(fake, { policy: readPolicy(people).policy, isOutside: true });
    const { intentId } = await answer("confirm-run", type("U0BOB", `run ${select}`));
    const view = await answer("run", doAs("U0BOB", { kind: "intent", intentId, press: "run" }));
    expect(view.phase).toBe("submitted");
    expect(view).not.toHaveProperty("watchedIn");
    expect(await watching.ofChannel({ team: "T1", channel: "general" })).toEqual([]);
  });
});

describe("an administrator's change", () => {
  const place = { replyTo: { channel: "CADMIN", direct: false, replaceable: false } };
  const change = "run INSERT OVERWRITE TABLE t SELECT 1 FROM u";

  it("runs on a press outside production, without the wall against writing", async () => {
    const { ask, press, fake } = running();
    const { intentId, because } = await ask("U0ANN", change, place);
    expect(because).toEqual([]);
    await press("U0ANN", intentId, "run", place);
    expect(fake.submitted).toHaveLength(1);
    expect(fake.submitted[0]?.options.hints).not.toHaveProperty("odps.sql.read.only");
  });

  it("needs a second person in production, and a direct message has none", async () => {
    const { ask, type, answer } = running({}, "production demo_*");
    expect((await ask("U0ANN", change, place)).because).toEqual(["production"]);
    const direct = { replyTo: { channel: "D1", direct: true, replaceable: false } };
    expect(await answer("error", type("U0ANN", change, direct))).toMatchObject({ title: expect.stringContaining("nobody else") });
  });

  it("is not run for somebody who is no administrator any more", async () => {
    const { ask, press, answer, fake, type } = running({}, "allow U0EVE admin");
    const { intentId } = await ask("U0ANN", change, place);
    await type("U0EVE", "deny U0ANN --role admin");
    const said = await answer("error", press("U0ANN", intentId, "run", place));
    expect([said.title, fake.submitted]).toEqual([expect.stringContaining("may not run it any more"), []]);
  });
});

describe("the budget of a day", () => {
  it("is used up by what was run, then somebody else has to approve, and it begins anew at midnight UTC", async () => {
    const { ask, press, fake, clock } = running();
    const { intentId } = await ask("U0BOB", `run ${select}`);
    await press("U0BOB", intentId, "run");
    expect(await ask("U0BOB", `run ${select}`)).toMatchObject({ budget: { spent: 57 }, because: ["over-budget"] });
    expect((await ask("U0CARL", `run ${select}`)).because).toEqual([]);
    await clock.advance(14 * 3_600_000);
    expect(await ask("U0BOB", `run ${select}`)).toMatchObject({ budget: { spent: 0 }, because: [] });
    expect(fake.submitted).toHaveLength(1);
  });

  it("is what a line of the policy says for the role", async () => {
    const { ask } = running({}, "budget operator 500 on demo_*");
    expect((await ask("U0BOB", `run ${select}`)).budget).toEqual({ spent: 0, of: 500, isDefault: false });
  });

  it("does not let two presses at once have the rest of it", async () => {
    const { ask, press, fake } = running();
    const [one, two] = [await ask("U0BOB", `run ${select}`), await ask("U0BOB", `run ${select}`)];
    await Promise.all([press("U0BOB", one.intentId, "run"), press("U0BOB", two.intentId, "run")]);
    expect(fake.submitted).toHaveLength(1);
  });

  it("is given back where MaxCompute refused", async () => {
    const { ask, press, answer } = running({
      failing: { runSql: new MaxComputeError("denied", "no", { code: "NoPermission" }) },
    });
    const { intentId } = await ask("U0BOB", `run ${select}`);
    await answer("error", press("U0BOB", intentId, "run"));
    expect((await ask("U0BOB", `run ${select}`)).budget.spent).toBe(0);
  });

  it("of an unknown cost is never taken for free", async () => {
    const { ask } = running({ estimate: { bytes: "unknown", complexity: "unknown", udfs: 0 } });
    const view = await ask("U0BOB", `run ${select}`);
    expect(view.because).toEqual(["unknown"]);
    expect(view).not.toHaveProperty("estimate");
  });
});

describe("a job that a second person has to approve", () => {
  const unknown = { estimate: { bytes: "unknown", complexity: "unknown", udfs: 0 } } as const;

  it("may cost what whoever asked may spend, not what whoever approves may", async () => {
    const { ask, press, answer, fake } = running(unknown, "budget operator 40; budget admin 5000");
    const there = { replyTo: { channel: "CADMIN", direct: false, replaceable: false } };
    const { intentId } = await ask("U0BOB", `run ${select}`, there);
    await press("U0BOB", intentId, "run", there);
    await answer("run", press("U0ANN", intentId, "approve", there));
    expect(fake.submitted[0]?.options.hints).toMatchObject({ "odps.sql.metering.value.max": "40" });
  });

  it("shows them the statement, runs on their press, and tells whoever asked", async () => {
    const { ask, press, answer, fake, cards, told, bot, clock, settle } = running({ ...unknown, ends: quick });
    const { intentId } = await ask("U0BOB", `run ${select}`);
    expect(await answer("run", press("U0BOB", intentId, "run"))).toMatchObject({ phase: "asked" });
    expect(fake.submitted).toEqual([]);
    for (const user of ["U0BOB", "U0VIC", "U0STRANGER"])
      expect(await answer("error", press(user, intentId, "approve"))).toMatchObject({ tone: "denied" });
    expect(await answer("run", press("U0CARL", intentId, "approve"))).toMatchObject({ phase: "submitted", approvedBy: "U0CARL" });
    expect(fake.submitted).toHaveLength(1);
    expect(fake.submitted[0]?.options.hints).toMatchObject({ "odps.sql.metering.value.max": "100" });
    expect(cards()).toMatchObject([
      { phase: "asked", job: { statement: select }, because: ["unknown"] },
      { phase: "begun", by: "U0CARL" },
      { phase: "ended", link: { instanceId: fake.submitted[0]?.id } },
    ]);
    // The rows are whoever asked's, in a direct message, and nobody else's.
    await clock.advance(30_000);
    await bot.sweep({ before: 0 });
    await settle();
    const shown = told.filter(({ view }) => view.kind === "result");
    expect(shown).toMatchObject([{ to: "U0BOB", at: { channel: "U0BOB", direct: true } }]);
  });

  it("is not run when it is denied, or when nobody decides in time", async () => {
    const { ask, press, fake, cards, clock, bot } = running(unknown);
    const denied = await ask("U0BOB", `run ${select}`);
    await press("U0BOB", denied.intentId, "run");
    await press("U0CARL", denied.intentId, "deny");
    const late = await ask("U0BOB", `run ${select}`);
    await press("U0BOB", late.intentId, "run");
    await clock.advance(11 * 60_000);
    await bot.sweep({ before: 0 });
    await press("U0CARL", late.intentId, "approve");
    expect(cards().map(({ phase }) => phase)).toEqual(["asked", "denied", "asked", "expired"]);
    expect(fake.submitted).toEqual([]);
  });
});

describe("a submission whose answer was lost", () => {
  const lost = new MaxComputeError("unreachable", "the connection broke");

  it("is found by its Guid, and not made again", async () => {
    const { ask, press, answer, fake } = running({ losing: { runSql: lost } });
    const { intentId } = await ask("U0BOB", `run ${select}`);
    const view = await answer("run", press("U0BOB", intentId, "run"));
    expect(view).toMatchObject({ phase: "submitted", link: { instanceId: fake.submitted[0]?.id } });
    expect(fake.submitted).toHaveLength(1);
  });

  it("is found by its Guid where MaxCompute says that there is one of that Guid already", async () => {
    const conflict = new MaxComputeError("refused", "ODPS-0410000: duplicated", { httpStatus: 409 });
    const { ask, press, answer, fake } = running({ losing: { runSql: conflict } });
    const { intentId } = await ask("U0BOB", `run ${select}`);
    const view = await answer("run", press("U0BOB", intentId, "run"));
    expect(view).toMatchObject({ phase: "submitted", link: { instanceId: fake.submitted[0]?.id } });
    expect(fake.submitted).toHaveLength(1);
  });

  it("is not taken for another's, where MaxCompute does not list by name", async () => {
    const { ask, press, answer, fake } = running({ failing: { runSql: lost } });
    const other = anInstance({ id: "20261122100000000gsomebody" });
    const source = { priority: 9, tasks: [], uniqueId: "odps_chatops_of_somebody" };
    Object.assign(fake, {
      listInstances: async function* () {
        yield other;
      },
      getSource: async () => source,
    });
    const { intentId } = await ask("U0BOB", `run ${select}`);
    expect(await answer("run", press("U0BOB", intentId, "run"))).toMatchObject({ phase: "lost" });
  });

  it("is said to be unknown where there is none to be seen, looked for again, and counted", async () => {
    const { ask, press, answer, fake, bot, clock, told } = running({ failing: { runSql: lost } });
    const { intentId } = await ask("U0BOB", `run ${select}`);
    expect(await answer("run", press("U0BOB", intentId, "run"))).toMatchObject({ phase: "lost" });
    await clock.advance(180_000);
    await bot.sweep({ before: 0 });
    await bot.sweep({ before: 0 });
    const later = told.filter(({ view }) => view.kind === "run" && view.isFinal === true);
    expect(later).toMatchObject([{ to: "U0BOB", view: { phase: "lost" }, at: { direct: true } }]);
    expect((await ask("U0BOB", `run ${select}`)).budget.spent).toBe(57);
    expect(fake.submitted).toEqual([]);
  });
});

describe("a store that breaks behind the submission", () => {
  it.each(["submission/", "refs/", "budget/"])(
    "under %s turns what runs into no error, and what is left is done later",
    async (prefix) => {
      const fake = fakeMaxCompute([], { estimate: gigabytes(10) });
      let isBroken = true;
      const breaking = (store: ItemStore): ItemStore => {
        const failing = (key: ItemKey) => isBroken && fake.submitted.length > 0 && key.partition.startsWith(prefix);
        return {
          ...store,
          put: (key, value, expiresAt) => (failing(key) ? Promise.reject(new Error("away")) : store.put(key, value, expiresAt)),
          replace: (key, value, expiresAt, version) =>
            failing(key) ? Promise.reject(new Error("away")) : store.replace(key, value, expiresAt, version),
        };
      };
      const { type, answer, doAs, clock, bot, watching } = aBot(fake, { policy: readPolicy(people).policy, breaking });
      const { intentId } = await answer("confirm-run", type("U0BOB", `run ${select}`));
      const view = await answer("run", doAs("U0BOB", { kind: "intent", intentId, press: "run" }));
      expect(view).toMatchObject({ phase: "submitted", link: { instanceId: fake.submitted[0]?.id } });
      isBroken = false;
      await clock.advance(180_000);
      await bot.sweep({ before: 0 });
      expect(await watching.ofChannel({ team: "T1", channel: "general" })).toHaveLength(1);
      expect((await answer("confirm-run", type("U0BOB", `run ${select}`))).budget.spent).toBe(10);
      expect(fake.submitted).toHaveLength(1);
    },
  );
});

describe("a job that runs for longer than it may", () => {
  it("is stopped when its time is up, and whoever asked is told", async () => {
    const { ask, press, fake, bot, clock, told } = running();
    const { intentId } = await ask("U0BOB", `run --timeout 5m ${select}`);
    await press("U0BOB", intentId, "run");
    const stops = () => fake.calls.filter((call) => call.startsWith("stopInstance")).length;
    await clock.advance(4 * 60_000);
    await bot.sweep({ before: 0 });
    expect(stops()).toBe(0);
    await clock.advance(60_000);
    await bot.sweep({ before: 0 });
    await bot.sweep({ before: 0 });
    expect(stops()).toBe(1);
    expect(told.at(-1)).toMatchObject({ to: "U0BOB", view: { kind: "run", phase: "stopped" } });
  });
});
