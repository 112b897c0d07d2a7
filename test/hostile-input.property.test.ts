// Whatever people type, press and submit, and whatever MaxCompute calls its things: the bot answers once, in words that mention nobody,
// and stops nothing that nobody confirmed.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Incoming } from "../src/bot.ts";
import { commands } from "../src/commands/registry.ts";
import type { MaxComputeErrorKind } from "../src/maxcompute/index.ts";
import { MaxComputeError } from "../src/maxcompute/index.ts";
import { checkMessage, mentionsAndLinks } from "../src/simulator/slack/index.ts";
import { fromMessage, fromSlashCommand } from "../src/slack/incoming.ts";
import { pressOf, submissionOf } from "../src/slack/payloads.ts";
import { plain, render, simpler } from "../src/slack/render.ts";
import type { View } from "../src/view/index.ts";
import { aBot, type Told } from "./support/a-bot.ts";
import { hostileText } from "./support/arbitraries.ts";
import { expectedLive } from "./support/expected-live.ts";
import { anInstance, aTask, type FakeInstance, fakeMaxCompute } from "./support/fake-maxcompute.ts";

const id = anInstance().id;
const people = ["ann", "bob", "vic", "sam"];

const word = fc.oneof(
  fc.constantFrom(id, `#1`, "last", id.slice(-6), `http://l.test/logview/?i=${id}&token=S3CRET`, "--", "-p", '"', "'", "`"),
  fc.constantFrom(...commands.flatMap(({ args }) => Object.keys(args)).map((name) => `--${name}`)),
  hostileText,
);
const verb = fc.oneof(
  fc.constantFrom(...commands.flatMap(({ name, aliases }) => [name, ...aliases])),
  hostileText.map((text) => text.slice(0, 30)),
);
const text = fc.tuple(verb, fc.array(word, { maxLength: 5 })).map(([first, rest]) => [first, ...rest].join(" "));

const instance: fc.Arbitrary<FakeInstance> = fc.record({
  instance: fc
    .record({ owner: hostileText, status: fc.oneof(fc.constantFrom("Running", "Suspended", "Terminated"), hostileText) })
    .map((over) => anInstance(over)),
  tasks: fc.array(
    fc
      .record({
        name: hostileText,
        type: hostileText,
        status: fc.oneof(fc.constantFrom("SUCCESS", "FAILED", "RUNNING"), hostileText),
      })
      .map((over) => aTask(over)),
    { maxLength: 3 },
  ),
  results: fc.array(
    fc.record({
      taskName: hostileText,
      format: fc.constantFrom("csv", "text"),
      text: fc.oneof(
        hostileText,
        hostileText.map((cell) => `"a","${cell.replaceAll('"', '""')}"\n"1","${cell.replaceAll('"', '""')}"\n`),
      ),
    }),
    { maxLength: 2 },
  ),
});
const kinds: readonly MaxComputeErrorKind[] = [
  "not-found",
  "denied",
  "invalid",
  "server",
  "timeout",
  "malformed",
  "refused",
  "unsupported",
];
const failure = fc.option(
  fc
    .record({
      kind: fc.constantFrom(...kinds),
      message: hostileText,
      code: hostileText,
      requestId: hostileText,
      httpStatus: fc.constant(400),
    })
    .map(({ kind, message, ...more }) => new MaxComputeError(kind, message, more)),
);

const where = { team_id: "T1", channel_id: "C0GENERAL1", trigger_id: "t", response_url: undefined };
const slash = text.map((typed) => (user: string) => fromSlashCommand({ ...where, user_id: user, text: typed }));
const message = fc.record({ text, direct: fc.boolean() }).map(
  ({ text: typed, direct }) =>
    (user: string) =>
      fromMessage(
        { team: "T1", channel: direct ? "D1" : "C1", user, text: `<@UBOT> ${typed}`, ts: "1.5" },
        direct ? "direct" : "mention",
        "UBOT",
      ),
);
const value = fc.oneof(
  hostileText,
  text.map((typed) => `text:${typed}`),
  fc.tuple(fc.constantFrom("status", "stop", "filter", "nothing"), hostileText).map((parts) => parts.join(":")),
  fc.constantFrom("status:r1:E-1.0", "stop:r1:E-1.99999", "intent-0", "filter:r1:E-1.0"),
);
const action = fc.oneof(
  hostileText,
  fc.constantFrom("intent.run", "intent.cancel", "instance.stop", "command.run.1", "link.open"),
);
const press = fc
  .record({ action_id: action, value })
  .map(
    (pressed) => (user: string) =>
      pressOf(
        { user: { id: user, team_id: "T1" }, channel: { id: "C1" }, trigger_id: "t", response_url: "https://r.test/" },
        pressed,
      ),
  );
