// A stop in production: a second person decides, on a card that everybody sees.
import { describe, expect, it } from "vitest";
import { intentLives } from "../../src/commands/intents.ts";
import { readPolicy } from "../../src/commands/rights/policy-text.ts";
import type { ApprovalView, View } from "../../src/view/index.ts";
import { aBot } from "../support/a-bot.ts";
import { anInstance, aTask, cancelled, fakeMaxCompute } from "../support/fake-maxcompute.ts";

const running = { instance: anInstance(), tasks: [aTask()] };
const { id } = running.instance;
const lines =
  "allow U0ANN admin; allow U0BOB operator; allow U0CARL operator; allow U0VIC viewer; allow channels operator; production demo_*; alone U0SOLO; allow U0SOLO operator";

function aProduction(more = "", over: Parameters<typeof aBot>[1] = {}) {
  const fake = fakeMaxCompute([running], { onStop: cancelled });
  const bot = aBot(fake, { policy: readPolicy(`${lines}; ${more}`).policy, ...over });
  const stops = () => fake.calls.filter((call) => call.startsWith("stopInstance")).length;
  const press = (user: string, intentId: string, how: "run" | "cancel" | "approve" | "deny" | "type", typed?: string) =>
    bot.doAs(user, { kind: "intent", intentId, press: how, ...(typed === undefined ? {} : { typed }) });
  const cards = () => bot.told.map(({ view }) => view).filter((view): view is ApprovalView => view.kind === "approval");
  const ask = async (user = "U0BOB") => {
    const { intentId, needs } = await bot.answer("confirm-stop", bot.type(user, `stop ${id} --reason "wrong partition"`));
    expect(needs).toBe("approval");
    await bot.answer("stop", press(user, intentId, "run"));
    return intentId;
  };
  return { ...bot, fake, stops, press, cards, ask };
}

const phases = (cards: readonly ApprovalView[]) => cards.map(({ phase }) => phase);
const errorIn = (told: readonly { readonly view: View }[]) =>
  told.map(({ view }) => (view.kind === "error" ? view.title : "")).join("");

