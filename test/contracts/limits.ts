// How often somebody may ask in a minute, on whatever store it is counted.
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/commands/errors.ts";
import { createLimits, mostInAMinute } from "../../src/commands/limits.ts";
import type { Ask, CommandRequest } from "../../src/commands/request.ts";
import type { ItemStore } from "../../src/commands/store.ts";
import { createLog } from "../../src/log.ts";
import { aRequest } from "../support/a-bot.ts";
import type { ManualClock } from "../support/manual-clock.ts";

type Opened = { readonly store: ItemStore; readonly clock: ManualClock };

export function limitsContract(name: string, open: () => Promise<Opened>): void {
  const writes: ReadonlySet<PropertyKey> = new Set(["create", "put", "replace"]);

  async function theLimits(breaking: Partial<ItemStore> = {}) {
    const { store, clock } = await open();
    let written = 0;
    const logged: string[] = [];
    const counted = new Proxy(
      { ...store, ...breaking },
      {
        get(target, property) {
          if (writes.has(property)) written += 1;
          return Reflect.get(target, property);
        },
      },
    );
    const limits = createLimits(
      counted,
      clock.now,
      createLog((line) => logged.push(line), clock.now),
    );
    const ask = async (
      user: string,
      channel = "C1",
      what: Ask = { kind: "text", text: "list" },
    ): Promise<UserError | undefined> => {
      const request: CommandRequest = aRequest({
        ask: what,
        caller: { team: "T1", user },
        replyTo: { channel, direct: false, replaceable: false },
      });
      try {
        return void (await limits.demand(request));
      } catch (error) {
        if (error instanceof UserError) return error;
        throw error;
      }
    };
    const times = async (count: number, ...asked: Parameters<typeof ask>) => {
      for (let each = 0; each < count; each += 1) expect(await ask(...asked)).toBeUndefined();
    };
    return { clock, ask, times, logged, writes: () => written };
  }

  const press = (how: "run" | "approve" | "cancel"): Ask => ({ kind: "intent", intentId: "i1", press: how });

  describe(`on ${name}, a person`, () => {
    it("may ask 30 times a minute, hears then when to try again, and may from then on", async () => {
      const { clock, ask, times } = await theLimits();
      await clock.advance(20_000);
      await times(mostInAMinute.person - 1, "U1");
      await times(1, "U1", "C2");
      const refused = await ask("U1");
      expect(refused?.message).toContain("30 times");
      expect(refused).toMatchObject({ tone: "trouble", next: "Nothing was done. Try again in 40 s." });
      expect(await ask("U1", "C3")).toBeInstanceOf(UserError);
      expect(await ask("U2")).toBeUndefined();
      await clock.advance(39_999);
      expect((await ask("U1"))?.next).toContain("in 1 s");
      await clock.advance(1);
      expect(await ask("U1")).toBeUndefined();
    });

    it("may act ten times a minute, and may still look", async () => {
      const { ask, times } = await theLimits();
      await times(mostInAMinute.acts - 1, "U1", "C1", press("run"));
      await times(1, "U1", "C1", press("approve"));
      expect((await ask("U1", "C2", press("run")))?.message).toContain("10 times");
      await times(1, "U1", "C1", press("cancel"));
      await times(1, "U1", "C1", { kind: "ref", ref: "r1", verb: "status" });
      expect(await ask("U2", "C1", press("run"))).toBeUndefined();
    });

    it("is counted to the last, however many commands come at once", async () => {
      const { ask, times } = await theLimits();
      await times(mostInAMinute.person - 4, "U1");
      const answers = await Promise.all(Array.from({ length: 10 }, () => ask("U1")));
      expect(answers.filter((answer) => answer === undefined)).toHaveLength(4);
    });
  });

  describe(`on ${name}, a channel`, () => {
    it("may ask 120 times a minute, whoever it is", async () => {
      const { ask, times } = await theLimits();
      for (let person = 0; person < 6; person += 1) await times(20, `U${person}`);
      expect((await ask("U9"))?.message).toContain("120 times");
      expect(await ask("U9", "C2")).toBeUndefined();
    });
  });

  describe(`on ${name}, counting`, () => {
    it("writes once for a command, and not for one that is refused", async () => {
      const { ask, times, writes } = await theLimits();
      await times(mostInAMinute.person, "U1");
      expect(writes()).toBe(mostInAMinute.person);
      await ask("U1");
      expect(writes()).toBe(mostInAMinute.person);
    });

    it.each<[string, Partial<ItemStore>]>([
      ["read", { list: async () => Promise.reject(new Error("the store is away")) }],
      ["written", { create: async () => Promise.reject(new Error("the store is away")) }],
      ["written by others all the time", { create: async () => false }],
    ])("refuses nobody where it cannot be %s, and says so in the log", async (_, breaking) => {
      const { ask, logged } = await theLimits(breaking);
      expect(await ask("U1")).toBeUndefined();
      expect(logged.join("")).toContain("limits.uncounted");
    });
  });
}
