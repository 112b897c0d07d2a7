// SQL from chat on AWS, from the command to its rows: what a job that nobody waits for any more owes is noticed by the clock alone.
import { describe, expect, it } from "vitest";
import { leaks } from "../leaks.ts";
import { wordsOf } from "../people.ts";
import type { StartScene } from "../scenes.ts";

const tick = "TickLambdaFunction";
/** So little of the worker's half minute really passes that it has none left to wait for the end in. */
const impatient = { CommandLambdaFunction: 0.3 };

export function runningSql(aScene: StartScene): void {
  describe("a statement that somebody runs, and that ends when nobody waits for it any more", () => {
    it("is asked about, submitted once and followed, and its rows come by themselves, once, though everything comes twice", async () => {
      const { world, people } = await aScene({ chaos: { twice: 1 }, timeoutScale: impatient });
      const { cloud, maxcompute, clock } = world;
      // It is asked how things stand while nobody moves the clock.
      const passing = () => void clock.advance(1_000);
      maxcompute.server.on("request", passing);
      const jobs = () => maxcompute.requests().filter(({ method, path }) => method === "POST" && path.endsWith("/instances"));

      const question = await people.ask("bob", "run --limit 5 SELECT 'word-of-bob' AS w FROM orders", "prod-alerts");
      expect(wordsOf(question)).toContain("48 MiB");
      expect(jobs()).toHaveLength(1);
      const told = await people.heard("bob", () => people.press("bob", question, "intent.run"), 0);
      const answer = people.only(told.filter(({ visible_to }) => visible_to !== undefined));
      expect(wordsOf(answer)).toContain("gets its rows in a direct message");
      maxcompute.server.off("request", passing);
      expect(jobs()).toHaveLength(2);

      const card = people.only(told.filter(({ visible_to, thread_ts }) => visible_to === undefined && thread_ts === undefined));
      expect(card).toMatchObject({ channel: answer.channel, text: expect.stringMatching(/^SUCCESS/) });
      const aMinute = () => people.heard("bob", () => cloud.invoke(tick, { call: "tick" }), 60);
      const rows = people.only([...(await aMinute()), ...(await aMinute())]);
      expect(rows.channel).toMatch(/^D/);
      expect(wordsOf(rows)).toContain('"data_table"');
      expect([await aMinute(), jobs().length]).toEqual([[], 2]);
      expect(cloud.invocations().filter(({ error }) => error !== undefined)).toEqual([]);
      expect(await leaks(world, { typed: "word-of-bob" })).toEqual([]);
    });
  });
}
