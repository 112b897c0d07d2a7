import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aButton, anActions, ann, botUser, general, plain, type Rig, startSlack, until } from "./support.ts";

let rig: Rig;
beforeEach(async () => {
  rig = await startSlack();
});
afterEach(() => rig.close());

const option = (value: string) => ({ text: plain(`Option ${value}`), value });
const card = (...elements: object[]) => rig.say("card", { blocks: [anActions(...elements)] });
const click = (message_ts: string, more: object = {}) =>
  rig.slack.action({ user: "ann", channel: "general", message_ts, action_id: "press", ...more });

describe("a click", () => {
  it("arrives as block_actions, with the message, the button and a way to answer", async () => {
    const ts = await card(aButton({ style: "danger" }));
    const { ok, deliveryId } = await click(ts);
    expect(ok).toBe(true);
    expect(rig.bot.payload()).toMatchObject({
      type: "block_actions",
      user: { id: ann, username: "ann", team_id: "T0ODPSSIM" },
      team: { id: "T0ODPSSIM", domain: "odps-sim" },
      container: { type: "message", message_ts: ts, channel_id: general, is_ephemeral: false },
      channel: { id: general, name: "general" },
      message: { type: "message", ts, text: "card", user: botUser },
      trigger_id: deliveryId,
      state: { values: {} },
      actions: [{ type: "button", action_id: "press", block_id: "acts", value: "v1", style: "danger", text: plain("Press") }],
    });
    expect(rig.bot.payload().response_url).toMatch(/\/commands\//);
  });

  it("of a link button arrives too", async () => {
    await click(await card(aButton({ url: "https://example.com/runbook" })));
    expect(rig.bot.payload().actions).toMatchObject([{ url: "https://example.com/runbook" }]);
  });

  it("sends nothing when its confirm dialog is declined", async () => {
    const confirm = { title: plain("Sure?"), text: plain("Really"), confirm: plain("Yes"), deny: plain("No") };
    const ts = await card(aButton({ confirm }));
    expect(await click(ts, { confirm: false })).toMatchObject({ ok: true, deliveryId: "" });
    expect(rig.bot.received).toEqual([]);
    await click(ts, { confirm: true });
    expect(rig.bot.received).toHaveLength(1);
  });

  it("that the bot takes too long for shows no message, only a failed click", async () => {
    const ts = await card(aButton());
    rig.bot.willAnswer("silence");
    const clicked = click(ts);
    await until(() => rig.bot.received.length === 1);
    await rig.clock.advance(3000);
    expect(await clicked).toMatchObject({ ok: false, error: "operation_timeout" });
    expect(rig.texts("general")).toEqual(["card"]);
  });

  it.each([
    ["a message that is not there", { message_ts: "1.000000" }, "message_not_found"],
    ["an element that is not there", { action_id: "other" }, "no_such_element"],
    ["a value its button does not have", { value: "forged" }, "no_such_element"],
    ["another channel", { channel: "prod-alerts" }, "message_not_found"],
  ])("on %s is refused", async (_what, more, error) => {
    const ts = await card(aButton());
    expect(await click(ts, more)).toMatchObject({ ok: false, error });
    expect(rig.bot.received).toEqual([]);
  });

  it("on somebody else's private message is refused", async () => {
    const { json } = await rig.call("chat.postEphemeral", {
      channel: general,
      user: ann,
      text: "t",
      blocks: [anActions(aButton())],
    });
    expect(await click(json.message_ts, { user: "bob" })).toMatchObject({ ok: false, error: "message_not_found" });
  });

  it("tells buttons of one action_id apart by their value", async () => {
    const row = (value: string) => ({ type: "section", text: plain(value), accessory: aButton({ value }) });
    const ts = await rig.say("rows", { blocks: [row("r1"), row("r2")] });
    await click(ts, { value: "r2" });
    expect(rig.bot.payload().actions).toMatchObject([{ value: "r2" }]);
  });

  it("reaches elements inside a container", async () => {
    const ts = await rig.say("c", { blocks: [{ type: "container", title: plain("t"), child_blocks: [anActions(aButton())] }] });
    await click(ts);
    expect(rig.bot.payload().actions).toMatchObject([{ block_id: "acts" }]);
  });
});

describe("a choice", () => {
  it.each([
    ["overflow", { options: [option("a"), option("b")] }, "b", { selected_option: option("b") }],
    ["static_select", { option_groups: [{ label: plain("g"), options: [option("a")] }] }, "a", { selected_option: option("a") }],
    ["checkboxes", { options: [option("a"), option("b")] }, "a", { selected_options: [option("a")] }],
    ["users_select", {}, "bob", { selected_user: "U0BOB0001" }],
    ["channels_select", {}, "general", { selected_channel: general }],
    ["datepicker", {}, "2026-11-22", { selected_date: "2026-11-22" }],
  ])("in %s arrives in the words of its element", async (type, more, value, chosen) => {
    const ts = await card({ type, action_id: "press", ...more });
    await click(ts, { value });
    expect(rig.bot.payload().actions).toMatchObject([{ type, ...chosen }]);
  });

  it("that is not offered is refused", async () => {
    const ts = await card({ type: "overflow", action_id: "press", options: [option("a")] });
    expect(await click(ts, { value: "z" })).toMatchObject({ ok: false, error: "no_such_option" });
  });

  it("of another element stands in the state", async () => {
    const ts = await card(aButton(), {
      type: "static_select",
      action_id: "s",
      options: [option("a")],
      initial_option: option("a"),
    });
    await click(ts);
    expect(rig.bot.payload().state.values).toEqual({ acts: { s: { type: "static_select", selected_option: option("a") } } });
  });

  it("of an external select must have been suggested by the bot", async () => {
    const ts = await card({ type: "external_select", action_id: "press", min_query_length: 0 });
    expect(await click(ts, { value: "i1" })).toMatchObject({ error: "no_such_option" });
    rig.bot.willAnswer({ body: { options: [option("i1")] } });
    const suggested = await rig.slack.suggest({
      user: "ann",
      channel: "general",
      message_ts: ts,
      action_id: "press",
      value: "i",
    });
    expect(suggested.ack).toEqual({ options: [option("i1")] });
    expect(rig.bot.payload()).toMatchObject({ type: "block_suggestion", action_id: "press", block_id: "acts", value: "i" });
    expect(await click(ts, { value: "i1" })).toMatchObject({ ok: true });
    expect(rig.bot.payload().actions).toMatchObject([{ selected_option: option("i1") }]);
  });
});

describe("the response_url of a click", () => {
  const clickedUrl = async (ts: string) => {
    await click(ts);
    return rig.bot.payload().response_url as string;
  };
  const privateCard = async () =>
    (await rig.call("chat.postEphemeral", { channel: general, user: ann, text: "private card", blocks: [anActions(aButton())] }))
      .json.message_ts as string;

  it("replaces the private message that was clicked, which nothing else can", async () => {
    const ts = await privateCard();
    const url = await clickedUrl(ts);
    expect(rig.bot.payload().message).toBeUndefined();
    expect(rig.bot.payload().container.is_ephemeral).toBe(true);
    expect((await rig.respond(url, { replace_original: true, text: "stopped", blocks: [] })).status).toBe(200);
    expect(rig.slack.messages({ channel: "general" })).toMatchObject([{ ts, text: "stopped", blocks: [], visible_to: ann }]);
  });

  it("replaces and deletes a public message too", async () => {
    const ts = await card(aButton());
    const url = await clickedUrl(ts);
    await rig.respond(url, { replace_original: true, text: "done" });
    expect(rig.texts("general", "bob")).toEqual(["done"]);
    await rig.respond(url, { delete_original: true });
    expect(rig.texts("general")).toEqual([]);
    expect(await rig.respond(url, { replace_original: true, text: "again" })).toMatchObject({
      json: { error: "message_not_found" },
    });
  });

  it("answers beside the message when not told to replace it", async () => {
    const ts = await card(aButton());
    await rig.respond(await clickedUrl(ts), { text: "only for you" });
    expect(rig.texts("general", "ann")).toEqual(["card", "only for you"]);
    expect(rig.texts("general", "bob")).toEqual(["card"]);
  });
});
