// The rows of what ends when nobody waits for the answer any more: they go by themselves to whoever asked, once.
import { describe, expect, it } from "vitest";
import { mostInAMinute } from "../../../src/commands/limits.ts";
import { readPolicy } from "../../../src/commands/rights/policy-text.ts";
import { createSubmissions } from "../../../src/commands/running/submissions.ts";
import type { ItemKey, ItemStore } from "../../../src/commands/store.ts";
import { openSqliteStore } from "../../../src/local/sqlite-store.ts";
import { MaxComputeError, type TaskStatus } from "../../../src/maxcompute/index.ts";
import { owedRowsContract } from "../../contracts/owed-rows.ts";
import { aBot } from "../../support/a-bot.ts";
import { anInstance, aTask, type FakeMaxCompute, fakeMaxCompute } from "../../support/fake-maxcompute.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { type Moment, mortal } from "../../support/mortal.ts";

const people = "allow U0ANN admin; allow U0BOB operator; allow U0CARL operator; allow channels operator";
const within = { bytes: 2 ** 30, complexity: 1, udfs: 0 } as const;
const unknown = { bytes: "unknown", complexity: "unknown", udfs: 0 } as const;
const text = '"n","phone"\n"1","555"\n"2","556"\n"3","557"\n';
const result = { taskName: "AnonymousSQLTask", format: "csv", text } as const;
type Over = Parameters<typeof aBot>[1];
type FakeOver = NonNullable<Parameters<typeof fakeMaxCompute>[1]>;

const minute = 60_000;

/** Bob has run a statement with these words before it, and has heard that it runs. */
async function aRun(words = "--limit 2", more = "", over: Over = {}, fakeOver: FakeOver = {}) {
  const fake = fakeMaxCompute([], { estimate: within, ...fakeOver });
  const bot = aBot(fake, { policy: readPolicy(`${people}; ${more}`).policy, ...over });
  const { intentId } = await bot.answer("confirm-run", bot.type("U0BOB", `run ${words} SELECT n, phone FROM t`));
  const press = (user: string, how: "run" | "approve") => bot.doAs(user, { kind: "intent", intentId, press: how });
  const pressedAt = bot.clock.now();
  const view = await bot.answer("run", press("U0BOB", "run"));
  if (view.phase === "asked") await press("U0CARL", "approve");
  const id = fake.submitted[0]?.id ?? "none";
  const ends = (status: TaskStatus) =>
    fake.set(id, { instance: anInstance({ id, status: "Terminated" }), tasks: [aTask({ status })], results: [result] });
  const before = bot.told.length;
  /** What the clock brings, a minute later. */
  const sweep = async (ms = minute) => {
    await bot.clock.advance(ms);
    await bot.bot.sweep({ before: 0 });
    await bot.settle();
  };
  return { ...bot, fake, id, pressedAt, ends, sweep, later: () => bot.told.slice(before) };
}

