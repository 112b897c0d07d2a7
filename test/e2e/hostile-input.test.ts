// Hostile words typed and answered on the simulated MaxCompute and the simulated Slack, which refuses what Slack refuses.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkMessage, mentionsAndLinks } from "../../src/simulator/slack/index.ts";
import { hostileText } from "../support/arbitraries.ts";
import { aPlantedRun, planted } from "../support/leaks/local-run.ts";

type PlantedRun = Awaited<ReturnType<typeof aPlantedRun>>;
let run: PlantedRun;
beforeAll(async () => {
  run = await aPlantedRun();
});
afterAll(() => run.close());

/** One answer each, and nothing besides: no files, no cards, nothing for everybody. */
const verb = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      "status",
      "list",
      "progress",
      "why",
      "tasks",
      "subs",
      "result",
      "cost",
      "queue",
      "exists",
      "stop",
      "help",
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom("<!channel>", "<@U0ANN0001>", "`;stop", "--csv", "__proto__") },
);
const word = fc.oneof(fc.constantFrom("HOSTILE", "RUNNING", "-p", "--task", "--grep", "--reason", '"'), hostileText);
const typed = fc.tuple(verb, fc.array(word, { maxLength: 3 })).map((parts) => parts.flat().join(" "));
const refusal = fc.option(
  hostileText.filter((text) => text.length < 2_000),
  { freq: 3 },
);

describe("hostile words", () => {
  it("are answered once each, to who typed them alone, with nothing live in the answer, and stop nothing", async () => {
    const { maxcompute, bot } = run;
    const ids = { HOSTILE: maxcompute.instances.hostile ?? "", RUNNING: maxcompute.start("running") };
    const ofBot = async (user?: string) => (await run.messages("general", user)).filter((message) => message.user === bot.userId);
    let commands = 0;
    await fc.assert(
      fc.asyncProperty(typed, fc.constantFrom("ann", "bob", "vic", "sam"), refusal, async (words, user, message) => {
        maxcompute.clearFaults();
        if (message !== null)
          maxcompute.fault({ kind: "status", status: 400, code: "InvalidParameter", message, match: "/instances/", times: 1 });
        const text = words.replace("HOSTILE", ids.HOSTILE).replace("RUNNING", ids.RUNNING);
        const answer = await run.type(user, "general", text);
        commands += 1;
        expect(answer.visible_to).toBeDefined();
        expect(checkMessage(answer)).toEqual([]);
        // A refusal names whom to ask, for the reader alone.
        const known = (live: string) => /\/job-insights/.test(live) || ["<@U0ANN0001>", "<@U0BOB0001>"].includes(live);
        expect(mentionsAndLinks(answer).filter((live) => !known(live))).toEqual([]);
        expect(answer.text + JSON.stringify(answer.blocks)).not.toContain("Something broke");
      }),
      { numRuns: 25 },
    );
    await run.idle();
    expect(await ofBot()).toHaveLength(commands);
    expect(maxcompute.requests().filter(({ method }) => method === "PUT")).toEqual([]);
    expect(await run.leaks({}, planted)).toEqual([]);
  });
});
