// The minute rule and its flag, with deaths and races between any two calls; and the engine that switches it.
import { DisableRuleCommand, EnableRuleCommand } from "@aws-sdk/client-eventbridge";
import { describe, expect, it } from "vitest";
import { createSchedule } from "../../src/aws/schedule.ts";
import type { ItemStore } from "../../src/commands/store.ts";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { addWatch, newWatch, type Ports, type Schedule, tick } from "../../src/watch/index.ts";
import { oneStage } from "../support/watch/runs.ts";
import { aWorld, place } from "../support/watch/world.ts";

class Killed extends Error {}
type Call = "get" | "create" | "replace" | "EnableRule" | "DisableRule";

/** A rule and a table; every call of either is told to `before` and `after`, where somebody may die or others may act. */
function aRule() {
  const table = openSqliteStore(":memory:", () => 0);
  const rule = { isOn: true, calls: [] as Call[] };
  const scheduleOf = (
    { before, after }: { before?: (call: Call) => unknown; after?: (call: Call) => unknown } = {},
    isTrusted = true,
  ): Schedule => {
    const around = async <T>(call: Call, work: () => T | Promise<T>): Promise<T> => {
      await before?.(call);
      rule.calls.push(call);
      const answer = await work();
      await after?.(call);
      return answer;
    };
    const store: Pick<ItemStore, "get" | "create" | "replace"> = {
      get: (...given) => around("get", () => table.get(...given)),
      create: (...given) => around("create", () => table.create(...given)),
      replace: (...given) => around("replace", () => table.replace(...given)),
    };
    const send = (command: unknown) => {
      const isOn = command instanceof EnableRuleCommand;
      if (!isOn && !(command instanceof DisableRuleCommand)) throw new Error("no such call");
      return around(isOn ? "EnableRule" : "DisableRule", () => {
        rule.isOn = isOn;
      });
    };
    // The SDK's `send` has an overload for each command.
    const client = { send } as unknown as Parameters<typeof createSchedule>[0]["client"];
    return createSchedule({ client, rule: "minute", store, now: () => 0, isTrusted });
  };
  return { rule, scheduleOf };
}

const dying = (at: number, moment: "before" | "after") => {
  let calls = 0;
  return {
    [moment]: () => {
      calls += 1;
      if (calls >= at) throw new Killed();
    },
  };
};

describe("the minute rule", () => {
  it("is switched on once: whoever comes later believes the flag, and asks for nothing but the flag", async () => {
    const { rule, scheduleOf } = aRule();
    rule.isOn = false;
    await scheduleOf().enable();
    expect(rule.isOn).toBe(true);
    rule.calls.length = 0;
    await scheduleOf().enable();
    expect(rule.calls).toEqual(["get"]);
  });

  it("is switched off, and on again", async () => {
    const { rule, scheduleOf } = aRule();
    await scheduleOf().enable();
    await scheduleOf().disable();
    expect(rule.isOn).toBe(false);
    await scheduleOf().enable();
    expect(rule.isOn).toBe(true);
  });

  it("is switched on by the heartbeat whatever the flag says", async () => {
    const { rule, scheduleOf } = aRule();
    await scheduleOf().enable();
    rule.isOn = false;
    await scheduleOf().enable();
    expect(rule.isOn).toBe(false);
    await scheduleOf({}, false).enable();
    expect(rule.isOn).toBe(true);
  });

  // Before the flag changes it is believed; the engine asks once more for what to watch.
  it.each([
    ["get", false],
    ["replace", false],
    ["DisableRule", true],
    ["get again", true],
  ] as const)("when somebody switches it on in front of the %s of who switches it off, is on: %s", async (name, isOn) => {
    const { rule, scheduleOf } = aRule();
    await scheduleOf().enable();
    const made: string[] = [];
    const before = async (call: Call) => {
      made.push(made.includes(call) ? `${call} again` : call);
      if (made.at(-1) === name) await scheduleOf().enable();
    };
    await scheduleOf({ before }).disable();
    expect(made).toContain(name);
    expect(rule.isOn).toBe(isOn);
  });

  it.each([1, 2, 3, 4, 5, 6, 7])("is on after somebody switched it off in front of call %i of who switches it on", async (at) => {
    const { rule, scheduleOf } = aRule();
    rule.isOn = false;
    let calls = 0;
    const before = async () => {
      calls += 1;
      if (calls === at) await scheduleOf().disable();
    };
    await scheduleOf({ before }).enable();
    expect(rule.isOn).toBe(true);
  });

  it.each([1, 2, 3, 4, 5].flatMap((at) => (["before", "after"] as const).map((moment) => [moment, at] as const)))(
    "is switched on by the next one when somebody died %s call %i of switching it on",
    async (moment, at) => {
      const { rule, scheduleOf } = aRule();
      rule.isOn = false;
      await scheduleOf(dying(at, moment))
        .enable()
        .catch((error: unknown) => {
          if (!(error instanceof Killed)) throw error;
        });
      await scheduleOf().enable();
      expect(rule.isOn).toBe(true);
    },
  );
});