describe("what ends when nobody waits for it any more", () => {
  it("has its rows sent to whoever asked, in a direct message, as result would show them, and once", async () => {
    const { sweep, later, ends, id } = await aRun();
    await sweep();
    expect(later()).toEqual([]);
    ends("SUCCESS");
    await sweep();
    await sweep();
    await sweep(20 * minute);
    expect(later()).toMatchObject([
      {
        to: "U0BOB",
        at: { channel: "U0BOB", direct: true },
        stage: "final",
        view: {
          kind: "result",
          link: { instanceId: id, project: "demo_project" },
          filterRef: expect.stringMatching(/^r1:/),
          outcome: "success",
          results: [
            {
              rows: [
                ["1", "555"],
                ["2", "556"],
              ],
              rowCount: 3,
            },
          ],
        },
      },
    ]);
  });

  it("has them masked, and sent as a file besides where they are more than fit", async () => {
    const tunnel = {
      columns: [
        { name: "n", type: "string" },
        { name: "phone", type: "string" },
      ],
      rows: Array.from({ length: 12_000 }, (_, index) => [`${index}`, "555"]),
    };
    const { sweep, later, ends, fake, id, files } = await aRun("", "mask phone on demo_*");
    ends("SUCCESS");
    fake.set(id, { tunnel, results: [{ ...result, descriptor: { selectResultStatus: "TRUNCATED" } }] });
    await sweep();
    expect(later()).toMatchObject([
      {
        view: {
          results: [
            {
              rows: [
                ["1", "•••"],
                ["2", "•••"],
                ["3", "•••"],
              ],
              allRows: 12_000,
              masked: ["phone"],
            },
          ],
        },
      },
    ]);
    expect(files).toEqual([{ to: "U0BOB", name: `${id}-AnonymousSQLTask.csv` }]);
  });

  it("has them sent to whoever asked, and not to whoever approved it", async () => {
    const { sweep, later, ends } = await aRun("", "", {}, { estimate: unknown });
    ends("SUCCESS");
    await sweep();
    expect(later()).toMatchObject([{ to: "U0BOB", view: { kind: "result" } }]);
  });

  it("has them sent, though it had ended by the time at which it would have been stopped", async () => {
    const { sweep, later, ends, fake } = await aRun("--timeout 5m");
    ends("SUCCESS");
    await sweep(10 * minute);
    expect(later()).toMatchObject([{ to: "U0BOB", view: { kind: "result" } }]);
    expect(fake.calls.filter((call) => call.startsWith("stopInstance"))).toEqual([]);
  });

  it.each(["FAILED", "CANCELLED"] as const)("and %s says no more than its card does", async (status) => {
    const { sweep, later, ends } = await aRun();
    ends(status);
    await sweep();
    await sweep(20 * minute);
    expect(later()).toEqual([]);
  });

  it("and fails says so where it has no card, for nobody else does", async () => {
    const { sweep, later, ends } = await aRun("", "", { isOutside: true });
    ends("FAILED");
    await sweep();
    expect(later()).toMatchObject([{ to: "U0BOB", view: { kind: "result", outcome: "failed" } }]);
  });

  it("has no rows where it changes data, and none are sent", async () => {
    const fake = fakeMaxCompute([], { estimate: within });
    const { bot, answer, type, doAs, told, clock, settle } = aBot(fake, {
      policy: readPolicy(`${people}; allow CADMIN admin`).policy,
    });
    const place = { replyTo: { channel: "CADMIN", direct: false, replaceable: false } };
    const { intentId } = await answer("confirm-run", type("U0ANN", "run INSERT OVERWRITE TABLE t SELECT 1 FROM u", place));
    await answer("run", doAs("U0ANN", { kind: "intent", intentId, press: "run" }, place));
    const id = fake.submitted[0]?.id ?? "none";
    fake.set(id, { instance: anInstance({ id, status: "Terminated" }), tasks: [aTask({ status: "SUCCESS" })] });
    const before = told.length;
    const looks = fake.calls.length;
    await clock.advance(5 * minute);
    await bot.sweep({ before: 0 });
    expect(fake.calls.slice(looks)).toEqual([]);
    await clock.advance(6 * minute);
    await bot.sweep({ before: 0 });
    await settle();
    expect(told.slice(before)).toEqual([]);
  });
});

