// What a local run remembers, and what becomes of commands that a killed process left behind.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/simulator/clock.ts";
import { aLocalRun, freePortPair, type SeenMessage } from "../support/local-run.ts";

const folder = () => mkdtempSync(join(tmpdir(), "odps-restart-"));
const main = new URL("../../src/local/main.ts", import.meta.url).pathname;

/** `npm start` as a process of its own, up to its ready line. */
async function aProcess(env: Record<string, string>) {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const ended = once(child, "exit");
  const ready = new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk) => {
      out += chunk;
      if (out.includes("ready=")) resolve();
    });
  });
  await Promise.race([ready, ended]);
  return { child, ended, out: () => out, err: () => err };
}

type Answer = { readonly ok: boolean; readonly request_id: string };

const post = async (port: number, path: string, body: object): Promise<Answer> => {
  const answer = await fetch(`http://localhost:${port}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Answer;
};

describe("a local run that is started again", () => {
  it("still knows the conversation, the instances and what last was", async () => {
    const home = folder();
    const before = await aLocalRun({}, home);
    const { id } = await before.post<{ id: string }>("/sim/maxcompute/instances", { scenario: "running" });
    await before.type("ann", "general", `status ${id}`);
    await before.stop({ keep: true });
    const after = await aLocalRun({}, home);
    expect((await after.messages("general", "ann")).length).toBeGreaterThan(0);
    expect(JSON.stringify(await after.type("ann", "general", "tasks last"))).toContain("AnonymousSQLTask");
    await after.stop();
  });

  it("apologises for what a killed process had acknowledged and not answered", async () => {
    const home = folder();
    const port = await freePortPair();
    const { child, ended } = await aProcess({ PORT: String(port), ODPS_HOME: home });
    await post(port, "/sim/faults", { target: "maxcompute", kind: "slow", ms: 30_000, times: 50 });
    const { ok, request_id } = await post(port, "/sim/slack/command", {
      user: "vic",
      channel: "general",
      text: "status 20160519101349613gzbzufck2",
    });
    expect(ok).toBe(true);
    child.kill("SIGKILL");
    await ended;
    const after = await aLocalRun({}, home);
    const apology = await after.until(async () => {
      const seen = [...(await after.messages("general", "vic")), ...(await after.messages("@vic", "vic"))];
      return seen.find(({ blocks }) => JSON.stringify(blocks).includes(request_id));
    });
    expect(apology.text).toMatch(/interrupted|too late/);
    await after.stop();
  });

  it("says on the card of an approval how the instance stands whose stop a killed process had begun", async () => {
    const home = folder();
    const env = { ODPS_POLICY: "production demo_project" };
    const before = await aLocalRun(env, home);
    const { id } = await before.post<{ id: string }>("/sim/maxcompute/instances", { scenario: "running" });
    const isCard = ({ text }: SeenMessage) => text.includes("asks to stop");
    const question = await before.type("bob", "general", `stop ${id}`, ({ blocks }) =>
      JSON.stringify(blocks).includes("intent.run"),
    );
    await before.press("bob", question, "intent.run", isCard);
    await before.stop({ keep: true });

    const port = await freePortPair();
    const { child, ended } = await aProcess({ PORT: String(port), ODPS_HOME: home, ...env });
    await post(port, "/sim/faults", { target: "maxcompute", kind: "slow", ms: 30_000, times: 50 });
    const messages = async () =>
      (await (await fetch(`http://localhost:${port}/sim/slack/messages?channel=general&user=ann`)).json()) as SeenMessage[];
    const card = (await messages()).find(isCard);
    const approve = { user: "ann", channel: "general", message_ts: card?.ts, action_id: "intent.approve", confirm: true };
    expect((await post(port, "/sim/slack/action", approve)).ok).toBe(true);
    while (!(await messages()).some(({ ts, text }) => ts === card?.ts && text.startsWith("STOPPING")));
    child.kill("SIGKILL");
    await ended;

    const threeMinutesOn = { ...systemClock, now: () => systemClock.now() + 180_000 };
    const after = await aLocalRun(env, home, { clock: threeMinutesOn });
    const said = await after.until(async () =>
      (await after.messages("general", "bob")).find(({ ts, text }) => ts === card?.ts && text.startsWith("UNKNOWN")),
    );
    expect(said.text).toContain("MaxCompute has not confirmed it and says RUNNING");
    const apology = await after.until(async () =>
      (await after.messages("general", "ann")).find(
        ({ visible_to, text }) => visible_to !== undefined && /interrupted/.test(text),
      ),
    );
    expect(JSON.stringify(apology.blocks)).toContain("may or may not have been stopped");
    await after.stop();
  });

  it("does not share its folder with a second process, and says so", async () => {
    const first = await aLocalRun();
    const second = await aProcess({ PORT: String(await freePortPair()), ODPS_HOME: first.home });
    expect(await second.ended).toEqual([1, null]);
    expect(second.err()).toContain("another odps-chatops is using");
    await first.stop();
  });
});

describe("npm start", () => {
  it("ends its output with where it is ready, and stops cleanly", async () => {
    const port = await freePortPair();
    const { child, ended, out } = await aProcess({ PORT: String(port), ODPS_HOME: folder() });
    expect(out().trimEnd().split("\n").at(-1)).toBe(`ready=http://localhost:${port}`);
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  });

  it("says what is wrong with the settings, all at once, and nothing else", async () => {
    const { ended, err } = await aProcess({ PORT: "0", SLACK_BOT_TOKEN: "xoxb-1" });
    expect(await ended).toEqual([1, null]);
    expect(err()).toMatch(/^odps-chatops: These settings are wrong:\n {2}PORT: .*\n {2}SLACK_APP_TOKEN: .*\n$/);
  });

  it("says which port is taken, and leaves nothing open", async () => {
    const first = await aLocalRun();
    const { ended, err } = await aProcess({ PORT: String(first.port), ODPS_HOME: folder() });
    expect(await ended).toEqual([1, null]);
    expect(err()).toMatch(/port \d+ is in use; set PORT/);
    await first.stop();
  });
});