const field = fc.record({ type: fc.constantFrom("plain_text_input", "checkboxes", "static_select"), value: hostileText });
const submission = fc
  .record({
    callback_id: fc.oneof(fc.constantFrom("form.filter", "form.stop", "form.x"), hostileText),
    private_metadata: fc.oneof(fc.constant("r1:E-1.0"), hostileText),
    values: fc.dictionary(fc.oneof(fc.constantFrom("field.cols", "field.grep", "field.limit", "field.csv"), hostileText), field, {
      maxKeys: 4,
    }),
  })
  .map(
    ({ values, ...view }) =>
      (user: string) =>
        submissionOf({
          user: { id: user, team_id: "T1" },
          trigger_id: "t",
          view: { ...view, state: { values: { block: values } } },
        }),
  );
const done: fc.Arbitrary<(user: string) => Incoming | undefined> = fc.oneof(slash, message, press, submission);

/** What is wrong with a view in any form in which Slack may be given it. */
function drawn(view: View, audience: "private" | "channel"): readonly string[] {
  const allowed = expectedLive(view);
  const richest = render(view, { audience, timeZone: "UTC" });
  return [richest, simpler(richest), plain(richest)].flatMap((form) => [
    ...checkMessage(form).map((problem) => JSON.stringify(problem)),
    ...mentionsAndLinks(form).filter((live) => !allowed.includes(live)),
  ]);
}

const acts = /^(stopInstance|runSql|executeSql|runXflow|putTaskInfo)/;
const finals = (told: readonly Told[], user: string) => told.filter(({ to, stage }) => stage === "final" && to === user);

describe("whatever is typed, pressed or submitted", () => {
  it("is answered once, mentions nobody, breaks nothing, and stops nothing", async () => {
    await fc.assert(
      fc.asyncProperty(done, fc.constantFrom(...people), instance, failure, async (does, user, each, failing) => {
        const maxcompute = fakeMaxCompute(
          [each],
          failing === null ? {} : { failing: { getInstance: failing, getTaskResults: failing } },
        );
        const { bot, told, logged, settle, type } = aBot(maxcompute);
        // Bob is asked whether to stop something: the id of his intent is what a stranger would have to know.
        await type("bob", `stop ${id}`);
        const before = told.length;
        const incoming = does(user);
        if (incoming === undefined) return;
        const isHis = user === "bob" && incoming.ask.kind === "intent" && incoming.ask.press === "run";
        const accepted = await bot.accept(incoming);
        await settle();
        const answers = told.slice(before);
        const isShared = answers.some(({ stage }) => stage === "announced");
        const count = accepted.kind === "answer" ? 1 : finals(answers, user).length;
        expect(isShared ? Math.max(count, 1) : count).toBe(1);
        const now: readonly Told[] = accepted.kind === "answer" ? [{ to: user, stage: "final", view: accepted.view }] : [];
        const seen = [...now, ...answers];
        for (const { view, stage } of seen) expect(drawn(view, stage === "announced" ? "channel" : "private")).toEqual([]);
        if (!isHis) expect(maxcompute.calls.filter((call) => acts.test(call))).toEqual([]);
        expect(JSON.stringify(seen)).not.toContain("Something broke");
        expect(JSON.stringify([seen, logged])).not.toContain("S3CRET");
      }),
      { numRuns: 120 },
    );
  });

  it("holds no intent of somebody else's, however it is pressed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("ann", "vic", "sam"),
        fc.constantFrom("T1", "TOTHER"),
        fc.constantFrom("run", "cancel"),
        async (user, team, how) => {
          const maxcompute = fakeMaxCompute([{ instance: anInstance(), tasks: [aTask()] }]);
          const { type, answer, doAs } = aBot(maxcompute);
          const { intentId } = await answer("confirm-stop", type("bob", `stop ${id}`));
          await doAs(user, { kind: "intent", intentId, press: how as "run" | "cancel" }, { caller: { team, user } });
          await doAs("bob", { kind: "intent", intentId, press: "run" }, { caller: { team: "TOTHER", user: "bob" } });
          expect(maxcompute.calls.filter((call) => acts.test(call))).toEqual([]);
        },
      ),
      { numRuns: 12 },
    );
  });
});
