// Approvals that came out while nobody was left to say so: the sweep has their cards say it.
import { describe, expect, it } from "vitest";
import { createIntents, intentLives, type Press } from "../../src/commands/intents.ts";
import { readPolicy } from "../../src/commands/rights/policy-text.ts";
import { MaxComputeError } from "../../src/maxcompute/index.ts";
import type { ApprovalView } from "../../src/view/index.ts";
import { aBot, type Told } from "../support/a-bot.ts";
import { anInstance, aTask, cancelled, fakeMaxCompute } from "../support/fake-maxcompute.ts";

const running = { instance: anInstance(), tasks: [aTask()] };
const { id } = running.instance;
const { policy } = readPolicy("allow U0BOB operator; allow U0CARL operator; allow channels operator; production demo_*");
const minute = 60_000;

const isEdit = ({ to, view }: Told) => view.kind === "approval" && to.includes(" ");

async function anApproval(over: Parameters<typeof aBot>[1] = {}) {
  const fake = fakeMaxCompute([running], { onStop: cancelled });
  let isAway = false;
  const bot = aBot(
    {
      ...fake,
      withDeadline: () =>
        isAway ? { ...fake, getInstance: () => Promise.reject(new MaxComputeError("unreachable", "no")) } : fake,
    },
    { policy, ...over },
  );
  const { intentId } = await bot.answer("confirm-stop", bot.type("U0BOB", `stop ${id}`));
  await bot.answer("stop", bot.doAs("U0BOB", { kind: "intent", intentId, press: "run" }));
  const intents = createIntents(bot.store, bot.clock.now, () => "unused");
  const cards = () => bot.told.map(({ view }) => view).filter((view): view is ApprovalView => view.kind === "approval");
  return {
    ...bot,
    fake,
    intentId,
    cards,
    /** Somebody presses, and their worker dies with the decision. */
    die: (press: Press, user = "U0CARL") => intents.decide(intentId, press, { team: "T1", user }),
    silence: () => {
      isAway = true;
    },
    /** What sweeps now and in the minutes after it add to the card. */
    async swept(times = 1) {
      const before = cards().length;
      for (let sweep = 0; sweep < times; sweep += 1) {
        await bot.bot.sweep({ before: 0 });
        await bot.clock.advance(minute);
      }
      return cards().slice(before);
    },
  };
}

describe("production rule 1: what is decided and not done", () => {
  it("is said on the card when nobody can be at it any more, with what MaxCompute says of the instance", async () => {
    const { die, swept, clock, fake } = await anApproval();
    await die("approve");
    expect(await swept(2)).toEqual([]);
    expect(await swept(3)).toMatchObject([{ phase: "unsure", by: "U0CARL", outcome: "running" }]);
    await clock.advance(60 * minute);
    expect(await swept()).toEqual([]);
    expect(fake.calls.filter((call) => call.startsWith("stopInstance"))).toEqual([]);
  });

  it("is CANCELLED where the stop had gone out before the worker died", async () => {
    const { die, swept, clock, fake } = await anApproval();
    await die("approve");
    cancelled(id, fake);
    await clock.advance(2 * minute);
    expect(await swept()).toMatchObject([{ phase: "ended", by: "U0CARL", outcome: "cancelled" }]);
  });

  it("is said where MaxCompute does not answer, too", async () => {
    const { die, swept, clock, silence } = await anApproval();
    await die("approve");
    silence();
    await clock.advance(2 * minute);
    const [card] = await swept();
    expect(card).toMatchObject({ phase: "unsure", by: "U0CARL" });
    expect(card).not.toHaveProperty("outcome");
  });

  it("is not done by a later press", async () => {
    const { die, answer, doAs, intentId, swept, clock, fake } = await anApproval();
    await die("approve");
    const approve = () => answer("notice", doAs("U0CARL", { kind: "intent", intentId, press: "approve" }));
    expect(await approve()).toMatchObject({ text: expect.stringContaining("under way") });
    await clock.advance(2 * minute);
    await swept();
    expect(await approve()).toMatchObject({ text: expect.stringContaining("nothing was done again") });
    expect(fake.calls.filter((call) => call.startsWith("stopInstance"))).toEqual([]);
  });

  it.each<[Press, string, ApprovalView["phase"]]>([
    ["deny", "U0CARL", "denied"],
    ["deny", "U0BOB", "withdrawn"],
  ])("is said by the sweep where the worker died before the card was drawn (%s by %s)", async (press, user, phase) => {
    const { die, swept } = await anApproval();
    await die(press, user);
    expect(await swept(3)).toMatchObject([{ phase }]);
  });
});

