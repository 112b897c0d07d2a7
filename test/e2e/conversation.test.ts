// Whole conversations on the simulated MaxCompute and the simulated Slack, as `npm start` runs them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ALocalRun, SeenMessage } from "../support/local-run.ts";
import { aLocalRun } from "../support/local-run.ts";

const documented = "20160519101349613gzbzufck2";
let local: ALocalRun;
beforeAll(async () => {
  local = await aLocalRun();
});
afterAll(() => local.stop());

const all = (message: SeenMessage): string => JSON.stringify(message.blocks) + message.text;
const start = async (scenario: string, more = {}) =>
  (await local.post<{ id: string }>("/sim/maxcompute/instances", { scenario, ...more })).id;
const holds = (words: string) => (message: SeenMessage) => all(message).includes(words);

describe("somebody who types in a channel", () => {
  it("gets a true answer about a running instance, for their eyes alone", async () => {
    const id = await start("running");
    const answer = await local.type("vic", "general", `status ${id}`);
    expect(all(answer)).toMatch(/RUNNING|WAITING/);
    expect(all(answer)).toContain(id);
    expect(answer.visible_to).toBeDefined();
    expect((await local.messages("general", "ann")).map(({ ts }) => ts)).not.toContain(answer.ts);
  });

  it("sees the documented instance as the documentation has it", async () => {
    expect(all(await local.type("vic", "general", `tasks ${documented}`))).toContain("AnonymousSQLTask");
    expect(all(await local.type("vic", "general", `progress ${documented}`))).toContain("M1_Stg1_job0:0/1/1[100%]");
    expect(all(await local.type("vic", "general", `result ${documented}`))).toContain("Iris-setosa");
    expect(all(await local.type("vic", "general", `status ${documented}`))).toContain("SUCCESS");
  });

  it("is acknowledged at once, under the id that the log has", async () => {
    const { ok, ack, elapsed_ms, request_id } = await local.command("vic", "general", "list");
    expect({ ok, ack }).toEqual({ ok: true, ack: "" });
    expect(elapsed_ms).toBeLessThan(3_000);
    await local.until(async () => local.logged.find((line) => line.includes(request_id) && line.includes("request.answered")));
  });

  it("hears of a typo in the acknowledgement itself, and can press what was meant", async () => {
    const id = await start("success");
    const answer = await local.type("vic", "general", `staus ${id}`);
    expect(answer.text).toContain("Did you mean 'status'");
    expect(all(await local.press("vic", answer, "command.run.1"))).toContain("SUCCESS");
  });

  it("hears that an instance is not there, with MaxCompute's request id and an error id that the log has", async () => {
    const answer = await local.type("vic", "general", "status 20200101000000000gnothere1");
    expect(all(answer)).toContain("no such instance");
    const [errorId = "none"] = /E-[0-9A-Z]{8}/.exec(all(answer)) ?? [];
    expect(local.logged.join("")).toContain(errorId);
  });

  it("names an instance by its number, by last, by a suffix and by a pasted link", async () => {
    const list = await local.type("ann", "general", "list --failed");
    expect(all(list)).toContain("failed");
    const first = await local.type("ann", "general", "status #1");
    const tasks = await local.type("ann", "general", "tasks last");
    expect(all(first)).toContain("FAILED");
    expect(all(tasks)).toContain(/`(\d{17}g\w+)`/.exec(all(first))?.[1] ?? "no id");
    expect(all(await local.type("ann", "general", `exists ${documented}`))).toContain(documented);
    expect(all(await local.type("ann", "general", "status zbzufck2"))).toContain(documented);
    expect(all(await local.type("ann", "general", `https://x.test/?h=a&p=demo_project&i=${documented}`))).toContain(documented);
  });

  it("gets a Logview link alone, with a token that no log line has", async () => {
    const answer = await local.type("vic", "general", `logview ${documented}`);
    const [, token = "none"] = /token=([^"&\s]+)/.exec(all(answer)) ?? [];
    expect(token).not.toBe("none");
    expect(answer.visible_to).toBeDefined();
    expect(local.logged.join("")).not.toContain(token);
  });

  it("shows a card to everybody, which carries the link without a token", async () => {
    const id = await start("running");
    await local.command("vic", "general", `status ${id} --share`);
    const shared = await local.until(async () => (await local.messages("general", "ann")).find(holds(id)));
    expect(shared.visible_to).toBeUndefined();
    expect(all(shared)).toContain("job-insights");
    expect(all(shared)).not.toContain("token=");
  });

  it("gets a result as a file in a direct message", async () => {
    const id = await start("medium");
    await local.command("vic", "general", `result ${id} --csv`);
    const file = await local.until(async () => (await local.messages("@vic", "vic")).flatMap(({ files }) => files).at(0));
    const text = await (await fetch(`${local.origin}${file.path}`)).text();
    expect(text.split("\r\n")).toHaveLength(302);
  });

  it("survives an instance whose every name is hostile", async () => {
    const id = await start("hostile");
    for (const verb of ["status", "tasks", "progress", "result"]) {
      const answer = await local.type("vic", "general", `${verb} ${id}`);
      expect(answer.text).not.toContain("<!channel>");
      expect(all(answer)).not.toContain("Something broke");
    }
  });

  it("is told when MaxCompute refuses, fails or is out of reach", async () => {
    const denied = await start("denied");
    expect(all(await local.type("vic", "general", `status ${denied}`))).toContain("does not let this bot");
    await local.post("/sim/faults", { target: "maxcompute", kind: "unreachable", times: 10 });
    expect(all(await local.type("vic", "general", `tasks ${documented}`))).toContain("cannot reach MaxCompute");
    await local.post("/sim/faults", { target: "maxcompute", kind: "clear" });
    await local.post("/sim/faults", { target: "maxcompute", kind: "throttled", retryAfterSeconds: 60, times: 10 });
    expect(all(await local.type("vic", "general", `tasks ${documented}`))).toContain("asks to slow down");
    await local.post("/sim/faults", { target: "maxcompute", kind: "clear" });
    expect(all(await local.type("vic", "general", `tasks ${documented}`))).toContain("AnonymousSQLTask");
  });
});

describe("a channel the bot has not joined", () => {
  it("is answered all the same, and a direct message is a command without a slash", async () => {
    expect(all(await local.type("ann", "random", `status ${documented}`))).toContain("SUCCESS");
    expect(all(await local.say("ann", "@ann", `status ${documented}`))).toContain("SUCCESS");
  });
});

describe("a mention", () => {
  it("is answered in its thread, for who wrote it alone", async () => {
    await local.command("vic", "general", `status ${documented} --share`);
    const card = await local.until(async () =>
      (await local.messages("general", "ann")).find((message) => message.visible_to === undefined && holds(documented)(message)),
    );
    await local.post("/sim/slack/message", { user: "bob", channel: "general", text: "looking", thread_ts: card.ts });
    const answer = await local.say("bob", "general", `@odps tasks ${documented}`, card.ts);
    expect(answer).toMatchObject({ thread_ts: card.ts, visible_to: expect.any(String) });
  });
});

describe("stop", () => {
  it("is refused to a viewer, by command, and has no button on a viewer's card", async () => {
    const id = await start("running");
    expect(all(await local.type("vic", "general", `stop ${id}`))).toContain("needs the role operator");
    expect(all(await local.type("vic", "general", `status ${id}`))).not.toContain("instance.stop");
    expect(all(await local.type("sam", "general", `status ${id}`))).toContain("you have no role in that project");
  });

  it("asks an operator, stops on the press, tells them what MaxCompute says and the channel who did it", async () => {
    const id = await start("running");
    const asked = await local.type("bob", "prod-alerts", `stop ${id} --reason "wrong day"`);
    expect(all(asked)).toContain("intent.run");
    const outcome = await local.press("bob", asked, "intent.run", holds("CANCELLED"));
    expect(outcome.ts).toBe(asked.ts);
    expect(all(outcome)).not.toContain("intent.run");
    const announced = await local.until(async () => (await local.messages("prod-alerts", "vic")).find(holds(id)));
    expect(all(announced)).toContain("wrong day");
    expect(all(await local.type("vic", "prod-alerts", `status ${id}`))).toContain("CANCELLED");
  });

  it("is not had by typing a confirmation", async () => {
    const id = await start("running");
    expect(all(await local.type("bob", "general", `stop ${id} --confirmed`))).toContain("has no '--confirmed'");
    expect(all(await local.type("bob", "general", `status ${id}`))).toMatch(/RUNNING|WAITING/);
  });

  it("of a finished instance says so", async () => {
    expect(all(await local.type("bob", "general", `stop ${documented}`)).toLowerCase()).toContain("already finished");
  });

  it("lets it run when the operator thinks better of it", async () => {
    const id = await start("running");
    const asked = await local.type("bob", "general", `stop ${id}`);
    await local.press("bob", asked, "intent.cancel");
    expect(all(await local.type("bob", "general", `status ${id}`))).toMatch(/RUNNING|WAITING/);
  });
});

describe("the log", () => {
  it("has no secret of all this", () => {
    expect(local.logged.join("")).not.toMatch(/xoxb-simulated|\/commands\/T0|token=(?!\*)|simulated-access-key/);
  });
});
