// Nothing secret comes out of a local run, however it is written: not in what it prints, logs and keeps, nor in what people are shown.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aPlantedRun, planted } from "../support/leaks/local-run.ts";
import type { SeenMessage } from "../support/local-run.ts";

type PlantedRun = Awaited<ReturnType<typeof aPlantedRun>>;
let run: PlantedRun;
beforeAll(async () => {
  run = await aPlantedRun();
});
afterAll(() => run.close());

const pasted = "PASTED/LOGVIEW+TOKEN==";
const all = (message: SeenMessage): string => JSON.stringify(message.blocks) + message.text;
const link = (id: string) => `http://logview.aliyun.com/logview/?h=http://x.test/api&p=demo_project&i=${id}&token=${pasted}`;

/** What a careless service would repeat of what it was sent and knows. */
const echo = (): string =>
  [planted.accessKey, planted.stsToken]
    .flatMap((secret) => {
      const bytes = Buffer.from(secret);
      return [
        secret,
        encodeURIComponent(secret),
        bytes.toString("hex"),
        bytes.toString("base64"),
        `k${bytes.toString("base64url")}`,
      ];
    })
    .join(" ");

describe("a local run", () => {
  it("lets no secret out in a conversation with everything in it, where every line is logged", async () => {
    const { maxcompute } = run;
    const success = maxcompute.instances.success ?? "";
    const running = maxcompute.start("running");

    const [, token = ""] = /token=([\w%+/=-]{20,})/.exec(all(await run.type("vic", "general", `logview ${success}`))) ?? [];
    expect(token).not.toBe("");
    const caution = await run.say("bob", "general", `look ${link(success)}`);
    expect(caution.text).toContain("Whoever reads the message");
    await run.type("vic", "general", `frobnicate ${link(success)}`);
    await run.type("vic", "general", `status ${link(success)}`);
    await run.type("sam", "general", `status ${success}`);

    const card = await run.type("vic", "prod-alerts", `result ${success}`);
    await run.post("/sim/slack/action", {
      user: "vic",
      channel: card.channel,
      message_ts: card.ts,
      action_id: "instance.filter",
    });
    await run.until(async () => {
      const { modals } = await run.get<{ modals: readonly unknown[] }>("/sim/slack");
      return JSON.stringify(modals).includes("Rows that contain") ? true : undefined;
    });
    await run.command("vic", "general", `result ${success} --csv`);
    await run.until(async () => (await run.messages("@vic", "vic")).flatMap(({ files }) => files).at(0));
    await run.type("bob", "prod-alerts", `watch ${running}`);
    const stop = await run.type("bob", "prod-alerts", `stop ${running} --reason "${link(success)}"`, (message) =>
      all(message).includes("intent.run"),
    );
    await run.press("bob", stop, "intent.run", (message) => all(message).includes("CANCELLED"));

    maxcompute.fault({ kind: "status", status: 400, code: "InvalidParameter", message: echo(), match: success, times: 1 });
    expect(all(await run.type("vic", "general", `exists ${success}`))).toContain("***");
    await run.post("/sim/faults", { target: "slack", kind: "dead_response_url", times: 2 });
    const { request_id } = await run.command("vic", "random", `exists ${success}`);
    await run.logs("request.answered", request_id);
    await run.idle();
    expect(await run.leaks({ token }, { pasted })).toEqual([]);

    await run.post("/sim/faults", { target: "slack", kind: "http", status: 500, times: 20 });
    const lost = await run.command("vic", "general", "list");
    await run.logs("request.unanswered", lost.request_id);
    await run.post("/sim/faults", { target: "slack", kind: "clear" });

    const leaks = await run.leaks({ token }, { pasted });
    // A request that has no answer yet keeps where it is answered; everything else of it is closed.
    expect(leaks.filter((leak) => !leak.startsWith("stored: responsePath"))).toEqual([]);
  });

  it("is searched by something that finds what is planted in each kind of thing that comes out", async () => {
    const { maxcompute } = run;
    const text = Buffer.from(`x${planted.stsToken}`).toString("base64url");
    const success = maxcompute.instances.success ?? "";
    expect(await run.leaks({}, {}, { stdout: text, stderr: encodeURIComponent(planted.signing) })).toEqual(
      expect.arrayContaining(["stdout: stsToken, in base64, 1 bytes behind", "stderr: signing, as it is percent-encoded"]),
    );
    await run.type("bob", "general", `watch ${maxcompute.start("running")}`);
    await run.type("bob", "general", `exists ${success} --share`);
    const found = await run.leaks({}, { shown: success });
    for (const kind of ["stored", "posts", "privates"]) expect(found).toContain(`${kind}: shown, as it is`);
  });
});
