// Rights as people meet them: what they do goes in, what they see comes out.
import { describe, expect, it } from "vitest";
import type { Policy } from "../../../src/commands/rights/policy.ts";
import { readPolicy } from "../../../src/commands/rights/policy-text.ts";
import { aBot } from "../../support/a-bot.ts";
import { anInstance, aTask, fakeMaxCompute } from "../../support/fake-maxcompute.ts";

const running = { instance: anInstance(), tasks: [aTask()] };
const { id } = running.instance;
const policy = (text: string): Policy => readPolicy(text).policy;
const direct = { replyTo: { channel: "D1", direct: true, replaceable: false } };

function bot(text: string, over: Parameters<typeof aBot>[1] = {}) {
  const fake = fakeMaxCompute([running]);
  return { fake, ...aBot(fake, { policy: policy(text), ...over }) };
}

describe("default deny", () => {
  it("does nothing for anybody before the first administrator is named, and says how that is done", async () => {
    const { type, answer, fake } = bot("");
    const view = await answer("error", type("U0ANN", `status ${id}`));
    expect(view).toMatchObject({ tone: "denied", title: expect.stringContaining("Nobody has any rights yet") });
    expect(view.next).toContain("`allow U0ANN admin`");
    expect(fake.calls).toEqual([]);
  });

  it("tells somebody without a role whom to ask, and the same of a project that there is and one that there is not", async () => {
    const { type, answer, fake } = bot("allow U0ANN admin; allow U0BOB operator on prod_dw; allow channels operator");
    const of = async (project: string) => answer("error", type("U0SAM", `status ${id} -p ${project}`));
    const { errorId: _, ...there } = await of("prod_dw");
    const { errorId: __, ...nowhere } = await of("no_such_project");
    expect(there).toEqual(nowhere);
    expect(there).toMatchObject({ tone: "denied", ask: [{ kind: "user", id: "U0ANN" }] });
    expect(JSON.stringify(there)).not.toContain("U0BOB");
    expect(fake.calls).toEqual([]);
  });

  it("names to a viewer the operators of the project, and no others", async () => {
    const { type, answer } = bot(
      "allow U0ANN admin; allow U0BOB operator on prod_dw; allow U0CARL operator on dev; allow everyone viewer; allow channels operator",
    );
    expect(await answer("error", type("U0VIC", `stop ${id} -p prod_dw`))).toMatchObject({
      title: "`stop` needs the role operator in `prod_dw`; you are viewer.",
      ask: [
        { kind: "user", id: "U0ANN" },
        { kind: "user", id: "U0BOB" },
      ],
    });
  });

  it.each([
    ["a guest", "guest", "guest"],
    ["a bot", "bot", "bots"],
    ["somebody of another workspace", "outsider", "another one"],
    ["a deactivated account", "gone", "deactivated"],
  ] as const)("refuses %s whatever the policy says", async (_, why, words) => {
    const { type, answer, fake } = bot("allow U0ANN admin; allow everyone admin; allow channels admin", {
      asker: () => ({ kind: "refused", why }),
    });
    for (const text of [`status ${id}`, `stop ${id}`, "rights", "allow U0EVE admin"]) {
      expect((await answer("error", type("U0EVE", text))).title).toContain(words);
    }
    expect(fake.calls).toEqual([]);
  });
});

describe("a line that this release cannot read", () => {
  it("may be one that denies, so nothing is done until somebody has looked, and it stays", async () => {
    const { answer, type, store, clock, fake } = bot("allow U0ANN admin; allow channels operator");
    const key = { partition: "rights/T1", id: "policy" };
    const value = { schema: 1, lines: [{ line: "deny U0ANN unless asked", by: "U0ROOT", at: 0 }] };
    await store.put(key, value, clock.now() + 1_000_000_000);
    expect(await answer("error", type("U0ANN", `status ${id}`))).toMatchObject({ tone: "trouble" });
    expect(await answer("error", type("U0ANN", "allow U0BOB viewer"))).toMatchObject({ tone: "trouble" });
    expect((await store.get(key))?.value).toEqual(value);
    expect(fake.calls).toEqual([]);
  });
});

