// The audit trail of a whole bot: what acts leave in it, and what an admin sees of it.
import { describe, expect, it } from "vitest";
import { createAudit } from "../../src/commands/audit/audit-book.ts";
import { decisionId } from "../../src/commands/audit/row.ts";
import { readPolicy } from "../../src/commands/rights/policy-text.ts";
import { days } from "../../src/commands/store.ts";
import { silentLog } from "../../src/log.ts";
import { MaxComputeError } from "../../src/maxcompute/index.ts";
import type { AuditView, ResultFile } from "../../src/view/index.ts";
import { aDecision, anOutcome } from "../contracts/audit-trail.ts";
import { aBot, aRequest } from "../support/a-bot.ts";
import { anInstance, aTask, cancelled, fakeMaxCompute } from "../support/fake-maxcompute.ts";
import { contentOf } from "../support/files.ts";

const running = { instance: anInstance(), tasks: [aTask()] };
const { id } = anInstance();
type Bot = ReturnType<typeof aBot>;

async function stop({ type, answer, doAs }: Bot) {
  const { intentId } = await answer("confirm-stop", type("bob", `stop ${id} --reason "wrong partition"`));
  return doAs("bob", { kind: "intent", intentId, press: "run" });
}
/** The trail as a worker has it that leaves it in the middle. */
const auditOf = ({ trail, store, clock }: Bot) =>
  createAudit({ trail, team: "T1", store, now: clock.now, newId: () => "dead", pause: async () => undefined, log: silentLog });
const rowsOf = async ({ trail, clock }: Bot) =>
  (await trail.read({ team: "T1", from: 0, to: clock.now() + 1, page: { limit: 100 } })).rows.toReversed();