describe("an approval that is over with nothing done", () => {
  const rows = async ({ trail, clock }: Pick<ReturnType<typeof aBot>, "trail" | "clock">) => {
    const { rows } = await trail.read({ team: "T1", from: 0, to: clock.now() + 1, page: { limit: 100 } });
    return rows.flatMap((row) => (row.phase === "decision" && row.what.verb === "stop" ? [row] : [])).reverse();
  };

  it("is on record as expired at the moment at which it was, once, whoever sweeps or presses too late", async () => {
    const bot = await anApproval();
    const [asked] = bot.cards();
    await bot.clock.advance(intentLives + minute);
    await bot.doAs("U0CARL", { kind: "intent", intentId: bot.intentId, press: "approve" });
    await bot.swept(3);
    expect(await rows(bot)).toMatchObject([
      { decision: "asked", who: "U0BOB" },
      { decision: "expired", who: "U0BOB", at: asked?.expiresAt, instance: id, where: { channel: "general" } },
    ]);
  });

  it.each([
    ["refused", "U0CARL"],
    ["withdrawn", "U0BOB"],
  ])("is on record as %s once, with the request that decided, though its card is drawn later", async (decision, user) => {
    let refuses = true;
    const bot = await anApproval({ failReply: (each) => (isEdit(each) && refuses ? new Error("away") : undefined) });
    await bot.clock.advance(minute);
    await bot.doAs(user, { kind: "intent", intentId: bot.intentId, press: "deny" });
    await bot.swept();
    refuses = false;
    expect(await bot.swept(2)).toHaveLength(1);
    const found = await rows(bot);
    expect(found).toMatchObject([{ decision: "asked" }, { decision, who: user, instance: id }]);
    expect(found[1]?.requestId).not.toBe(bot.intentId);
  });

  it("is on record, too, where the worker died with the decision", async () => {
    const bot = await anApproval();
    await bot.clock.advance(minute);
    await bot.die("deny");
    await bot.swept(2);
    expect(await rows(bot)).toMatchObject([
      { decision: "asked" },
      { decision: "refused", who: "U0CARL", reason: "asked by U0BOB" },
    ]);
  });

  it("is put on record when the trail is there again, however often its card has said it", async () => {
    let isAway = false;
    const bot = await anApproval({
      auditing: (trail) => ({ ...trail, write: (row) => (isAway ? Promise.reject(new Error("away")) : trail.write(row)) }),
    });
    await bot.clock.advance(intentLives);
    isAway = true;
    expect(await bot.swept(70)).toHaveLength(61);
    isAway = false;
    expect(await bot.swept(2)).toEqual([]);
    expect(await rows(bot)).toMatchObject([{ decision: "asked" }, { decision: "expired" }]);
  });
});

describe("a card that Slack does not take", () => {
  it("is drawn at the next sweep, and only until it was", async () => {
    let refuses = true;
    const { swept, clock } = await anApproval({ failReply: (each) => (isEdit(each) && refuses ? new Error("away") : undefined) });
    await clock.advance(intentLives);
    expect(await swept(2)).toEqual([]);
    refuses = false;
    expect(await swept(3)).toMatchObject([{ phase: "expired" }]);
  });

  it.each<[string, () => unknown]>([
    ["refuses", () => new Error("away")],
    ["does not answer", () => new Promise(() => undefined)],
  ])("keeps no answer back while Slack %s, and says how it came out at a later sweep", async (_, away) => {
    let isAway = true;
    const { answer, doAs, intentId, swept, cards } = await anApproval({
      failReply: (each) => (isEdit(each) && isAway ? away() : undefined),
    });
    expect(await answer("stop", doAs("U0CARL", { kind: "intent", intentId, press: "approve" }))).toMatchObject({
      phase: "stopped",
    });
    isAway = false;
    expect(cards().map(({ phase }) => phase)).toEqual(["asked"]);
    expect(await swept(5)).toMatchObject([{ phase: "ended", by: "U0CARL", outcome: "cancelled" }]);
  });

  it("is given up after an hour", async () => {
    let tries = 0;
    const { swept, clock } = await anApproval({
      failReply: (each) => {
        if (!isEdit(each)) return undefined;
        tries += 1;
        return new Error("channel_not_found");
      },
    });
    await clock.advance(intentLives);
    await swept(70);
    expect(tries).toBe(61);
  });
});

describe("an approval whose card cannot be posted", () => {
  it("is not asked for, and says so", async () => {
    const bot = aBot(fakeMaxCompute([running]), {
      policy,
      failReply: ({ view }) => (view.kind === "approval" ? new Error("not_in_channel") : undefined),
    });
    const { intentId } = await bot.answer("confirm-stop", bot.type("U0BOB", `stop ${id}`));
    const press = (user: string, how: "run" | "approve") => bot.doAs(user, { kind: "intent", intentId, press: how });
    expect(await bot.answer("error", press("U0BOB", "run"))).toMatchObject({
      tone: "trouble",
      title: expect.stringContaining("could not post the card"),
    });
    expect(await bot.answer("notice", press("U0CARL", "approve"))).toMatchObject({
      text: expect.stringContaining("taken back"),
    });
  });
});
