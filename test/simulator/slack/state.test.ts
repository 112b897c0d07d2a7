import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aModal, ann, general, startSlack, until } from "./support.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "slack-state-"));
});
afterEach(() => rm(folder, { recursive: true }));

const start = () => startSlack({ stateFile: join(folder, "slack.db") });

describe("a restart", () => {
  it("keeps messages, edits, private messages and memberships", async () => {
    const before = await start();
    const ts = await before.say("one");
    await before.call("chat.update", { channel: general, ts, text: "one, edited" });
    await before.call("chat.postEphemeral", { channel: general, user: ann, text: "two" });
    before.slack.invite({ channel: "random", user: "odps" });
    const shown = before.slack.messages({ channel: "general" });
    await before.close();

    const after = await start();
    expect(after.slack.messages({ channel: "general" })).toEqual(shown);
    const later = await after.say("three");
    expect(after.texts("general", "ann")).toEqual(["one, edited", "two", "three"]);
    expect(shown.map((message) => message.ts)).not.toContain(later);
    expect(after.slack.channels().find(({ name }) => name === "random")?.members).toContain(after.slack.bot.userId);
    await after.close();
  });

  it("keeps response_urls with their count, modals and files", async () => {
    const before = await start();
    const { deliveryId } = await before.slack.command({ user: "ann", channel: "general", text: "run" });
    const path = new URL(before.bot.received[0]?.form.get("response_url") ?? "").pathname;
    for (let count = 0; count < 4; count += 1) await before.respond(before.slack.url + path, { text: "t" });
    await before.call("views.open", { trigger_id: deliveryId, view: aModal() });
    const { upload_url, file_id } = (await before.call("files.getUploadURLExternal", { filename: "a.csv", length: 3 })).json;
    await fetch(upload_url, { method: "POST", body: "a,b" });
    await before.call("files.completeUploadExternal", { files: [{ id: file_id }], channel_id: general });
    const modals = before.slack.modals();
    await before.close();

    const after = await start();
    expect(after.slack.modals()).toEqual(modals);
    expect((await after.respond(after.slack.url + path, { text: "t" })).status).toBe(200);
    expect((await after.respond(after.slack.url + path, { text: "t" })).json.error).toBe("used_url");
    expect(await (await fetch(`${after.slack.url}/files/${file_id}/a.csv`)).text()).toBe("a,b");
    await after.clock.advance(300);
    expect(after.slack.messages({ channel: "general" }).at(-1)).toMatchObject({ files: [{ id: file_id }] });
    await after.close();
  });

  it("repeats an event that was not taken before it", async () => {
    const before = await start();
    before.bot.willAnswer({ status: 500 }, { status: 500 });
    await before.slack.message({ user: "ann", channel: "general", text: "@odps status" });
    await until(() => before.clock.waiting().includes(60_000));
    const sent = before.bot.event().event_id;
    await before.close();

    const after = await start();
    await after.clock.advance(60_000);
    await until(() => after.bot.received.length === 1);
    expect(after.bot.event().event_id).toBe(sent);
    expect(after.bot.received[0]?.headers["x-slack-retry-num"]).toBe("2");
    await after.close();
  });

  it("keeps nothing of what was reset", async () => {
    const before = await start();
    await before.say("one");
    await before.close();
    const between = await start();
    between.slack.reset();
    await between.close();
    const after = await start();
    expect(after.texts("general")).toEqual([]);
    await after.close();
  });
});

describe("watching for changes", () => {
  it("names the channel that changed, until it is stopped", async () => {
    const rig = await startSlack();
    const seen: unknown[] = [];
    const stop = rig.slack.onChange((change) => seen.push(change));
    await rig.say("one");
    stop();
    await rig.say("two");
    expect(seen).toEqual([{ channel: general }]);
    await rig.close();
  });
});