describe("a stop", () => {
  it("is decided on record before MaxCompute hears of it, and its outcome follows", async () => {
    const seen: string[] = [];
    const fake = fakeMaxCompute([running], {
      onStop: (stopped, all) => {
        seen.push("stop");
        cancelled(stopped, all);
      },
    });
    const bot = aBot(fake, {
      auditing: (trail) => ({
        ...trail,
        async write(row) {
          seen.push(row.phase);
          await trail.write(row);
        },
      }),
    });
    await stop(bot);
    expect(seen).toEqual(["decision", "stop", "outcome"]);
    expect(await rowsOf(bot)).toMatchObject([
      {
        ...{ phase: "decision", decision: "allowed", reason: "wrong partition", who: "bob", where: { channel: "general" } },
        ...{ what: { verb: "stop", text: `stop ${id} -p demo_project` }, project: "demo_project", instance: id },
      },
      { phase: "outcome", outcome: "done", instance: id },
    ]);
  });

  it("does not happen when its decision cannot be stored, and says so", async () => {
    const fake = fakeMaxCompute([running], { onStop: cancelled });
    const bot = aBot(fake, { auditing: (trail) => ({ ...trail, write: () => Promise.reject(new Error("the trail is away")) }) });
    expect(await bot.answer("error", stop(bot))).toMatchObject({
      tone: "trouble",
      title: "I could not write this into the audit trail, so I did nothing.",
    });
    expect(fake.calls.filter((call) => call.startsWith("stopInstance"))).toEqual([]);
  });

  it("that MaxCompute refuses has that as its outcome, with its code and request id", async () => {
    const refused = new MaxComputeError("denied", "no", { code: "NoPermission", requestId: "5F0F" });
    const bot = aBot(fakeMaxCompute([running], { failing: { stopInstance: refused } }));
    await stop(bot);
    expect((await rowsOf(bot)).at(-1)).toMatchObject({ outcome: "failed", code: "NoPermission", maxComputeRequests: ["5F0F"] });
  });

  it.each([
    ["none at all", ""],
    ["more than fits", "x".repeat(5_000)],
  ])("has an outcome that can be read, whatever MaxCompute gives for a code and an id: %s", async (_, given) => {
    const refused = new MaxComputeError("denied", "no", { code: given, requestId: given });
    const bot = aBot(fakeMaxCompute([running], { failing: { stopInstance: refused } }));
    await stop(bot);
    expect((await rowsOf(bot)).at(-1)).toMatchObject({ phase: "outcome", outcome: "failed" });
  });

  it.each([
    ["was another instance by then", { instance: anInstance({ owner: "somebody else" }) }, "not begun"],
    [
      "had ended by itself",
      { instance: anInstance({ status: "Terminated" }), tasks: [aTask({ status: "SUCCESS" })] },
      "unneeded",
    ],
  ])("of what %s did nothing", async (_, change, outcome) => {
    const fake = fakeMaxCompute([running]);
    const bot = aBot(fake);
    const { intentId } = await bot.answer("confirm-stop", bot.type("bob", `stop ${id}`));
    fake.set(id, change);
    await bot.doAs("bob", { kind: "intent", intentId, press: "run" });
    expect((await rowsOf(bot)).at(-1)).toMatchObject({ phase: "outcome", outcome });
  });

  it("whose outcome could not be stored is answered all the same, and the sweep stores it", async () => {
    let failures = 1;
    const bot = aBot(fakeMaxCompute([running], { onStop: cancelled }), {
      auditing: (trail) => ({
        ...trail,
        async write(row) {
          if (row.phase === "outcome" && failures-- > 0) throw new Error("the trail is away");
          await trail.write(row);
        },
      }),
    });
    expect(await bot.answer("stop", stop(bot))).toMatchObject({ phase: "stopped" });
    expect(await rowsOf(bot)).toHaveLength(1);
    await bot.bot.sweep({ before: 0 });
    expect((await rowsOf(bot)).at(-1)).toMatchObject({ phase: "outcome", outcome: "done" });
  });

  it("whose worker died in the middle is made up for by whoever hears of its end: unknown, and never anything better", async () => {
    const bot = aBot(fakeMaxCompute([running]));
    const { intentId } = await bot.answer("confirm-stop", bot.type("bob", `stop ${id}`));
    const ask = { kind: "intent", intentId, press: "run" } as const;
    const request = aRequest({ id: "E-DEAD", ask, caller: { team: "T1", user: "bob" }, requestedAt: bot.clock.now() });
    await bot.ledger.claim(request, "dead");
    await auditOf(bot).of(request, "dead").decide({ verb: "stop", instance: id, decision: "allowed" });
    expect(await bot.bot.apologise(request, "slow", "another")).toBe(false);
    expect(await rowsOf(bot)).toHaveLength(1);
    expect(await bot.bot.apologise(request, "interrupted", "dead")).toBe(true);
    expect((await rowsOf(bot)).at(-1)).toMatchObject({ phase: "outcome", outcome: "unknown", requestId: "E-DEAD" });
  });

  it("is told to the audit channel once, as it is decided, without anything to press", async () => {
    const bot = aBot(fakeMaxCompute([running], { onStop: cancelled }), { auditChannel: "C0AUDIT" });
    await stop(bot);
    const posts = bot.told.filter(({ view }) => view.kind === "audited");
    expect(posts).toMatchObject([
      {
        to: "#C0AUDIT",
        view: { entry: { who: "bob", verb: "stop", channel: "general", decision: "allowed", link: { ref: "" } } },
      },
    ]);
  });

  it("that only the audit channel cannot be told of goes on", async () => {
    const bot = aBot(fakeMaxCompute([running], { onStop: cancelled }), {
      auditChannel: "C0AUDIT",
      failReply: ({ to }) => (to === "#C0AUDIT" ? new Error("not_in_channel") : undefined),
    });
    expect(await bot.answer("stop", stop(bot))).toMatchObject({ phase: "stopped" });
    expect(bot.logged.map(({ event }) => event)).toContain("audit.not_posted");
  });
});

describe("what is denied", () => {
  it.each([
    ["a command by its other name", `kill ${id}`, "stop"],
    ["an instance alone", `https://logview.example.com/logview/?h=${"x".repeat(300)}&p=demo_project&i=${id}`, "status"],
    ["a link with what may be a secret in it", `https://l.test/?i=${id}&password=hunter2hunter2`, "status"],
    ["nothing at all", " ", "help"],
  ])("is on record as the command that it would have been: %s", async (_, text, verb) => {
    const guest = { kind: "refused", why: "guest" } as const;
    const bot = aBot(fakeMaxCompute([running]), { asker: (user) => (user === "eve" ? guest : undefined) });
    await bot.type("eve", text, { origin: "mention" });
    const { rows, unreadable } = await bot.trail.read({ team: "T1", from: 0, to: bot.clock.now() + 1, page: { limit: 10 } });
    expect({ rows, unreadable }).toMatchObject({ rows: [{ decision: "denied", who: "eve", what: { verb } }], unreadable: 0 });
    expect(JSON.stringify(rows)).not.toContain("hunter2");
  });
});

