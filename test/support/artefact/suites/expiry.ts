// Times: what has expired is dead though it is still there, and no event's own time is taken for now.
import { describe, expect, it } from "vitest";
import { rowsOf } from "../leaks.ts";
import { wordsOf } from "../people.ts";
import type { StartScene } from "../scenes.ts";
import { aCommand, sealed } from "../sealed.ts";

const hour = 3_600;

export function expiries(aScene: StartScene): void {
  describe("production rule 24: what has expired", () => {
    it("an intent is dead after ten minutes, though its row is there", async () => {
      const { world, people } = await aScene();
      const question = await people.ask("bob", `stop ${world.maxcompute.start("running")}`, "prod-alerts");
      await world.pass(600);
      expect((await rowsOf(world)).filter(({ pk }) => pk?.S?.startsWith("intent/"))).toHaveLength(1);
      const told = await people.heard("bob", () => people.press("bob", question, "intent.run"));
      expect(told.map(wordsOf).join()).toContain("expired");
      expect(world.maxcompute.requests().filter(({ method }) => method === "PUT")).toEqual([]);
    });

    it("an intent's row is no intent any more a day later, though nothing swept it", async () => {
      const { world, people } = await aScene();
      const question = await people.ask("bob", `stop ${world.maxcompute.start("running")}`, "prod-alerts");
      await world.pass(25 * hour);
      expect((await rowsOf(world)).filter(({ pk }) => pk?.S?.startsWith("intent/"))).toHaveLength(1);
      const told = await people.heard("bob", () => people.press("bob", question, "intent.run"));
      expect(told.map(wordsOf).join()).toContain("expired");
    });

    it("a request's row keeps nobody from the same id a day later", async () => {
      const { world, people } = await aScene();
      const ask = () => people.heard("bob", async () => world.cloud.putEvents([sealed(world, aCommand(world, "list"))]));
      expect(await ask()).toHaveLength(1);
      expect(await ask()).toEqual([]);
      await world.pass(25 * hour);
      expect(await ask()).toHaveLength(1);
      expect((await rowsOf(world)).filter(({ pk }) => pk?.S === "requests")).toHaveLength(1);
    });

    it("every row has a schema version, its exact expiry, and a later one for the sweep", async () => {
      const { world, people } = await aScene();
      await people.ask("bob", `stop ${world.maxcompute.start("running")}`, "prod-alerts");
      await people.heard("vic", () => people.command("vic", `result ${world.maxcompute.instances.success} --csv`));
      await people.heard("vic", async () => world.cloud.putEvents([sealed(world, aCommand(world, "list"))]));
      const rows = await rowsOf(world);
      const families = new Set(rows.map(({ pk }) => pk?.S?.split("/")[0]));
      expect([...families].toSorted()).toEqual(["intent", "limits", "pace", "recall", "refs", "requests", "transfers"]);
      for (const { schema, expiresMs, expiresAt } of rows) {
        expect(schema).toEqual({ N: "1" });
        expect(Number(expiresMs?.N)).toBeGreaterThan(0);
        expect(Number(expiresAt?.N) * 1_000).toBeGreaterThanOrEqual(Number(expiresMs?.N));
      }
    });
  });

  describe("production rule 18: the time that an event says of itself", () => {
    it.each([
      ["two hours ago", -2 * hour],
      ["tomorrow", 24 * hour],
    ])("is not now: a command in an event of %s is as old as it is, and answered once", async (_, seconds) => {
      const { world, people } = await aScene();
      const at = (request: ReturnType<typeof aCommand>) => ({
        ...sealed(world, request),
        Time: (world.clock.now() + seconds * 1_000) / 1_000,
      });
      const fresh = at(aCommand(world, "list", { id: "E-FRESH" }));
      const told = await people.heard("bob", async () => world.cloud.putEvents([fresh, fresh]));
      expect(wordsOf(people.only(told))).toContain("demo_project");
      const asked = world.maxcompute.requests().length;
      const stale = at(aCommand(world, "list", { id: "E-STALE", ageMs: 60_001 }));
      expect(wordsOf(people.only(await people.heard("bob", async () => world.cloud.putEvents([stale]))))).toContain("too late");
      expect(world.maxcompute.requests()).toHaveLength(asked);
    });
  });
}