describe("a tick that switches the minute rule off", () => {
  const aWatch = (now: number) => newWatch({ ...place, instanceId: "i1", channel: "C1", startedBy: "ann" }, now);

  it("switches it on again for whoever came in between", async () => {
    const { rule, scheduleOf } = aRule();
    const world = aWorld();
    world.run({ id: "i1", stages: oneStage(600) });
    const ports = (schedule: Schedule): Ports => ({ ...world.stores.ports, ...only(world.ports), schedule });
    await scheduleOf().enable();
    const before = async (call: Call) => {
      // The flag still says on, so that the watch's own asking changes nothing.
      if (call === "replace") await addWatch(ports(scheduleOf()), aWatch(world.now()), world.now());
    };
    await tick(ports(scheduleOf({ before })), world.now, world.now() + 50_000);
    expect(rule.isOn).toBe(true);
  });

  it.each([1, 2, 3, 4].flatMap((at) => (["before", "after"] as const).map((moment) => [moment, at] as const)))(
    "leaves no watch orphaned when it dies %s call %i, whenever the watch came",
    async (moment, at) => {
      for (const comes of [1, 2, 3, 4, 5]) {
        const { rule, scheduleOf } = aRule();
        const world = aWorld();
        world.run({ id: "i1", stages: oneStage(600) });
        const ports = (schedule: Schedule): Ports => ({ ...world.stores.ports, ...only(world.ports), schedule });
        await scheduleOf().enable();
        let calls = 0;
        const during = async (when: "before" | "after") => {
          if (when === "before") {
            calls += 1;
            if (calls === comes) await addWatch(ports(scheduleOf()), aWatch(world.now()), world.now());
          }
          if (when === moment && calls >= at) throw new Killed();
        };
        const schedule = scheduleOf({ before: () => during("before"), after: () => during("after") });
        await tick(ports(schedule), world.now, world.now() + 50_000).catch((error: unknown) => {
          if (!(error instanceof Killed)) throw error;
        });
        if (calls < comes) await addWatch(ports(scheduleOf()), aWatch(world.now()), world.now());
        // Minutes pass; what calls a tick is the rule, if it is on, and every 15 minutes the heartbeat.
        for (let minute = 1; minute <= 16; minute += 1) {
          world.move(60_000);
          const isHeartbeat = minute % 15 === 0;
          if (rule.isOn || isHeartbeat) await tick(ports(scheduleOf({}, !isHeartbeat)), world.now, world.now() + 50_000);
        }
        expect({ comes, isOn: rule.isOn }).toEqual({ comes, isOn: true });
        expect(world.posts.map(({ key }) => key)).toContain("card:opened");
      }
    },
  );
});

/** What of a world is not a store. */
const only = ({ notifier, events, budget, observer }: Ports) => ({ notifier, events, budget, observer });
