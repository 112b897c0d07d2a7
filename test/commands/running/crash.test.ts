// The process dies before and after every access to the store, to MaxCompute and to the watches, from the press to the answer; then
// another one goes on. Nothing may be submitted twice, nobody left without a word, and what runs is followed.
import { describe, expect, it } from "vitest";
import { createBudgets, dayOf } from "../../../src/commands/budget.ts";
import { readPolicy } from "../../../src/commands/rights/policy-text.ts";
import { createSubmissions } from "../../../src/commands/running/submissions.ts";
import { openSqliteStore } from "../../../src/local/sqlite-store.ts";
import { aBot } from "../../support/a-bot.ts";
import { aTask, fakeMaxCompute } from "../../support/fake-maxcompute.ts";
import { fakeWatchBook } from "../../support/fake-watch-book.ts";
import { manualClock } from "../../support/manual-clock.ts";
import { type Moment, mortal } from "../../support/mortal.ts";

const lines = "allow U0BOB operator; allow U0CARL operator; allow channels operator";
const bob = { team: "T1", user: "U0BOB" };
const quick = {
  tasks: [aTask({ status: "SUCCESS" })],
  results: [{ taskName: "AnonymousSQLTask", format: "csv", text: '"n"\n"1"\n' }],
} as const;
const within = { bytes: 38 * 2 ** 30, complexity: 1.5, udfs: 0 } as const;
const over = { bytes: 200 * 2 ** 30, complexity: 1, udfs: 0 } as const;

const ways = {
  "one who runs it alone": { estimate: within, presses: [["U0BOB", "run"]], amount: 57 },
  "a second person who approves it": {
    estimate: over,
    presses: [
      ["U0BOB", "run"],
      ["U0CARL", "approve"],
    ],
    amount: 200,
  },
} as const;
type Way = (typeof ways)[keyof typeof ways];

/** Everything up to the last press, which a process makes that may die of it. */
async function pressed({ estimate, presses, amount }: Way, diesAt?: number, moment?: Moment) {
  const clock = manualClock();
  const store = openSqliteStore(":memory:", clock.now);
  const fake = fakeMaxCompute([], { estimate, ends: quick });
  const watching = fakeWatchBook();
  const policy = readPolicy(lines).policy;
  const first = aBot(fake, { policy, clock, watching, breaking: () => store });
  const { intentId } = await first.answer("confirm-run", first.type("U0BOB", "run SELECT 1 FROM t"));
  let deliveries = 0;
  const press = (bot: ReturnType<typeof aBot>, [user, how]: Way["presses"][number]) =>
    bot.doAs(user, { kind: "intent", intentId, press: how }, { delivery: `press-${deliveries++}` });
  for (const earlier of presses.slice(0, -1)) await press(first, earlier);
  const [last] = presses.slice(-1);
  const life = mortal(diesAt, moment);
  const dying = aBot(life.maxcompute(fake), {
    policy,
    clock,
    watching: life.guarded(watching),
    breaking: () => life.store(store),
    failReply: () => (life.isDead() ? new Error("dead") : undefined),
  });
  const pressLast = (bot: ReturnType<typeof aBot>) => (last === undefined ? Promise.resolve([]) : press(bot, last));
  const answer = await pressLast(dying).catch(() => []);
  const next = () => aBot(fake, { policy, clock, watching, breaking: () => store });
  return { intentId, clock, store, fake, watching, life, answer, dying, next, pressLast, amount };
}

describe.each(Object.entries(ways))("a process that dies at any access after the press of %s", (_, way) => {
  it("leaves nothing submitted twice, unsaid, unfollowed or uncounted, and no rows that come twice", async () => {
    const whole = await pressed(way);
    expect(whole.fake.submitted).toHaveLength(1);
    const accesses = whole.life.accesses();
    expect(accesses).toBeGreaterThan(20);
    const seen = new Set<string>();
    for (let access = 1; access <= accesses; access += 1) {
      for (const moment of ["before", "after"] as const) {
        const { intentId, clock, store, fake, watching, next, pressLast, dying, amount } = await pressed(way, access, moment);
        const atDeath = await createSubmissions(store, clock.now).find(intentId);
        const heir = next();
        await clock.advance(180_000);
        await heir.bot.sweep({ before: clock.now() });
        await pressLast(heir);
        await clock.advance(180_000);
        await heir.bot.sweep({ before: clock.now() });
        await heir.settle();
        const about = { access, moment };
        const submission = await createSubmissions(store, clock.now).find(intentId);
        const spent = await createBudgets(store, clock.now).spent(bob, dayOf(clock.now()));
        const isThere = fake.submitted.length === 1;
        expect({ ...about, submitted: fake.submitted.length }).toMatchObject({ ...about, submitted: isThere ? 1 : 0 });
        const state = submission?.state ?? "none";
        seen.add(state);
        expect({
          ...about,
          known: isThere ? state === "over" : ["none", "dropped", "lost"].includes(state),
        }).toEqual({
          ...about,
          known: true,
        });
        const watches = fake.submitted.flatMap(({ id }) => [
          { team: "T1", project: "demo_project", instanceId: id, channel: "general" },
        ]);
        for (const place of watches)
          expect({ ...about, watch: await watching.find(place) }).toMatchObject({ watch: { startedBy: "U0BOB" } });
        expect({ ...about, state, spent }).toEqual({ ...about, state, spent: isThere || state === "lost" ? amount : 0 });
        const heard = [...dying.told, ...heir.told].filter(({ stage }) => stage === "final");
        expect({ ...about, isHeard: heard.length > 0 }).toEqual({ ...about, isHeard: true });
        const rows = heard.filter(({ view }) => view.kind === "result").length;
        // An answer with the rows that was cut off is apologised for; nobody else's press answers with them.
        const areThere = isThere && (atDeath?.state !== "over" || rows > 0);
        expect({ ...about, rows }).toEqual({ ...about, rows: areThere ? 1 : 0 });
      }
    }
    expect([...seen].sort()).toEqual(expect.arrayContaining(["dropped", "lost", "over"]));
  });
});
