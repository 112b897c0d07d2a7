// A check-up of the bot, on the simulated MaxCompute and the simulated Slack, as `npm start` runs them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ALocalRun, SeenMessage } from "../support/local-run.ts";
import { aLocalRun } from "../support/local-run.ts";

let local: ALocalRun;
beforeAll(async () => {
  local = await aLocalRun();
});
afterAll(() => local.stop());

/** What a person reads, a line a text, without times and ids that differ from run to run. */
const transcriptOf = ({ blocks }: SeenMessage): string =>
  blocks
    .flatMap((block) => [block.text, ...(block.elements ?? [])] as readonly ({ readonly text?: unknown } | undefined)[])
    .flatMap((each) => (typeof each?.text === "string" ? [each.text] : []))
    .join("\n")
    .replaceAll(/\d+\.\d s/g, "0.1 s")
    .replaceAll(/…\w{8}/g, "…instance")
    .replaceAll(/Node [\d.]+/g, "Node 24")
    .replaceAll(/<!date[^>]+>/g, "<now>");

const isCheckup = ({ text }: SeenMessage): boolean => / ok\b/.test(text);
const examined = () => local.type("ann", "general", "doctor", isCheckup);

describe("/odps doctor", () => {
  it("tells an admin, and nobody else, how the bot is", async () => {
    // The first tick has to have seen that there is nothing to watch.
    let answer = await examined();
    while (!transcriptOf(answer).includes("Schedule: rests")) answer = await examined();
    expect(answer.visible_to).toBe("U0ANN0001");
    expect(transcriptOf(answer)).toMatchInlineSnapshot(`
      "*1 not checked, 13 ok*
      :grey_question: *NOT CHECKED*  *Stopping*  not tried, for only a stop would tell: what the bot's account started itself it may stop, what others started it may where that was granted
      → Grant odps:Write on the instances to the bot's account where \`stop\` is wanted; the first real stop tells.
      :white_check_mark: *OK*  Slack token, This channel, Signing secret, Clock, Store, Queue, Schedule, Unanswered, Version, MaxCompute, Reading, Tunnel, Logview
      Slack token: taken, with the 11 scopes of the manifest · This channel: I am in it · Signing secret: made for this run, and the simulated Slack signs with it · Clock: as Slack's, as MaxCompute's · Store: written, read back, and a write on old news refused · Queue: came through in 0.1 s · Schedule: rests, for nothing is watched · Unanswered: no request is left without an answer · Version: odps-chatops 0.0.0 on Node 24, on this machine · MaxCompute: lists instances of \`demo_project\`, in 0.1 s · Reading: the newest 3, with their tasks · Tunnel: opens the result of \`…instance\` · Logview: links can be made
      Checked in 0 s
      Updated <now>"
    `);
  });

  it("says first what is broken, and what to do about it", async () => {
    await local.post("/sim/faults", { target: "slack", kind: "error", method: "auth.test", error: "token_revoked", times: 1 });
    await local.post("/sim/faults", { target: "maxcompute", kind: "unreachable" });
    const answer = await examined();
    await local.post("/sim/faults", { target: "maxcompute", kind: "clear" });
    expect(answer.text).toMatch(/^2 broken, /);
    const [, token, maxcompute] = transcriptOf(answer).split(/\n(?=:x:|:grey_question:)/);
    expect(token).toContain("Slack says token_revoked\n→ Install the app again");
    expect(maxcompute).toContain("MaxCompute cannot be reached\n→ Check ODPS_ENDPOINT");
  });

  it("tells everybody else that it is there, and which one it is", async () => {
    for (const who of ["bob", "vic", "sam"]) {
      const { text, visible_to } = await local.type(who, "general", "doctor");
      expect(text).toMatch(/^I am here: version 0\.0\.0, and your command reached me in under a second\./);
      expect(visible_to).toBeDefined();
    }
  });

  it("puts no secret of the run into what it says or logs", async () => {
    const said = JSON.stringify(await local.messages("general", "ann"));
    expect(said + local.logged.join("")).not.toMatch(/xoxb-|\/commands\/T0|token=(?!\*)|simulated-access/);
  });
});