describe("a line that could not be read again", () => {
  it("is not kept", async () => {
    const { answer, type } = bot("allow U0ANN admin; allow channels operator");
    const odd = { replyTo: { channel: "X0ODD", direct: false, replaceable: false } };
    await answer("error", type("U0ANN", "allow here viewer", odd));
    await answer("granted", type("U0ANN", "allow U0BOB viewer"));
  });
});

describe("a place", () => {
  const text = "allow U0ANN admin; allow U0BOB operator; allow C0LOOK viewer; allow C0ACT operator";
  const at = (channel: string) => ({ replyTo: { channel, direct: false, replaceable: false } });

  it("bounds what people may do in it, and a direct message does not", async () => {
    const { type, answer } = bot(text);
    expect(await answer("error", type("U0BOB", `stop ${id}`, at("C0LOOK")))).toMatchObject({
      tone: "denied",
      title: "`stop` needs the role operator. You are operator, but this channel allows what a viewer may.",
    });
    expect(await answer("error", type("U0BOB", `status ${id}`, at("C0OTHER")))).toMatchObject({
      title: expect.stringContaining("this channel allows nothing"),
    });
    await answer("instance", type("U0BOB", `status ${id}`, at("C0LOOK")));
    await answer("confirm-stop", type("U0BOB", `stop ${id}`, at("C0ACT")));
    await answer("confirm-stop", type("U0BOB", `stop ${id}`, direct));
  });

  it("where two people are alone is one that the bot cannot see into: it shares nothing there, and answers who asks", async () => {
    const { type, answer, told } = bot(text, { isOutside: true });
    expect(await answer("error", type("U0BOB", `result ${id} --share`, direct))).toMatchObject({ tone: "denied" });
    await answer("instance", type("U0BOB", `status ${id}`, direct));
    expect(told.filter(({ stage }) => stage === "announced")).toEqual([]);
    const own = bot(text);
    await own.type("U0BOB", `status ${id} --share`, direct);
    expect(own.told.at(-1)).toMatchObject({ stage: "announced" });
  });

  it("that another organisation reads allows nothing, unless a line names it", async () => {
    const { type, answer } = bot(`${text}; allow channels operator`, { isShared: () => true });
    expect(await answer("error", type("U0BOB", `status ${id}`, at("C0EXT")))).toMatchObject({
      detail: expect.stringContaining("shared with another organisation"),
    });
    await answer("instance", type("U0BOB", `status ${id}`, at("C0LOOK")));
  });
});

describe("a role", () => {
  it("can be that of a user group, while one is in it", async () => {
    const groups: Record<string, string[]> = { S0DATA: ["U0BOB"] };
    const { type, answer } = bot("allow U0ANN admin; allow S0DATA operator; allow channels operator", { groups });
    await answer("confirm-stop", type("U0BOB", `stop ${id}`));
    groups.S0DATA = [];
    expect(await answer("error", type("U0BOB", `stop ${id}`))).toMatchObject({ tone: "denied" });
  });

  it("is asked of whoever presses, at the moment of the press", async () => {
    const { type, answer, doAs, fake } = bot("allow U0ANN admin; allow everyone viewer; allow channels operator");
    await type("U0ANN", "allow U0BOB operator");
    const { intentId } = await answer("confirm-stop", type("U0BOB", `stop ${id}`));
    await type("U0ANN", "deny U0BOB --role operator");
    expect(await answer("error", doAs("U0BOB", { kind: "intent", intentId, press: "run" }))).toMatchObject({ tone: "denied" });
    expect(fake.calls.filter((call) => call.startsWith("stopInstance"))).toEqual([]);
    // The right is back, and the same button still works: nothing was lost by the refusal.
    await type("U0ANN", "allow U0BOB operator");
    expect(await answer("stop", doAs("U0BOB", { kind: "intent", intentId, press: "run" }))).toMatchObject({
      phase: "still-running",
    });
    expect(fake.calls.filter((call) => call.startsWith("stopInstance"))).toHaveLength(1);
  });

  it("is asked for each project that a command turns out to be about", async () => {
    const { type, answer, fake } = bot("allow U0ANN admin; allow U0BOB operator on demo_project; allow channels operator");
    await answer("instance", type("U0BOB", `status ${id}`));
    const before = fake.calls.length;
    const url = `https://logview.example.com/logview/?h=x&p=other_project&i=${id}`;
    expect(await answer("error", type("U0BOB", `status ${url}`))).toMatchObject({ tone: "denied" });
    expect(fake.calls.length).toBe(before);
  });
});