describe("whoever gets rows unasked", () => {
  it("hears nothing on the way to them, and has them however often they asked for other things", async () => {
    const fake = fakeMaxCompute([], { estimate: within });
    const slow: FakeMaxCompute = {
      ...fake,
      withDeadline: () => slow,
      async getTaskResults(id) {
        await new Promise<void>((resolve) => void clock.after(8_000, resolve));
        return fake.getTaskResults(id);
      },
    };
    const bot = aBot(slow, { policy: readPolicy(people).policy });
    const { clock, type, answer, doAs, told, settle } = bot;
    const { intentId } = await answer("confirm-run", type("U0BOB", "run SELECT 1 FROM t"));
    await answer("run", doAs("U0BOB", { kind: "intent", intentId, press: "run" }));
    await clock.advance(30_000);
    for (let asked = 0; asked < mostInAMinute.person; asked += 1) await type("U0BOB", "list");
    const id = fake.submitted[0]?.id ?? "none";
    fake.set(id, {
      instance: anInstance({ id, status: "Terminated" }),
      tasks: [aTask({ status: "SUCCESS" })],
      results: [result],
    });
    expect(await answer("error", type("U0BOB", "list"))).toMatchObject({ title: expect.stringContaining("asked 30 times") });
    const before = told.length;
    await bot.bot.sweep({ before: 0 });
    await settle();
    expect(told.slice(before)).toMatchObject([{ stage: "final", view: { kind: "result" } }]);
  });
});

describe("what ends while somebody waits for it", () => {
  const quick = { tasks: [aTask({ status: "SUCCESS" })], results: [result] };

  it("has its rows sent later where they could not be read at once", async () => {
    const failing: { getTaskResults?: unknown } = { getTaskResults: new MaxComputeError("server", "no") };
    const { sweep, later } = await aRun("", "", {}, { failing, ends: quick });
    delete failing.getTaskResults;
    await sweep();
    expect(later()).toMatchObject([{ to: "U0BOB", view: { kind: "result" } }]);
  });

  it("does not have them as an answer, too, where somebody else has had them sent", async () => {
    const fake = fakeMaxCompute([], { estimate: within, ends: quick });
    const raced: FakeMaxCompute = {
      ...fake,
      withDeadline: () => raced,
      async getTaskResults(id) {
        await createSubmissions(store, clock.now).move(intentId, "submitted", { state: "owing" });
        return fake.getTaskResults(id);
      },
    };
    const { clock, store, type, answer, doAs } = aBot(raced, { policy: readPolicy(people).policy });
    const { intentId } = await answer("confirm-run", type("U0BOB", "run SELECT 1 FROM t"));
    const view = await answer("run", doAs("U0BOB", { kind: "intent", intentId, press: "run" }));
    expect(view.phase).toBe("submitted");
  });
});

describe("rows that cannot be sent", () => {
  it("are refused to whoever may read the project no more, and nothing is read for them", async () => {
    const { sweep, later, ends, type, fake } = await aRun();
    await type("U0ANN", "deny U0BOB");
    ends("SUCCESS");
    await sweep();
    expect(later().at(-1)).toMatchObject({
      to: "U0BOB",
      at: { direct: true },
      view: {
        kind: "error",
        tone: "denied",
        title: expect.stringMatching(/^What you ran has ended, but I could not send you its rows\./),
      },
    });
    expect(fake.calls.filter((call) => call.startsWith("getTaskResults"))).toEqual([]);
  });

  it("are told to whoever waits for them, with a button that asks for them again", async () => {
    const failing = { getTaskResults: new MaxComputeError("server", "no", { code: "InternalServerError" }) };
    const { sweep, later, ends, id } = await aRun("--limit 2", "", {}, { failing });
    ends("SUCCESS");
    await sweep();
    await sweep();
    expect(later()).toMatchObject([
      {
        to: "U0BOB",
        at: { direct: true },
        view: {
          kind: "error",
          title: "What you ran has ended, but I could not send you its rows. MaxCompute failed on its side.",
          next: expect.stringContaining("Try again"),
          suggestions: [{ label: "Try again", value: `text:result ${id} --limit 2 -p demo_project` }],
        },
      },
    ]);
  });

  it("are told of where whoever sends them dies, with a button that asks for them again", async () => {
    let isDead = true;
    const failReply = ({ view }: { readonly view: { readonly kind: string } }) =>
      isDead && view.kind === "result" ? new Error("dead") : undefined;
    const { sweep, later, ends, id, bot, clock, settle } = await aRun("--limit 2", "", { failReply });
    ends("SUCCESS");
    await sweep();
    isDead = false;
    await clock.advance(5 * minute);
    await bot.sweep({ before: clock.now() });
    await settle();
    expect(later()).toMatchObject([
      {
        to: "U0BOB",
        view: {
          kind: "error",
          title: expect.stringMatching(/^What you ran has ended, but I could not send you its rows\. I was interrupted/),
          suggestions: [{ label: "Try again", value: `text:result ${id} --limit 2 -p demo_project` }],
        },
      },
    ]);
  });
});