describe("a stop in production", () => {
  it("waits for a second person, and moves the card as it goes", async () => {
    const { ask, press, answer, stops, cards, told, callers } = aProduction();
    const intentId = await ask();
    expect(stops()).toBe(0);
    expect(cards()).toMatchObject([{ phase: "asked", requester: "U0BOB", reason: "wrong partition", intentId }]);
    callers.length = 0;
    const view = await answer("stop", press("U0CARL", intentId, "approve"));
    expect(new Set(callers)).toEqual(new Set(["U0CARL"])); // whoever decides is who acts
    expect(view).toMatchObject({ phase: "stopped", by: "U0BOB", approvedBy: "U0CARL" });
    expect(stops()).toBe(1);
    expect(phases(cards())).toEqual(["asked", "begun", "ended"]);
    expect(cards().at(-1)).toMatchObject({ by: "U0CARL", outcome: "cancelled" });
    expect(told.some(({ view: each }) => each.kind === "acted" && each.by === "U0BOB")).toBe(true);
  });

  it("is not approved by whoever asked, by a viewer, or by nobody's press", async () => {
    const { ask, press, answer, stops, cards } = aProduction();
    const intentId = await ask();
    expect(await answer("error", press("U0BOB", intentId, "approve"))).toMatchObject({
      tone: "denied",
      title: expect.stringContaining("somebody else"),
    });
    expect(await answer("error", press("U0VIC", intentId, "approve"))).toMatchObject({ tone: "denied" });
    expect(await answer("notice", press("U0BOB", intentId, "run"))).toMatchObject({
      text: expect.stringContaining("nobody has decided yet"),
    });
    expect([stops(), phases(cards())]).toEqual([0, ["asked"]]);
  });

  it("is decided once, however many press at once", async () => {
    const { ask, press, stops, cards } = aProduction();
    const intentId = await ask();
    await Promise.all(["U0CARL", "U0ANN", "U0CARL", "U0ANN"].map((user) => press(user, intentId, "approve")));
    expect(stops()).toBe(1);
    expect(phases(cards()).filter((phase) => phase === "begun")).toHaveLength(1);
  });

  it("that is denied says so on the card, and cannot be approved any more", async () => {
    const { ask, press, answer, stops, cards } = aProduction();
    const intentId = await ask();
    await answer("notice", press("U0CARL", intentId, "deny"));
    expect(cards().at(-1)).toMatchObject({ phase: "denied", by: "U0CARL" });
    expect(await answer("notice", press("U0ANN", intentId, "approve"))).toMatchObject({
      text: expect.stringContaining("denied"),
    });
    expect(stops()).toBe(0);
  });

  it.each([
    ["a viewer", "U0VIC", {}],
    ["somebody without a role", "U0SAM", {}],
    ["a guest", "U0BOB2", { kind: "refused", why: "guest" }],
    ["somebody of another workspace", "U0BOB2", { kind: "refused", why: "outsider" }],
  ] as const)("is not denied by %s", async (_, user, asker) => {
    const { ask, press, answer, stops, cards } = aProduction("allow U0BOB2 admin", {
      asker: (asked) => (asked === "U0BOB2" && "kind" in asker ? asker : undefined),
    });
    const intentId = await ask();
    expect(await answer("error", press(user, intentId, "deny"))).toMatchObject({ tone: "denied" });
    expect(phases(cards())).toEqual(["asked"]);
    await press("U0CARL", intentId, "approve");
    expect(stops()).toBe(1);
  });

  it("is taken back by whoever asked, also when they may not ask any more", async () => {
    const { ask, press, type, stops, cards } = aProduction();
    const intentId = await ask();
    await type("U0ANN", "deny U0BOB");
    await press("U0BOB", intentId, "deny");
    await press("U0CARL", intentId, "approve");
    expect([stops(), phases(cards())]).toEqual([0, ["asked", "withdrawn"]]);
  });

  it("is taken back by whoever asked", async () => {
    const { ask, press, stops, cards } = aProduction();
    const intentId = await ask();
    await press("U0BOB", intentId, "deny");
    await press("U0CARL", intentId, "approve");
    expect([stops(), phases(cards())]).toEqual([0, ["asked", "withdrawn"]]);
  });

  it("expires to the millisecond, and says so on the card without anybody pressing", async () => {
    const { ask, press, answer, stops, cards, bot, clock } = aProduction();
    const intentId = await ask();
    const { expiresAt } = cards()[0] ?? { expiresAt: 0 };
    await clock.advance(expiresAt - clock.now() - 1);
    await bot.sweep({ before: 0 });
    expect(phases(cards())).toEqual(["asked"]);
    await clock.advance(1);
    await bot.sweep({ before: 0 });
    await bot.sweep({ before: 0 });
    expect(phases(cards())).toEqual(["asked", "expired"]);
    expect(await answer("notice", press("U0CARL", intentId, "approve"))).toMatchObject({
      text: expect.stringContaining("in time"),
    });
    expect(stops()).toBe(0);
  });

  it("pressed too late says so on the card at once", async () => {
    const { ask, press, stops, cards, clock } = aProduction();
    const intentId = await ask();
    await clock.advance(intentLives + 60_000);
    expect(errorIn(await press("U0CARL", intentId, "approve"))).toContain("expired");
    expect([stops(), phases(cards())]).toEqual([0, ["asked", "expired"]]);
  });

  it("is not done for somebody who has lost the right since", async () => {
    const { ask, press, answer, stops, type } = aProduction();
    const intentId = await ask();
    await type("U0ANN", "deny U0BOB");
    expect(await answer("error", press("U0CARL", intentId, "approve"))).toMatchObject({
      title: expect.stringContaining("may not do it any more"),
    });
    expect(stops()).toBe(0);
  });

  it("that has ended meanwhile says that nothing was done", async () => {
    const { ask, press, fake, stops, cards } = aProduction();
    const intentId = await ask();
    fake.set(id, { instance: anInstance({ id, status: "Terminated" }), tasks: [aTask({ status: "SUCCESS" })] });
    await press("U0CARL", intentId, "approve");
    expect([stops(), cards().at(-1)]).toMatchObject([0, { phase: "over", outcome: "success" }]);
  });

  it("is not asked for where nobody else could approve it", async () => {
    const { type, answer } = aProduction();
    const direct = { replyTo: { channel: "D1", direct: true, replaceable: false } };
    expect(await answer("error", type("U0BOB", `stop ${id}`, direct))).toMatchObject({
      title: expect.stringContaining("nobody else is here"),
    });
  });
});

