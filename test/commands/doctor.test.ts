import { describe, expect, it } from "vitest";
import { type Checkup, ok, warning } from "../../src/commands/doctor/checkup.ts";
import { readPolicy } from "../../src/commands/rights/policy-text.ts";
import { aBot } from "../support/a-bot.ts";
import { anInstance, aTask, fakeMaxCompute } from "../support/fake-maxcompute.ts";

const running = { instance: anInstance(), tasks: [aTask()] };

function aBotWith(...checkups: readonly Checkup[]) {
  const asked: string[] = [];
  const fake = fakeMaxCompute([running]);
  const bot = aBot(fake, {
    checkups: ({ caller }, { project }) => {
      asked.push(`${caller.user} ${project}`);
      return checkups;
    },
  });
  return { ...bot, fake, asked };
}

describe("doctor", () => {
  it("looks at everything that the place has for an admin, and at MaxCompute in this conversation's project", async () => {
    const { type, answer, asked, projects, watching } = aBotWith(
      { name: "Store", run: async () => ok("written") },
      { name: "This channel", run: async () => warning("I am not in it", "Invite me.") },
    );
    await watching.setProject({ team: "T1", channel: "general" }, "chosen_project", "ann");
    const { findings } = await answer("checkup", type("ann", "doctor"));
    expect(findings.map(({ name, state }) => `${name} ${state}`)).toEqual(["Store ok", "This channel warning"]);
    expect([asked, projects]).toEqual([["ann demo_project"], ["chosen_project"]]);
  });

  it("looks at nothing but their project for whoever administers that one", async () => {
    const checkups: readonly Checkup[] = [
      { name: "Store", run: async () => ok("written") },
      { name: "MaxCompute", isOfProject: true, run: async () => ok("lists") },
    ];
    const policy = readPolicy("allow U0ANN admin; allow U0ADA admin on demo_*; allow channels operator").policy;
    const { type, answer } = aBot(fakeMaxCompute([running]), { policy, checkups: () => checkups });
    const seenBy = async (user: string) => (await answer("checkup", type(user, "doctor"))).findings.map(({ name }) => name);
    expect(await seenBy("U0ANN")).toEqual(["Store", "MaxCompute"]);
    expect(await seenBy("U0ADA")).toEqual(["MaxCompute"]);
  });

  it("is answered within its ten seconds where a check hangs, and the rest is told", async () => {
    const { type, answer, clock } = aBotWith(
      { name: "Hangs", run: () => new Promise(() => undefined) },
      { name: "Throws", run: () => Promise.reject(new Error("no")) },
      { name: "Store", run: async () => ok("written") },
    );
    const startedAt = clock.now();
    const { findings, tookMs } = await answer("checkup", type("ann", "doctor"));
    expect(findings.slice(0, 3).map(({ state }) => state)).toEqual(["unclear", "unclear", "ok"]);
    expect(tookMs).toBe(4_000);
    expect(clock.now() - startedAt).toBeLessThan(10_000);
  });

  it.each(["bob", "vic", "sam"])("tells %s that it is there and which one it is, and looks at nothing", async (who) => {
    const looked: string[] = [];
    const { type, answer, fake } = aBotWith({ name: "Store", run: async () => ok(String(looked.push("store"))) });
    const { text } = await answer("notice", type(who, "doctor"));
    expect(text).toBe("I am here: version 0.0.0, and your command reached me in under a second. An admin sees a full check-up.");
    expect([looked, fake.calls]).toEqual([[], []]);
  });

  it("is answered to whoever asks alone", async () => {
    const { type, told } = aBotWith();
    await type("ann", "doctor");
    await type("vic", "doctor");
    expect(told.map(({ to, stage }) => [to, stage])).toEqual([
      ["ann", "final"],
      ["vic", "final"],
    ]);
  });
});
