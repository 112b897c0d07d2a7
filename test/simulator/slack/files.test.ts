import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ann, general, type Rig, random, secretOps, startSlack } from "./support.ts";

let rig: Rig;
beforeEach(async () => {
  rig = await startSlack();
});
afterEach(() => rig.close());

const csv = "dt,orders\n2026-11-21,18223\n";
const announce = async (length = csv.length, filename = "result.csv") =>
  (await rig.call("files.getUploadURLExternal", { filename, length })).json;
const complete = async (args: object) => (await rig.call("files.completeUploadExternal", args)).json;
const uploaded = async () => {
  const { upload_url, file_id } = await announce();
  const sent = await fetch(upload_url, { method: "POST", body: csv });
  expect(sent.status).toBe(200);
  return file_id as string;
};

describe("a file", () => {
  it("is shared some time after Slack said yes, and can be downloaded", async () => {
    const id = await uploaded();
    const answer = await complete({ files: [{ id, title: "Result" }], channel_id: general, initial_comment: "all rows" });
    expect(answer).toEqual({ ok: true, files: [{ id, title: "Result" }] });
    expect(rig.texts("general")).toEqual([]);
    await rig.clock.advance(300);
    const [message] = rig.slack.messages({ channel: "general" });
    expect(message).toMatchObject({
      text: "all rows",
      files: [{ id, name: "result.csv", title: "Result", size: csv.length, mimetype: "text/csv" }],
    });
    const download = await fetch(rig.slack.url + message?.files[0]?.path);
    expect(await download.text()).toBe(csv);
    expect(download.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''result.csv");
  });

  it("goes to a thread and to a direct conversation by its own id", async () => {
    const ts = await rig.say("card");
    await complete({ files: [{ id: await uploaded() }], channel_id: general, thread_ts: ts });
    const { json } = await rig.call("conversations.open", { users: ann });
    await complete({ files: [{ id: await uploaded() }], channel_id: json.channel.id });
    await rig.clock.advance(300);
    expect(rig.slack.messages({ channel: "general" })[1]).toMatchObject({ thread_ts: ts });
    expect(rig.slack.messages({ channel: "@ann", user: "ann" })).toMatchObject([{ files: [{ name: "result.csv" }] }]);
  });

  it("may come as a multipart form", async () => {
    const { upload_url } = await announce();
    const form = new FormData();
    form.append("file", new Blob([csv]), "result.csv");
    expect(await (await fetch(upload_url, { method: "POST", body: form })).text()).toBe(`OK - ${csv.length}`);
  });

  it.each([
    ["of no bytes", 0, "invalid_arguments"],
    ["of over 1 GiB", 1024 * 1024 * 1024 + 1, "file_upload_size_restricted"],
  ])("%s is refused", async (_what, length, error) => {
    expect((await announce(length)).error).toBe(error);
  });

  it("of another length than announced is refused, and then is not there", async () => {
    const { upload_url, file_id } = await announce(csv.length + 1);
    expect((await fetch(upload_url, { method: "POST", body: csv })).status).toBe(400);
    expect((await complete({ files: [{ id: file_id }], channel_id: general })).error).toBe("file_not_found");
  });

  it.each([
    ["a channel the bot has not joined", random, "not_in_channel"],
    ["a private channel it is not in", secretOps, "channel_not_found"],
    ["a channel's name", "general", "channel_not_found"],
    ["a person instead of a conversation", ann, "channel_not_found"],
  ])("is not shared to %s", async (_what, channel_id, error) => {
    expect((await complete({ files: [{ id: await uploaded() }], channel_id })).error).toBe(error);
  });

  it("needs membership even where messages do not", async () => {
    const open = await startSlack({ scopes: ["chat:write", "chat:write.public", "files:write"] });
    expect((await open.call("chat.postMessage", { channel: random, text: "t" })).json.ok).toBe(true);
    const { upload_url, file_id } = (await open.call("files.getUploadURLExternal", { filename: "a.csv", length: 1 })).json;
    await fetch(upload_url, { method: "POST", body: "x" });
    const shared = await open.call("files.completeUploadExternal", { files: [{ id: file_id }], channel_id: random });
    expect(shared.json.error).toBe("not_in_channel");
    await open.close();
  });

  it("is not served before it is complete, nor to who guesses", async () => {
    const id = await uploaded();
    expect((await fetch(`${rig.slack.url}/files/${id}/result.csv`)).status).toBe(404);
    expect((await fetch(`${rig.slack.url}/upload/${id}/guess`, { method: "POST", body: "x" })).status).toBe(404);
  });

  it("keeps a strange name out of the headers", async () => {
    const { upload_url, file_id } = await announce(1, "a\r\nx: 'y\".html");
    await fetch(upload_url, { method: "POST", body: "x" });
    await complete({ files: [{ id: file_id }], channel_id: general });
    const download = await fetch(`${rig.slack.url}/files/${file_id}/a`);
    expect(download.headers.get("content-type")).toBe("application/octet-stream");
    expect(download.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''a%0D%0Ax%3A%20%27y%22.html");
  });
});
