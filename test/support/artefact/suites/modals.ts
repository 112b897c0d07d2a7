// Modals and menus of the deployed bot: opened and filled within Slack's three seconds, or answered otherwise; never silent, never twice.
import { describe, expect, it } from "vitest";
import { watchCalls } from "../calls.ts";
import { deliver } from "../deliver.ts";
import { leaks } from "../leaks.ts";
import { wordsOf } from "../people.ts";
import type { Scene, StartScene } from "../scenes.ts";

const door = "SlackLambdaFunction";

/** Vic has a result before them, with Filter on it. */
async function aCard({ world, people }: Scene) {
  const { slack, maxcompute, cloud } = world;
  const card = await people.ask("vic", `result ${maxcompute.instances.success}`);
  const modals = () => slack.modals().map(({ view }) => JSON.stringify(view));
  const filter = () => people.heard("vic", () => people.press("vic", card, "instance.filter"), 0);
  const submit = async (values: Record<string, unknown>) => {
    const [open] = slack.modals();
    const told = await people.heard("vic", () => slack.submitView({ user: "vic", view_id: open?.id ?? "", values }));
    await cloud.settle();
    return told;
  };
  const value = /"value":"(filter:r1:[\w.-]+)"/.exec(wordsOf(card))?.[1] ?? "";
  return { card, modals, filter, submit, value };
}