describe("a change of rights or of a channel", () => {
  const dev = () =>
    aBot(fakeMaxCompute([running]), {
      policy: readPolicy("allow U0ANN admin; allow U0DEV admin on dev; allow channels operator").policy,
    });

  it.each(["allow U0DEV admin -p payroll", "deny U0ANN -p payroll", "subscribe payroll", "use payroll"])(
    "that is denied was never allowed: %s",
    async (command) => {
      const bot = dev();
      expect(await bot.answer("error", bot.type("U0DEV", command))).toMatchObject({ tone: "denied" });
      expect(await rowsOf(bot)).toMatchObject([{ decision: "denied", who: "U0DEV", project: "payroll" }]);
    },
  );

  it.each([`mute ${id}`, "mute etl_*", "unmute etl_*", `unwatch ${id}`])(
    "is on record before and after it: %s",
    async (command) => {
      const bot = aBot(fakeMaxCompute([running]));
      await bot.type("vic", `watch ${id}`);
      await bot.type("vic", "mute etl_*");
      const before = (await rowsOf(bot)).length;
      await bot.type("vic", command);
      expect((await rowsOf(bot)).slice(before)).toMatchObject([
        { decision: "allowed", who: "vic", what: { verb: command.split(" ")[0], text: command } },
        { outcome: "done" },
      ]);
    },
  );

  it("that was answered by a choice is not begun", async () => {
    const twin = { instance: anInstance({ id: `20261121094800123g${id.slice(-8)}` }), tasks: [aTask()] };
    const bot = aBot(fakeMaxCompute([running, twin]));
    for (const { instance } of [running, twin]) await bot.type("vic", `watch ${instance.id}`);
    await bot.answer("choices", bot.type("vic", `mute ${id.slice(-8)}`));
    expect((await rowsOf(bot)).at(-1)).toMatchObject({ outcome: "not begun" });
  });

  it("of every project is on record as that of none", async () => {
    const bot = dev();
    await bot.answer("granted", bot.type("U0ANN", "allow U0BOB operator"));
    const [decision] = await rowsOf(bot);
    expect(decision).toMatchObject({ decision: "allowed", what: { verb: "allow" } });
    expect(decision).not.toHaveProperty("project");
  });
});

describe("somebody of another workspace", () => {
  it("who is denied something is on record where an administrator of this one reads it", async () => {
    const bot = aBot(fakeMaxCompute([running]));
    await bot.type("U0EXT", `stop ${id}`, { origin: "mention", caller: { team: "T2", user: "U0EXT" } });
    await bot.clock.advance(1);
    const { entries } = await bot.answer("audit", bot.type("ann", "audit --denied"));
    expect(entries).toMatchObject([{ who: "U0EXT", verb: "stop", reason: expect.stringContaining("you are of another one") }]);
  });
});

describe("a press that is denied", () => {
  it("is on record with what it was about", async () => {
    const bot = aBot(fakeMaxCompute([running]));
    const { intentId } = await bot.answer("confirm-stop", bot.type("bob", `stop ${id}`));
    await bot.doAs("vic", { kind: "intent", intentId, press: "run" });
    expect(await rowsOf(bot)).toMatchObject([
      { decision: "denied", who: "vic", what: { verb: "stop", text: "run stop" }, project: "demo_project", instance: id },
    ]);
  });
});