describe("whoever hands them on", () => {
  owedRowsContract(async () => {
    const clock = manualClock();
    return { clock, store: openSqliteStore(":memory:", clock.now), [Symbol.asyncDispose]: async () => undefined };
  });

  it("and dies of it at any access leaves nobody without a word, and nobody with their rows twice", async () => {
    const lived = async (diesAt: number, moment: Moment) => {
      const { fake, store, clock, watching, ends } = await aRun();
      ends("SUCCESS");
      const life = mortal(diesAt, moment);
      const same = { policy: readPolicy(people).policy, clock, watching };
      const dying = aBot(life.maxcompute(fake), {
        ...same,
        breaking: () => life.store(store),
        failReply: () => (life.isDead() ? new Error("dead") : undefined),
      });
      await clock.advance(minute);
      await dying.bot.sweep({ before: 0 }).catch(() => undefined);
      await dying.settle();
      const accesses = life.accesses();
      const heir = aBot(fake, { ...same, breaking: () => store });
      for (const _ of [1, 2]) {
        await clock.advance(3 * minute);
        await heir.bot.sweep({ before: clock.now() });
        await heir.settle();
      }
      const kinds = [...dying.told, ...heir.told].map(({ view }) => view.kind);
      return { accesses, rows: kinds.filter((kind) => kind === "result").length, words: kinds.length };
    };
    const { accesses } = await lived(Number.POSITIVE_INFINITY, "before");
    expect(accesses).toBeGreaterThan(20);
    for (let access = 1; access <= accesses; access += 1) {
      for (const moment of ["before", "after"] as const) {
        const { rows, words } = await lived(access, moment);
        const about = { access, moment };
        expect({ ...about, isTwice: rows > 1, isSilent: words === 0 }).toEqual({ ...about, isTwice: false, isSilent: false });
      }
    }
  });

  it("does so again where the store broke behind it, and they come once", async () => {
    let isBroken = false;
    const breaking = (store: ItemStore): ItemStore => ({
      ...store,
      replace: (key: ItemKey, value, expiresAt, version) =>
        isBroken && JSON.stringify(value).includes('"over"')
          ? Promise.reject(new Error("away"))
          : store.replace(key, value, expiresAt, version),
    });
    const { sweep, later, ends } = await aRun("", "", { breaking });
    ends("SUCCESS");
    isBroken = true;
    await sweep();
    await sweep();
    isBroken = false;
    await sweep();
    expect(later().map(({ view }) => view.kind)).toEqual(["result"]);
  });

  it("waits until whoever pressed has stopped waiting, who would have had them as an answer", async () => {
    const { sweep, later, ends, clock, pressedAt } = await aRun();
    ends("SUCCESS");
    await sweep(pressedAt + 29_000 - clock.now());
    expect(later()).toEqual([]);
    await sweep(2_000);
    expect(later()).toHaveLength(1);
  });

  it("asks again a minute later where MaxCompute is away", async () => {
    const failing: { getTasks?: unknown } = {};
    const { sweep, later, ends } = await aRun("", "", {}, { failing });
    ends("SUCCESS");
    failing.getTasks = new MaxComputeError("unreachable", "away");
    await sweep();
    expect(later()).toEqual([]);
    delete failing.getTasks;
    await sweep();
    expect(later()).toMatchObject([{ view: { kind: "result" } }]);
  });
});