export function modalsAndMenus(aScene: StartScene): void {
  describe("production rule 17: a modal", () => {
    it("opens at the door and is filled; what is submitted is answered privately where it was opened", async () => {
      const scene = await aScene();
      const { modals, filter, submit } = await aCard(scene);
      const calls = watchCalls(scene.world);
      expect(await filter()).toEqual([]);
      expect(modals()).toEqual([expect.stringContaining("Rows that contain")]);
      const [answer, ...more] = await submit({ "field.cols": ["#1"], "field.grep": "ann", "field.limit": "5" });
      expect(more).toEqual([]);
      expect(answer).toMatchObject({ channel: "C0GENERAL1", visible_to: "U0VIC0001" });
      expect(wordsOf(answer ?? scene.people.only([]))).toContain("1 column");
      expect(modals()).toEqual([]);
      expect(calls.of(door)).toEqual(["events:PutEvents", "events:PutEvents"]);
      expect(await leaks(scene.world)).toEqual([]);
    });

    it("of a command that is typed alone opens at the door; what is refused of it is said where it was typed", async () => {
      const { world, people } = await aScene();
      const modals = () => world.slack.modals().map(({ view }) => JSON.stringify(view));
      expect(await people.heard("bob", () => people.command("bob", "run"), 0)).toEqual([]);
      expect(modals()).toEqual([expect.stringContaining("One statement; SET lines may stand before it")]);
      const values = { "field.sql": "INSERT INTO t\nSELECT 1", "field.limit": "5" };
      const [open] = world.slack.modals();
      const told = await people.heard("bob", () => world.slack.submitView({ user: "bob", view_id: open?.id ?? "", values }));
      expect(people.only(told)).toMatchObject({ channel: "C0GENERAL1", visible_to: "U0BOB0001" });
      expect(wordsOf(people.only(told))).toContain("INSERT changes data (line 1, column 1)");
      expect(modals()).toEqual([]);
      expect(await leaks(world)).toEqual([]);
    });

    it("that Slack opens too slowly is given up after 600 ms, and filled all the same", async () => {
      const scene = await aScene();
      const { modals, filter } = await aCard(scene);
      scene.world.slack.fault({ kind: "latency", method: "views.open", ms: 3_600_000, times: 1 });
      const from = performance.now();
      expect(await filter()).toEqual([]);
      expect(performance.now() - from).toBeLessThan(3_000);
      expect(modals()).toEqual([expect.stringContaining("Rows that contain")]);
    });

    it.each(["expired_trigger_id", "invalid_auth"])(
      "that Slack does not open (%s) is answered in words, with a way back",
      async (error) => {
        const scene = await aScene();
        const { modals, filter } = await aCard(scene);
        scene.world.slack.fault({ kind: "error", method: "views.open", error, times: 2 });
        const words = wordsOf(scene.people.only(await filter()));
        expect(words).toContain("its window did not open in time");
        expect(words).toContain('"value":"filter:r1:');
        expect(modals()).toEqual([]);
      },
    );

    it("whose request the bus refuses says so itself, and nothing else does", async () => {
      const scene = await aScene();
      const { modals, filter } = await aCard(scene);
      watchCalls(scene.world, ({ action }) => (action === "PutEvents" ? "throttle" : undefined));
      expect(await filter()).toEqual([]);
      expect(modals()).toEqual([expect.stringMatching(/Something broke on my side.*E-[0-9A-Z]{8}/)]);
    });

    it("whose submission the bus refuses says so in the place of the form", async () => {
      const scene = await aScene();
      const { modals, filter, submit } = await aCard(scene);
      await filter();
      watchCalls(scene.world, ({ action }) => (action === "PutEvents" ? "throttle" : undefined));
      expect(await submit({ "field.limit": "5" })).toEqual([]);
      // The connection of before the freeze is dead: after such a first attempt nobody can be sure.
      expect(modals()).toEqual([expect.stringMatching(/(Something broke on my side|Received as).*E-[0-9A-Z]{8}/)]);
    });

    it("is opened, filled and answered once, though everything is delivered twice", async () => {
      const scene = await aScene({ chaos: { twice: 1 } });
      const { modals, filter, submit } = await aCard(scene);
      scene.world.slack.fault({ kind: "duplicate_delivery", times: 100 });
      expect(await filter()).toEqual([]);
      expect(modals()).toEqual([expect.stringContaining("Rows that contain")]);
      expect(wordsOf(scene.people.only(await submit({ "field.limit": "5" })))).toContain("SUCCESS");
    });

    it("that comes back with a made-up reference does nothing, and its sender alone hears of it", async () => {
      const scene = await aScene();
      const { people, world } = scene;
      const requests = world.maxcompute.requests().length;
      const payload = {
        type: "view_submission",
        ...{ user: { id: "U0VIC0001", team_id: world.slack.team.id }, team: { id: world.slack.team.id }, trigger_id: "1.forged" },
        view: { id: "V1", callback_id: "form.filter", private_metadata: "r1:E-AAAAAAAA.0", state: { values: {} } },
      };
      const told = await people.heard("vic", async () => {
        expect(JSON.parse((await deliver(world, payload)).body)).toEqual({ response_action: "clear" });
      });
      expect(wordsOf(people.only(told))).toContain("This form has expired");
      expect(world.maxcompute.requests()).toHaveLength(requests);
    });

    it("is not opened, filled or run for somebody of another workspace", async () => {
      const scene = await aScene();
      const { world } = scene;
      const { card, modals, value } = await aCard(scene);
      const requests = world.maxcompute.requests().length;
      const by = { user: { id: "U0STRANGER", team_id: "TOTHER" }, team: { id: world.slack.team.id }, trigger_id: "1.other" };
      const container = { type: "message", channel_id: card.channel, message_ts: card.ts };
      const actions = [{ type: "button", action_id: "instance.filter", value }];
      const where = { channel: { id: card.channel }, container };
      expect((await deliver(world, { type: "block_actions", ...by, ...where, actions })).status).toBe(200);
      const ref = value.replace("filter:", "");
      const view = { id: "V1", callback_id: "form.filter", private_metadata: ref, state: { values: {} } };
      expect((await deliver(world, { type: "view_submission", ...by, view })).status).toBe(200);
      const menu = await deliver(world, {
        type: "block_suggestion",
        ...by,
        ...where,
        action_id: "list.pick",
        block_id: "b",
        value: "",
      });
      expect(JSON.parse(menu.body)).toEqual({ options: [] });
      await world.cloud.settle();
      expect(modals()).toEqual([]);
      expect(world.maxcompute.requests()).toHaveLength(requests);
    });
  });

  describe("production rule 17: a menu", () => {
    it("offers what its reader was shown last here, read by the door alone, and runs what is picked", async () => {
      const { world, people } = await aScene();
      const list = await people.ask("vic", "list");
      const where = { user: "vic", channel: "general", message_ts: list.ts, action_id: "list.pick" };
      const calls = watchCalls(world);
      const all = await world.slack.suggest({ ...where, value: "" });
      const some = await world.slack.suggest({ ...where, value: "running" });
      expect(calls.of(door)).toEqual(["dynamodb:GetItem", "dynamodb:GetItem"]);
      const options = (delivery: typeof all) =>
        (delivery.ack as { options: { text: { text: string }; value: string }[] }).options.map(({ text, value }) => ({
          text: text.text,
          value,
        }));
      expect(options(all).length).toBeGreaterThan(options(some).length);
      expect(options(some).every(({ text }) => text.includes("RUNNING"))).toBe(true);
      const [first] = options(some);
      const told = await people.heard("vic", () => people.press("vic", list, "list.pick", first?.value));
      expect(wordsOf(people.only(told))).toContain("MaxCompute says Running");
      expect(await leaks(world)).toEqual([]);
    });

    it("is empty, and no error, while the table cannot be read", async () => {
      const { world, people } = await aScene();
      const list = await people.ask("vic", "list");
      watchCalls(world, ({ action }) => (action === "GetItem" ? "throttle" : undefined));
      const where = { user: "vic", channel: "general", message_ts: list.ts, action_id: "list.pick" };
      expect(await world.slack.suggest({ ...where, value: "" })).toMatchObject({ ok: true, ack: { options: [] } });
    });
  });
}
