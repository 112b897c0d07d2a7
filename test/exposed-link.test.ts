// Somebody posts a Logview link with a token: what the bot does about it, whatever else goes wrong.
import { describe, expect, it } from "vitest";
import type { Incoming } from "../src/bot.ts";
import type { Ask } from "../src/commands/request.ts";
import { aBot, aRequest } from "./support/a-bot.ts";
import { fakeMaxCompute } from "./support/fake-maxcompute.ts";

const instanceId = "20160519101349613gzbzufck2";
const ask: Ask = { kind: "exposed", instances: [{ instanceId, project: "prod_dw" }] };
const posted: Partial<Incoming> = { origin: "link", delivery: "exposed/T1/general/1.5" };
const cautioned = (to: string) => ({ to, stage: "final", view: { kind: "notice", text: expect.stringContaining(instanceId) } });

describe("whoever posts a Logview link with a token", () => {
  it.each(["bob", "vic", "sam"])("is told, whatever their role is (%s), and nobody else is", async (user) => {
    const maxcompute = fakeMaxCompute([]);
    const { doAs, told } = aBot(maxcompute);
    await doAs(user, ask, posted);
    expect(told).toMatchObject([cautioned(user)]);
    expect(maxcompute.calls).toEqual([]);
  });

  it("is told once a message, however often it is heard of", async () => {
    const { doAs, told } = aBot(fakeMaxCompute([]));
    for (const _ of ["the link", "the mention", "a repetition"]) await doAs("bob", ask, posted);
    await doAs("bob", ask, { ...posted, delivery: "exposed/T1/general/1.6" });
    expect(told).toHaveLength(2);
  });

  it.each(["slow", "interrupted", "stale"] as const)(
    "hears the caution itself where its worker is %s, not an apology",
    async (why) => {
      const { bot, told, clock } = aBot(fakeMaxCompute([]));
      const request = aRequest({ ask, origin: "link", requestedAt: clock.now(), caller: { team: "T1", user: "bob" } });
      expect(await bot.apologise(request, why)).toBe(true);
      expect(told).toMatchObject([cautioned("bob")]);
    },
  );

  it("finds out by the button what they may see, as if they had typed it", async () => {
    const { doAs, answer, type } = aBot(fakeMaxCompute([]));
    const { suggestions } = await answer("notice", doAs("sam", ask, posted));
    const typed = suggestions[0]?.value.replace("text:", "") ?? "";
    expect(await answer("error", type("sam", typed))).toMatchObject({ tone: "denied" });
  });
});