describe("whoever may act alone", () => {
  it("types the end of the id in a form, and nothing else will do", async () => {
    const { type, answer, press, stops, cards } = aProduction();
    const { intentId, needs } = await answer("confirm-stop", type("U0SOLO", `stop ${id}`));
    expect(needs).toBe("typed");
    expect(await answer("error", press("U0SOLO", intentId, "run"))).toMatchObject({
      title: expect.stringContaining("did nothing"),
    });
    expect(await answer("form", press("U0SOLO", intentId, "type"))).toMatchObject({
      intentId,
      about: expect.stringContaining(id.slice(-4)),
    });
    expect(await answer("error", press("U0SOLO", intentId, "run", "xxxx"))).toMatchObject({
      title: expect.stringContaining("did nothing"),
    });
    expect(stops()).toBe(0);
    expect(await answer("stop", press("U0SOLO", intentId, "run", ` ${id.slice(-4).toUpperCase()} `))).toMatchObject({
      phase: "stopped",
    });
    expect([stops(), cards()]).toEqual([1, []]);
  });

  it("opens the form for nobody who may not act", async () => {
    const { type, answer, press } = aProduction();
    const { intentId } = await answer("confirm-stop", type("U0SOLO", `stop ${id}`));
    for (const user of ["U0VIC", "U0SAM"]) {
      expect(await answer("error", press(user, intentId, "type"))).toMatchObject({ tone: "denied" });
    }
  });

  it("is bound by the channel in which it was asked, though a form comes from nowhere", async () => {
    const { type, answer, doAs, stops } = aProduction();
    const { intentId } = await answer("confirm-stop", type("U0SOLO", `stop ${id}`));
    await type("U0ANN", "deny channels --role operator");
    const form = { origin: "form", replyTo: { channel: "U0SOLO", direct: true, replaceable: false } } as const;
    const filled = { kind: "intent", intentId, press: "run", typed: id.slice(-4) } as const;
    expect(await answer("error", doAs("U0SOLO", filled, form))).toMatchObject({ tone: "denied" });
    expect(stops()).toBe(0);
    await type("U0ANN", "allow channels operator");
    expect(await answer("stop", doAs("U0SOLO", filled, form))).toMatchObject({ phase: "stopped" });
  });

  it("is bound by that channel also where nobody can tell that the form came from it", async () => {
    let lost = 0;
    const { type, answer, doAs, stops } = aProduction("", {
      breaking: (store) => ({
        ...store,
        get: async (key) => {
          if (key.partition.startsWith("intent/") && lost-- > 0) throw new Error("the store is away");
          return store.get(key);
        },
      }),
    });
    const { intentId } = await answer("confirm-stop", type("U0SOLO", `stop ${id}`));
    await type("U0ANN", "deny channels --role operator");
    const form = { origin: "form", replyTo: { channel: "U0SOLO", direct: true, replaceable: false } } as const;
    lost = 1;
    const filled = { kind: "intent", intentId, press: "run", typed: id.slice(-4) } as const;
    expect(await answer("error", doAs("U0SOLO", filled, form))).toMatchObject({ tone: "denied" });
    expect(stops()).toBe(0);
  });

  it("is asked for more when they are on call no more, or when the project has become one of production", async () => {
    const groups = { S0CALL: ["U0DAN"] };
    const policy = [...readPolicy(`${lines}; allow U0DAN operator; alone S0CALL`).policy];
    const { type, answer, press, stops } = aProduction("", { policy, groups });
    const typed = await answer("confirm-stop", type("U0DAN", `stop ${id}`));
    groups.S0CALL = [];
    expect(await answer("error", press("U0DAN", typed.intentId, "run", id.slice(-4)))).toMatchObject({ tone: "denied" });
    const plain = await answer("confirm-stop", type("U0BOB", `stop ${id} -p dev`));
    expect(plain.needs).toBe("press");
    policy.push(...readPolicy("production dev").policy);
    expect(await answer("error", press("U0BOB", plain.intentId, "run"))).toMatchObject({ tone: "denied" });
    expect(stops()).toBe(0);
  });

  it("may do so only in the projects that the policy names", async () => {
    const { type, answer } = aProduction("allow U0DAN operator; alone U0DAN on other_project");
    expect(await answer("confirm-stop", type("U0DAN", `stop ${id}`))).toMatchObject({ needs: "approval" });
  });
});

describe("the question before a stop", () => {
  it("says who else follows it", async () => {
    const { type, answer } = aProduction();
    await type("U0VIC", `watch ${id}`);
    await type("U0BOB", `watch ${id}`, { replyTo: { channel: "C0OTHER", direct: false, replaceable: false } });
    const { facts } = await answer("confirm-stop", type("U0BOB", `stop ${id}`));
    expect(facts.watchers).toEqual({ people: ["U0VIC"], channels: 2 });
  });

  it("tells whoever has to approve it the same of the instance", async () => {
    const { type, answer, press, cards } = aProduction();
    const { facts, intentId } = await answer("confirm-stop", type("U0BOB", `stop ${id}`));
    await press("U0BOB", intentId, "run");
    expect(facts.owner).toBeDefined();
    expect(cards()).toMatchObject([{ phase: "asked", facts }]);
  });
});
