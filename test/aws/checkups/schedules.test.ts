import { DescribeRuleCommand } from "@aws-sdk/client-eventbridge";
import { describe, expect, it } from "vitest";
import { judgeHeartbeat, type SchedulesPorts, scheduleCheckups } from "../../../src/aws/checkups/schedules.ts";
import { takeMinute } from "../../../src/commands/watching/minute.ts";
import { createWatchingStores } from "../../../src/commands/watching/stores.ts";
import { openSqliteStore } from "../../../src/local/sqlite-store.ts";

const minute = 60_000;
const now = 10_000 * minute;

type Over = {
  readonly states?: Readonly<Record<string, string>>;
  readonly ticks?: readonly number[];
  readonly beats?: readonly number[];
  readonly isWatching?: boolean;
  readonly fails?: Error;
};

/** Minutes ago that the rules called. */
async function found({ states = {}, ticks = [1], beats = [4], isWatching = false, fails }: Over = {}) {
  const table = openSqliteStore(":memory:", () => now);
  for (const ago of ticks) await takeMinute(table, "tick", now - ago * minute);
  for (const ago of beats) await takeMinute(table, "heartbeat", now - ago * minute);
  const { groups } = createWatchingStores(table, () => now);
  if (isWatching) await groups.wake({ team: "T1", connection: "default", project: "p" }, now);
  const send = async (command: unknown) => {
    if (fails !== undefined) throw fails;
    if (!(command instanceof DescribeRuleCommand)) throw new Error("no such call");
    return { State: states[command.input.Name ?? ""] ?? "ENABLED" };
  };
  // The SDK's `send` has an overload for each command.
  const client = { send } as unknown as SchedulesPorts["client"];
  const checkups = scheduleCheckups({ client, minuteRule: "minute", heartbeatRule: "heartbeat", table, groups, now: () => now });
  return Promise.all(checkups.map(({ run }) => run(now + 4_000)));
}

describe("the check of the schedules", () => {
  it("is well where both rules are on and call", async () => {
    expect(await found({ isWatching: true })).toEqual([
      { state: "ok", seen: "on, and the last tick was 1 m ago" },
      { state: "ok", seen: "on, and the last one was 4 m ago" },
    ]);
  });

  it("lets the minute rule rest while nothing is watched", async () => {
    expect(await found({ states: { minute: "DISABLED" }, ticks: [] })).toMatchObject([
      { state: "ok", seen: "rests, for nothing is watched" },
      { state: "ok" },
    ]);
  });

  it("finds the minute rule off while something is watched", async () => {
    const [finding] = await found({ states: { minute: "DISABLED" }, isWatching: true, ticks: [12] });
    expect(finding).toMatchObject({
      state: "broken",
      seen: "off, although something is watched; the last tick was 4 m ago",
      fix: expect.stringContaining("`minute`"),
    });
  });

  it("finds the heartbeat off", async () => {
    const [, finding] = await found({ states: { heartbeat: "DISABLED" } });
    expect(finding).toEqual({
      state: "broken",
      seen: "off, and it must never be",
      fix: "Switch the rule `heartbeat` on in EventBridge.",
    });
  });

  it("warns of a rule that is on and has not called for some minutes, and calls that broken after twenty", async () => {
    expect((await found({ isWatching: true, ticks: [], beats: [10] }))[0]).toMatchObject({ state: "warning" });
    expect(await found({ isWatching: true, ticks: [], beats: [25] })).toMatchObject([
      { state: "broken", fix: expect.stringContaining("the function tick") },
      { state: "broken", fix: expect.stringContaining("the function tick") },
    ]);
  });

  it("is patient with a bot that was deployed a moment ago", async () => {
    expect(await found({ ticks: [], beats: [] })).toMatchObject([{ state: "warning" }, { state: "warning" }]);
    expect(judgeHeartbeat(true, undefined, now, "heartbeat").state).toBe("warning");
  });

  it.each([
    ["AccessDeniedException", "unclear", "Deploy"],
    ["ResourceNotFoundException", "broken", "Deploy"],
    ["TimeoutError", "unclear", "Ask again"],
  ])("says what %s means", async (name, state, fix) => {
    const fails = Object.assign(new Error("arn:aws:iam::123456789012:role/x"), { name });
    const findings = await found({ fails });
    expect(findings).toMatchObject([
      { state, fix: expect.stringContaining(fix) },
      { state, fix: expect.stringContaining(fix) },
    ]);
    expect(JSON.stringify(findings)).not.toContain("123456789012");
  });
});