describe("audit", () => {
  const bob = { who: "U0BOB" } as const;
  /** A trail with an act a day, newest last: a stop by ann, a denied run by bob in another project, a stop by bob that failed. */
  async function withActs() {
    const bot = aBot(fakeMaxCompute([running]));
    const now = bot.clock.now();
    const at = (ago: number) => now - days(ago) - 1;
    const other = "20261122090000000gother123";
    await bot.trail.write(aDecision(at(3), "a"));
    await bot.trail.write(anOutcome(at(3), "a"));
    const denied = { ...bob, what: { verb: "run" }, project: "prod_dw", instance: undefined, decision: "denied" } as const;
    const { instance: _, ...without } = aDecision(at(2), "b", denied) as Record<string, unknown>;
    await bot.trail.write(without as never);
    await bot.trail.write(aDecision(at(1), "c", { ...bob, instance: other }));
    await bot.trail.write({ ...anOutcome(at(1), "c"), ...bob, instance: other, project: "demo_project" });
    await bot.trail.write(aDecision(at(20), "d"));
    const ask = (text: string) => bot.answer("audit", bot.type("ann", text));
    return { ...bot, ask, at, other };
  }
  const saysOf = ({ entries }: AuditView) =>
    entries.map(({ who, verb, decision, outcome }) => [who, verb, decision, outcome].filter(Boolean).join(" "));

  it("is for admins alone", async () => {
    const { type, answer } = await withActs();
    expect(await answer("error", type("bob", "audit"))).toMatchObject({ tone: "denied" });
  });

  it("shows an administrator of some projects what was done in these, also in the file, and nothing of any other", async () => {
    const sent: ResultFile[] = [];
    const bot = aBot(fakeMaxCompute([running]), {
      policy: readPolicy("allow U0ROOT admin; allow U0DEV admin on dev_*; allow channels operator").policy,
      failFile: (file) => void sent.push(file),
    });
    const at = bot.clock.now() - 1_000;
    for (const project of ["payroll", "dev_dw"]) await bot.trail.write(aDecision(at, project, { project }));
    const { project: _, ...aboutNone } = aDecision(at, "none") as Record<string, unknown>;
    await bot.trail.write(aboutNone as never);
    const { entries } = await bot.answer("audit", bot.type("U0DEV", "audit --csv"));
    expect(entries.map(({ project }) => project)).toEqual(["dev_dw"]);
    expect((await contentOf(sent[0])).split("\r\n")).toHaveLength(3);
    expect((await bot.answer("audit", bot.type("U0DEV", "audit -p payroll"))).entries).toEqual([]);
    expect((await bot.answer("audit", bot.type("U0ROOT", "audit"))).entries).toHaveLength(3);
  });

  it("shows the acts of a week, newest first, each with its outcome, to who asked alone", async () => {
    const { ask, type } = await withActs();
    expect(saysOf(await ask("audit"))).toEqual(["U0BOB stop allowed failed", "U0BOB run denied", "U0ANN stop allowed failed"]);
    expect(await type("ann", "audit")).toMatchObject([
      { to: "ann", view: { filter: "last 7 d", hasMore: false, unreadable: 0 } },
    ]);
  });

  it.each([
    ["--since 30d", ["U0BOB stop", "U0BOB run", "U0ANN stop", "U0ANN stop"]],
    ["--since 36h", ["U0BOB stop"]],
    ["--who <@U0BOB>", ["U0BOB stop", "U0BOB run"]],
    ["--who U0ANN", ["U0ANN stop"]],
    ["--project prod_dw", ["U0BOB run"]],
    ["--project PROD_DW", ["U0BOB run"]],
    ["--verb STOP", ["U0BOB stop", "U0ANN stop"]],
    ["--denied", ["U0BOB run"]],
    ["20261122090000000gother123", ["U0BOB stop"]],
    ["other123", ["U0BOB stop"]],
    ["other123 --who U0ANN", []],
  ])("audit %s narrows that down", async (flags, wanted) => {
    const { ask, projects } = await withActs();
    const { entries } = await ask(`audit ${flags}`);
    expect(entries.map(({ who, verb }) => `${who} ${verb}`)).toEqual(wanted);
    expect(projects).toEqual([]); // MaxCompute may have forgotten the instance: it is not asked
  });

  it("takes `last` for the instance that was named last", async () => {
    const { ask, type, other } = await withActs();
    await type("ann", `status ${other}`);
    const view = await ask("audit last");
    expect(view.link?.instanceId).toBe(other);
    expect(saysOf(view)).toEqual(["U0BOB stop allowed failed"]);
  });

  it("refuses a person that is only a name, and says what is wanted", async () => {
    const { type, answer } = await withActs();
    expect(await answer("error", type("ann", "audit --who @bob"))).toMatchObject({
      title: "`--who` wants a person's id such as U0123ABCD, not `@bob`.",
    });
  });

  it("shows as many as asked for, and says that there are older ones", async () => {
    const { ask } = await withActs();
    const view = await ask("audit --limit 2");
    expect([saysOf(view).length, view.hasMore]).toEqual([2, true]);
    expect((await ask("audit --limit 3")).hasMore).toBe(false);
  });

  it("finds what is rare behind any number of other acts", async () => {
    const { ask, trail, at } = await withActs();
    for (let index = 0; index < 450; index += 1)
      await trail.write(aDecision(at(0), `many-${index}`, { what: { verb: "rerun" } }));
    expect(saysOf(await ask("audit --denied"))).toEqual(["U0BOB run denied"]);
  });

  it("links each act to its instance", async () => {
    const { ask, doAs, answer } = await withActs();
    const { entries } = await ask("audit --who U0ANN");
    const ref = entries[0]?.link?.ref ?? "";
    expect(ref).toMatch(/^r1:/);
    const told = doAs("ann", { kind: "ref", ref, verb: "audit" });
    expect(saysOf(await answer("audit", told))).toEqual(["U0ANN stop allowed failed"]);
  });
});

