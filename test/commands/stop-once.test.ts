// However a press comes, twice, at once or to two people: the instance is stopped once, and each press is answered once.
import { describe, expect, it } from "vitest";
import { readPolicy } from "../../src/commands/rights/policy-text.ts";
import { aBot } from "../support/a-bot.ts";
import { anInstance, aTask, cancelled, fakeMaxCompute } from "../support/fake-maxcompute.ts";

const running = { instance: anInstance(), tasks: [aTask()] };
const { id } = running.instance;
const people = "allow U0ANN operator; allow U0BOB operator; allow U0CARL operator; allow channels operator";

function aStop(policyText = people) {
  const fake = fakeMaxCompute([running], { onStop: cancelled });
  const bot = aBot(fake, { policy: readPolicy(policyText).policy });
  const ask = async () => (await bot.answer("confirm-stop", bot.type("U0BOB", `stop ${id}`))).intentId;
  /** Presses at once, each as its own delivery unless told; gives who was answered, and with what. */
  const press = async (
    intentId: string,
    presses: readonly { user: string; press: "run" | "approve" | "deny"; delivery?: string }[],
  ) => {
    const before = bot.told.length;
    await Promise.all(
      presses.map(({ user, press: how, delivery }) =>
        bot.bot.accept(bot.incoming(user, { kind: "intent", intentId, press: how }, delivery === undefined ? {} : { delivery })),
      ),
    );
    await bot.settle();
    return bot.told.slice(before);
  };
  const answers = (told: typeof bot.told) =>
    told.filter(({ stage }) => stage === "final").map(({ to, view }) => `${to} ${view.kind}`);
  return { ...bot, ask, press, answers, stops: () => fake.calls.filter((call) => call.startsWith("stopInstance")).length };
}

describe("a stop", () => {
  it("whose press is delivered twice is done and answered once", async () => {
    const { ask, press, answers, stops } = aStop();
    const run = { user: "U0BOB", press: "run", delivery: "same" } as const;
    const told = await press(await ask(), [run, run, run]);
    expect(answers(told)).toEqual(["U0BOB stop"]);
    expect(told.filter(({ view }) => view.kind === "acted")).toHaveLength(1);
    expect(stops()).toBe(1);
  });

  it("that is pressed twice at once is done once, and the other press hears that it is under way", async () => {
    const { ask, press, answers, stops } = aStop();
    const run = { user: "U0BOB", press: "run" } as const;
    const told = await press(await ask(), [run, run]);
    expect(answers(told).sort()).toEqual(["U0BOB notice", "U0BOB stop"]);
    expect(told.filter(({ view }) => view.kind === "acted")).toHaveLength(1);
    expect(stops()).toBe(1);
  });

  it("that two approve at once, each delivered twice, is done once, and each hears once", async () => {
    const { ask, press, answers, stops } = aStop(`${people}; production demo_*`);
    const intentId = await ask();
    await press(intentId, [{ user: "U0BOB", press: "run" }]);
    const by = (user: string) => ({ user, press: "approve", delivery: user }) as const;
    const told = await press(intentId, [by("U0ANN"), by("U0CARL"), by("U0ANN"), by("U0CARL")]);
    expect(
      answers(told)
        .map((each) => each.split(" ")[0])
        .sort(),
    ).toEqual(["U0ANN", "U0CARL"]);
    expect(answers(told).filter((each) => each.endsWith("stop"))).toHaveLength(1);
    expect(told.filter(({ view }) => view.kind === "approval" && view.phase === "ended")).toHaveLength(1);
    expect(stops()).toBe(1);
  });

  it("that one approves while another denies is one of the two, for everybody", async () => {
    const { ask, press, stops, told } = aStop(`${people}; production demo_*`);
    const intentId = await ask();
    await press(intentId, [{ user: "U0BOB", press: "run" }]);
    await press(intentId, [
      { user: "U0ANN", press: "deny" },
      { user: "U0CARL", press: "approve" },
    ]);
    const ends = told.flatMap(({ view }) =>
      view.kind === "approval" && view.phase !== "asked" && view.phase !== "begun" ? [view.phase] : [],
    );
    expect([ends, stops()]).toEqual(stops() === 1 ? [["ended"], 1] : [["denied"], 0]);
  });

  it("whose press is delivered again long after is not done again", async () => {
    const { ask, press, answers, stops, clock } = aStop();
    const intentId = await ask();
    const run = { user: "U0BOB", press: "run", delivery: "same" } as const;
    await press(intentId, [run]);
    await clock.advance(90_000);
    expect(answers(await press(intentId, [run]))).toEqual([]);
    expect(stops()).toBe(1);
  });
});
