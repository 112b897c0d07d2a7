import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aButton, aModal, anActions, ann, plain, type Rig, startSlack, until } from "./support.ts";

let rig: Rig;
beforeEach(async () => {
  rig = await startSlack();
});
afterEach(() => rig.close());

const trigger = async () => (await rig.slack.command({ user: "ann", channel: "general", text: "run" })).deliveryId;
const open = async (view: object = aModal()) => (await rig.call("views.open", { trigger_id: await trigger(), view })).json;
const submit = (view_id: string, values: Record<string, unknown> = { v: "wrong" }) =>
  rig.slack.submitView({ user: "ann", view_id, values });
const titles = () => rig.slack.modals().map(({ view }) => (view.title as { text: string }).text);

describe("opening a modal", () => {
  it("shows it to the person whose trigger it was", async () => {
    const { ok, view } = await open(aModal({ private_metadata: "r1:1" }));
    expect(ok).toBe(true);
    expect(view).toMatchObject({ type: "modal", callback_id: "ask", private_metadata: "r1:1", state: { values: {} } });
    expect(rig.slack.modals()).toMatchObject([{ id: view.id, user: ann, hash: view.hash }]);
  });

  it("works for three seconds", async () => {
    const late = await trigger();
    const inTime = await trigger();
    await rig.clock.advance(3000);
    expect((await rig.call("views.open", { trigger_id: inTime, view: aModal() })).json.ok).toBe(true);
    await rig.clock.advance(1);
    expect((await rig.call("views.open", { trigger_id: late, view: aModal() })).json.error).toBe("expired_trigger_id");
  });

  it("works once a trigger, and not with an invented one", async () => {
    const trigger_id = await trigger();
    await rig.call("views.open", { trigger_id, view: aModal() });
    expect((await rig.call("views.open", { trigger_id, view: aModal() })).json.error).toBe("exchanged_trigger_id");
    expect((await rig.call("views.open", { trigger_id: "1.2.3", view: aModal() })).json.error).toBe("invalid_trigger_id");
  });

  it("is refused with the pointer of what is wrong, and the trigger stays good", async () => {
    const trigger_id = await trigger();
    const { json } = await rig.call("views.open", { trigger_id, view: aModal({ title: plain("x".repeat(25)) }) });
    expect(json.error).toBe("invalid_arguments");
    expect(json.response_metadata.messages).toEqual(["[ERROR] must be less than 25 characters [json-pointer:/title/text]"]);
    expect((await rig.call("views.open", { trigger_id, view: aModal() })).json.ok).toBe(true);
  });
});

describe("updating and stacking", () => {
  it("takes an update with the current hash and refuses an old one", async () => {
    const { view } = await open();
    const update = (hash: string) => rig.call("views.update", { view_id: view.id, hash, view: aModal({ title: plain("Done") }) });
    expect((await update(view.hash)).json.ok).toBe(true);
    expect(titles()).toEqual(["Done"]);
    expect((await update(view.hash)).json.error).toBe("hash_conflict");
    expect((await rig.call("views.update", { view_id: "V0", view: aModal() })).json.error).toBe("not_found");
  });

  it("stacks three and no more", async () => {
    const buttons = aModal({ blocks: [anActions(aButton())] });
    let { view } = await open(buttons);
    const push = async () => {
      const { deliveryId } = await rig.slack.action({ user: "ann", channel: "general", message_ts: view.id, action_id: "press" });
      return (await rig.call("views.push", { trigger_id: deliveryId, view: buttons })).json;
    };
    for (let depth = 2; depth <= 3; depth += 1) ({ view } = await push());
    expect(rig.bot.payload()).toMatchObject({ container: { type: "view" }, actions: [{ action_id: "press" }] });
    expect((await push()).error).toBe("push_limit_reached");
    expect(rig.slack.modals()).toHaveLength(3);
  });

  it("publishes a Home tab for one person", async () => {
    const home = { type: "home", blocks: [{ type: "divider" }] };
    expect((await rig.call("views.publish", { user_id: ann, view: home })).json.ok).toBe(true);
    expect(rig.slack.home("ann")).toMatchObject({ type: "home" });
    expect(rig.slack.home("bob")).toBeUndefined();
  });
});