describe("the end of an id", () => {
  const tail = id.slice(-8);
  const twins = [running, { instance: anInstance({ id: `20261121094800123g${tail}` }), tasks: [aTask()] }];

  it.each(["status", "snooze"])(
    "that several have is no way for %s to see those of a project that one may not look at, or not any more",
    async (command) => {
      const lines = policy("allow U0ANN admin; allow U0BOB viewer on dev; allow channels operator");
      const { type, answer } = aBot(fakeMaxCompute(twins), { policy: lines });
      await type("U0ANN", "allow U0BOB viewer -p payroll");
      for (const { instance } of twins) {
        await type("U0ANN", `watch ${instance.id} -p payroll`);
        await type("U0BOB", `status ${instance.id} -p payroll`);
      }
      expect((await answer("choices", type("U0BOB", `${command} ${tail}`))).choices).toHaveLength(2);
      await type("U0ANN", "deny U0BOB -p payroll");
      const view = await answer("error", type("U0BOB", `${command} ${tail}`));
      expect(view).toMatchObject({ tone: "denied" });
      expect(JSON.stringify(view)).not.toContain("payroll");
    },
  );
});

describe("allow and deny", () => {
  const text = "allow U0ANN admin; allow channels operator";

  it("change what somebody may do at once, and say how it stands", async () => {
    const { type, answer } = bot(text);
    expect(await answer("granted", type("U0ANN", "allow <@U0BOB|bob> operator -p demo_*"))).toMatchObject({
      did: "allowed",
      who: { kind: "user", id: "U0BOB" },
      held: "operator",
      project: "demo_*",
      isOtherwise: false,
    });
    await answer("confirm-stop", type("U0BOB", `stop ${id}`));
    expect(await answer("granted", type("U0ANN", "deny U0BOB -p demo_*"))).toMatchObject({ did: "denied", isOtherwise: false });
    expect(await answer("error", type("U0BOB", `stop ${id}`))).toMatchObject({ tone: "denied" });
  });

  it("leave somebody nothing who has it in one project, or as one of a group", async () => {
    const { type, answer } = bot(`${text}; allow S0DATA viewer`, { groups: { S0DATA: ["U0EVE"] } });
    await type("U0ANN", "allow U0BOB operator -p demo_project");
    await answer("confirm-stop", type("U0BOB", `stop ${id}`));
    await answer("instance", type("U0EVE", `status ${id}`));
    await answer("granted", type("U0ANN", "deny U0BOB"));
    await answer("granted", type("U0ANN", "deny U0EVE"));
    expect(await answer("error", type("U0BOB", `stop ${id}`))).toMatchObject({ tone: "denied" });
    expect(await answer("error", type("U0EVE", `status ${id}`))).toMatchObject({ tone: "denied" });
  });

  it("say when another line stands against what was asked for", async () => {
    const { type, answer } = bot(`${text}; deny U0EVE`);
    expect(await answer("granted", type("U0ANN", "allow U0EVE viewer"))).toMatchObject({ isOtherwise: true });
  });

  it("are for administrators, wherever they are asked", async () => {
    const { type, answer } = bot("allow U0ANN admin; allow U0BOB operator; allow channels viewer");
    for (const command of ["allow U0BOB admin", "deny U0ANN", "rights U0ANN"]) {
      expect(await answer("error", type("U0BOB", command))).toMatchObject({ tone: "denied" });
    }
    const here = { replyTo: { channel: "C0GEN", direct: false, replaceable: false } };
    await answer("granted", type("U0ANN", "allow here operator", here));
  });

  it("of one project are for its administrators, who give no rights elsewhere", async () => {
    const { type, answer } = bot(`${text}; allow U0BOB admin on demo_project`);
    await answer("granted", type("U0BOB", "allow U0CARL viewer -p demo_project"));
    expect(await answer("error", type("U0BOB", "allow U0BOB admin"))).toMatchObject({ tone: "denied" });
    expect(await answer("error", type("U0BOB", "allow U0CARL viewer -p demo_*"))).toMatchObject({ tone: "denied" });
    const one = bot(`${text}; allow U0BOB admin on demo_?`);
    expect(await one.answer("error", one.type("U0BOB", "allow U0BOB admin -p demo_*"))).toMatchObject({ tone: "denied" });
  });

  it("give nothing in projects of which one is denied to whoever gives it", async () => {
    const { type, answer } = bot("allow U0ANN admin; allow U0ADA admin on p*; deny U0ADA on payroll; allow U0SAM viewer on x");
    for (const glob of ["p*", "pay*", "p?yroll*"]) {
      const refused = await answer("error", type("U0ADA", `allow U0EVE viewer -p ${glob}`));
      expect(refused).toMatchObject({ tone: "denied" });
      expect(JSON.stringify(refused)).not.toContain("payroll");
    }
    await answer("granted", type("U0ADA", "allow U0EVE viewer -p prod_*"));
    const { type: of, answer: granted } = bot("allow U0ANN admin; deny everyone operator on payroll");
    await granted("granted", of("U0ANN", "allow U0EVE operator"));
    await answer("granted", type("U0ANN", "allow U0EVE viewer -p p*"));
  });

  it("leave at least one administrator", async () => {
    const { type, answer } = bot("allow U0ROOT admin on nowhere; allow channels operator", { policy: [] });
    expect((await answer("error", type("U0ANN", "deny U0ANN"))).title).toContain("Nobody has any rights yet");
    const kept = bot(text);
    expect(await kept.answer("error", kept.type("U0ANN", "deny U0ANN"))).toMatchObject({
      title: "Nobody would be an administrator then, so I changed nothing.",
    });
    await kept.answer("granted", kept.type("U0ANN", "allow U0BOB admin"));
    await kept.answer("granted", kept.type("U0BOB", "deny U0ANN"));
    expect(await kept.answer("error", kept.type("U0ANN", "allow U0ANN admin"))).toMatchObject({ tone: "denied" });
  });

  it.each([
    ["everyone", "allow U0ANN admin", "deny everyone --role admin"],
    ["everyone altogether", "allow U0ANN admin; allow U0BOB admin", "deny everyone"],
    ["a group that they are in", "allow U0ANN admin", "deny S0DATA --role admin"],
    ["them, and the group that would be left is empty", "allow U0ANN admin; allow S0EMPTY admin", "deny U0ANN"],
    ["them, and all in the group that would be left are gone", "allow U0ANN admin; allow S0OLD admin", "deny U0ANN"],
    ["a group, and the other one is gone", "allow U0ANN admin; allow U0GONE admin", "deny S0DATA"],
  ])("take the last administrators away by no denial of %s", async (_, allowed, command) => {
    const { type, answer } = bot(`${allowed}; allow channels operator`, {
      groups: { S0DATA: ["U0ANN"], S0OLD: ["U0GONE"] },
      asker: (user) => (user === "U0GONE" ? { kind: "refused", why: "gone" } : undefined),
    });
    const refused = await answer("error", type("U0ANN", command));
    expect(refused.title).toBe("Nobody would be an administrator then, so I changed nothing.");
    await answer("granted", type("U0ANN", "allow U0CARL viewer"));
  });

  it("take the last administrator away by no lesser role either, and do so where another is left", async () => {
    const kept = JSON.stringify({ schema: 1, lines: [{ line: "allow U0ANN admin", by: "U0ROOT", at: 0 }] });
    const { type, answer, store, clock } = bot("allow channels operator");
    await store.put({ partition: "rights/T1", id: "policy" }, JSON.parse(kept), clock.now() + 1_000_000_000);
    const refused = await answer("error", type("U0ANN", "allow U0ANN viewer"));
    expect(refused.title).toBe("Nobody would be an administrator then, so I changed nothing.");
    await answer("granted", type("U0ANN", "allow U0BOB admin"));
    expect(await answer("granted", type("U0ANN", "allow U0ANN viewer"))).toMatchObject({ held: "viewer" });
  });

  it("want somebody picked from Slack's list, not a mere name", async () => {
    const { type, answer } = bot(text);
    expect(await answer("error", type("U0ANN", "allow @bob operator"))).toMatchObject({
      next: expect.stringContaining("Pick them from the list"),
    });
    expect(await answer("error", type("U0ANN", "allow here viewer", direct))).toMatchObject({
      title: expect.stringContaining("no channel"),
    });
  });
});