describe("audit --csv", () => {
  it("comes as a file with a line a row, in which a spreadsheet runs nothing", async () => {
    const bot = aBot(fakeMaxCompute([running]));
    const at = bot.clock.now() - 1_000;
    const row = aDecision(at, "a", { reason: "=HYPERLINK(1)", what: { verb: "stop", text: 'stop i --reason "a, b"' } });
    await bot.trail.write(row);
    await bot.trail.write(anOutcome(at, "a"));
    await bot.trail.write(aDecision(at, "b", { who: "U0BOB" }));
    const told = await bot.type("ann", "audit --csv --who U0ANN");
    const [view] = told.map((each) => each.view);
    const day = new Date(bot.clock.now()).toISOString().slice(0, 10);
    expect(bot.files).toEqual([{ to: "ann", name: `audit-${day}.csv` }]);
    const text = await contentOf(view?.kind === "audit" ? view.files[0] : undefined);
    const [head, ...lines] = text.split("\r\n");
    expect(head).toMatch(/^time,phase,who,verb,/);
    expect(lines).toHaveLength(3); // the outcome, the decision, and what is behind the last line break
    expect(lines[1]).toContain(",'=HYPERLINK(1),");
    expect(lines[1]).toContain('"stop i --reason ""a, b"""');
    expect(lines[0]).toContain(",failed,NoPermission,");
    expect(lines[0]).toContain(decisionId(at, "a"));
  });

  it("is about the instance that `last` meant when it was asked, whatever was named since", async () => {
    const sent: ResultFile[] = [];
    const bot = aBot(fakeMaxCompute([running]), { failFile: (file) => void sent.push(file) });
    await bot.trail.write(aDecision(bot.clock.now() - 1_000, "a", { instance: id }));
    await bot.trail.write(aDecision(bot.clock.now() - 1_000, "b", { instance: "20261122090000000gother123" }));
    await bot.type("ann", `status ${id}`);
    await bot.type("ann", "audit last --csv");
    const [kept] = await bot.store.list("transfers", { limit: 10 });
    expect(kept?.value).toMatchObject({ named: { project: "demo_project", instanceId: id } });
    await bot.type("ann", "status 20261122090000000gother123");
    const request = aRequest({ ask: { kind: "text", text: "audit last --csv" }, requestedAt: bot.clock.now() });
    const named = { project: "demo_project", instanceId: id };
    const waiting = { schema: 1, state: "waiting", request, named, tries: 0, restarts: 0, until: 0, sent: [], begun: [] };
    await bot.store.put({ partition: "transfers", id: request.id }, waiting, bot.clock.now() + days(1));
    await bot.bot.transfer(request);
    const text = await contentOf(sent[1]);
    expect(text.split("\r\n")).toHaveLength(3);
    expect(text).toContain(id);
  });
});