describe("submitting", () => {
  it("sends what was typed and closes the modal", async () => {
    const { view } = await open();
    expect(await submit(view.id, { reason: { v: "wrong" } })).toMatchObject({ ok: true });
    expect(rig.bot.payload()).toMatchObject({
      type: "view_submission",
      user: { id: ann },
      view: {
        id: view.id,
        callback_id: "ask",
        state: { values: { reason: { v: { type: "plain_text_input", value: "wrong" } } } },
      },
    });
    expect(rig.slack.modals()).toEqual([]);
  });

  it.each([
    ["a required input left empty", {}, "missing_input"],
    ["a text too short", { v: "x" }, "invalid_input_length"],
    ["a text too long", { v: "x".repeat(10) }, "invalid_input_length"],
    ["a value for no input", { v: "ok", other: "x" }, "no_such_input"],
  ])("does not send %s", async (_what, values, error) => {
    const { view } = await open();
    expect(await submit(view.id, values)).toMatchObject({ ok: false, error });
    expect(rig.bot.received).toHaveLength(1);
    expect(rig.slack.modals()).toHaveLength(1);
  });

  it("is refused for somebody else's modal", async () => {
    const { view } = await open();
    expect(await rig.slack.submitView({ user: "bob", view_id: view.id, values: { v: "ok" } })).toMatchObject({
      error: "not_found",
    });
  });

  it("shows the errors the bot answers, until the modal changes", async () => {
    const { view } = await open();
    rig.bot.willAnswer({ body: { response_action: "errors", errors: { reason: "Say more" } } });
    expect(await submit(view.id)).toMatchObject({ ok: true });
    expect(rig.slack.modals()).toMatchObject([{ errors: { reason: "Say more" } }]);
    await rig.call("views.update", { view_id: view.id, view: aModal() });
    expect(rig.slack.modals()[0]).not.toHaveProperty("errors");
  });

  it.each([
    ["update", ["Next"]],
    ["push", ["Ask", "Next"]],
  ])("does what the answer %s says", async (response_action, left) => {
    const { view } = await open();
    rig.bot.willAnswer({ body: { response_action, view: aModal({ title: plain("Next") }) } });
    await submit(view.id);
    expect(titles()).toEqual(left);
  });

  it("clears the whole stack when told to", async () => {
    const { view } = await open();
    rig.bot.willAnswer({ body: { response_action: "push", view: aModal() } }, { body: { response_action: "clear" } });
    await submit(view.id);
    await submit(rig.slack.modals()[1]?.id ?? "");
    expect(rig.slack.modals()).toEqual([]);
  });

  it.each([
    ["an unknown action", { response_action: "explode" }, "invalid_response_action"],
    ["errors beside no input", { response_action: "errors", errors: { other: "x" } }, "invalid_response_action"],
    ["a broken view", { response_action: "update", view: { type: "modal" } }, "invalid_arguments"],
  ])("fails on %s and leaves the modal", async (_what, body, error) => {
    const { view } = await open();
    rig.bot.willAnswer({ body });
    expect(await submit(view.id)).toMatchObject({ ok: false, error });
    expect(titles()).toEqual(["Ask"]);
  });

  it("leaves the modal open when the bot is late", async () => {
    const { view } = await open();
    rig.bot.willAnswer("silence");
    const submitted = submit(view.id);
    await until(() => rig.bot.received.length === 2);
    await rig.clock.advance(3000);
    expect(await submitted).toMatchObject({ ok: false, error: "operation_timeout" });
    expect(titles()).toEqual(["Ask"]);
  });
});

describe("closing", () => {
  it("tells the bot only when it wants to know", async () => {
    const quiet = (await open()).view;
    await rig.slack.closeView({ user: "ann", view_id: quiet.id });
    expect(rig.bot.received).toHaveLength(1);
    const noticed = (await open(aModal({ notify_on_close: true }))).view;
    await rig.slack.closeView({ user: "ann", view_id: noticed.id });
    expect(rig.bot.payload()).toMatchObject({ type: "view_closed", is_cleared: false, view: { id: noticed.id } });
    expect(rig.slack.modals()).toEqual([]);
  });
});