describe("rights", () => {
  it("says what one may do here and elsewhere, and of other projects nothing", async () => {
    const { type, answer } = bot(
      "allow U0ANN admin; allow U0BOB viewer; allow U0BOB operator on dev_*; allow U0EVE admin on payroll; allow C0GEN viewer",
    );
    const view = await answer(
      "rights",
      type("U0BOB", "rights", { replyTo: { channel: "C0GEN", direct: false, replaceable: false } }),
    );
    expect(view).toEqual({
      kind: "rights",
      here: { project: "demo_project", role: "viewer", isDirect: false, isProduction: false },
      roles: [
        { project: "*", role: "viewer" },
        { project: "dev_*", role: "operator" },
      ],
    });
  });

  it("tells an administrator what somebody has as one of a group, and that a guest has nothing", async () => {
    const { type, answer } = bot("allow U0ANN admin; allow S0DATA operator on dev; allow U0EVE admin; allow channels operator", {
      groups: { S0DATA: ["U0BOB"] },
      asker: (user) => (user === "U0EVE" ? { kind: "refused", why: "guest" } : undefined),
    });
    expect((await answer("rights", type("U0ANN", "rights U0BOB"))).roles).toEqual([{ project: "dev", role: "operator" }]);
    expect((await answer("rights", type("U0ANN", "rights U0EVE"))).roles).toEqual([]);
  });

  it("names the project of a conversation to nobody who has no role in it", async () => {
    const { type, answer } = bot("allow U0ANN admin; allow U0BOB viewer on dev; allow channels operator");
    const view = await answer("rights", type("U0BOB", "rights"));
    expect(view).toMatchObject({ here: { isDirect: false }, roles: [{ project: "dev", role: "viewer" }] });
    expect(JSON.stringify(view)).not.toContain("demo_project");
  });

  it("shows an administrator the whole policy, with who set each line", async () => {
    const { type, answer } = bot("allow U0ANN admin; production prod_*; allow channels operator");
    await type("U0ANN", "allow U0BOB operator -p dev");
    const { lines } = await answer("rights", type("U0ANN", "rights"));
    expect(lines).toHaveLength(4);
    expect(lines?.at(-1)).toMatchObject({
      rule: "allow",
      who: { kind: "user", id: "U0BOB" },
      words: "operator",
      project: "dev",
      by: "U0ANN",
    });
    expect(lines?.[1]).toEqual({ rule: "production", words: "prod_*" });
    expect((await answer("rights", type("U0ANN", "rights U0BOB"))).roles).toEqual([{ project: "dev", role: "operator" }]);
  });
});
