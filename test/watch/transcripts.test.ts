// Whole watches with a pinned clock: what a channel reads, a line each. Each is told again with a tick that dies in its middle.
import { describe, expect, it } from "vitest";
import type { Options } from "../../src/watch/index.ts";
import { min, oneStage, type Run, t0 } from "../support/watch/runs.ts";
import { aWorld, type World } from "../support/watch/world.ts";

type Story = {
  /** Of a card whose percentage alone changes only the first line. */
  readonly says: readonly string[];
  readonly run: Run;
  readonly options?: Options;
  readonly minutes: number;
  readonly before?: (world: World) => void;
  readonly during?: (world: World, minute: number) => void | Promise<void>;
};

async function tell({ run, options = {}, minutes, before, during }: Story, diesAt?: number): Promise<World> {
  const world = aWorld();
  world.run(run);
  before?.(world);
  await world.watch(run.id, options);
  for (let minute = 0; minute < minutes; minute += 1) {
    await during?.(world, minute);
    if (minute === diesAt) await world.dyingTick(world.usualCalls() / 2, "after");
    else await world.tick();
    world.move(min(1));
  }
  return world;
}

const stories: Readonly<Record<string, Story>> = {
  "a quick success": {
    says: ["10:00 card WAITING 0%", "10:01 card RUNNING 50%", "10:02 card SUCCESS", "10:02 reply success"],
    run: { id: "i1", stages: oneStage(2) },
    minutes: 6,
  },
  "a slow one with a deadline": {
    says: [
      "10:00 card WAITING 0% on track",
      "10:01 card RUNNING 1% on track",
      "10:31 card RUNNING 50% late",
      "10:31 reply M1 done, R2 started",
      "10:31 reply 50%",
      "10:31 reply late for 11:00",
      "11:00 card RUNNING 75% missed",
      "11:00 reply 75%",
      "11:00 reply! missed 11:00",
      "11:30 card SUCCESS missed",
      "11:30 reply success",
    ],
    run: {
      id: "i1",
      stages: [
        { name: "M1", workers: 100, minutes: 30 },
        { name: "R2", workers: 100, minutes: 60 },
      ],
    },
    options: { by: t0 + min(60) },
    minutes: 96,
  },
  "a failure in quiet hours": {
    says: [
      "10:00 card WAITING",
      "10:07 card WAITING 0%",
      "10:08 card RUNNING 20%",
      "10:09 card RUNNING 40%",
      "10:10 card RUNNING 60%",
      "10:11 card RUNNING 80%",
      "10:12 card FAILED",
      "10:12 reply! failed ODPS-0130131 @ann",
      "10:20 channel summary of 2",
    ],
    run: { id: "i1", ends: "FAILED", queuedMin: 7, stages: oneStage(5) },
    minutes: 25,
    before: (world) => world.stores.setQuiet({ team: "T1", channel: "C1" }, { from: 9 * 60, to: 10 * 60 + 20, zone: "UTC" }),
  },
  "a stuck one": {
    says: [
      "10:00 card WAITING 0%",
      "10:01 card RUNNING 1%",
      "10:02 card RUNNING 3%",
      "10:03 card RUNNING 5%",
      "10:04 card RUNNING 6%",
      "10:05 card RUNNING 8%",
      "10:15 card RUNNING 8% stuck since 10:05",
      "10:15 reply stuck since 10:05",
      "10:41 card CANCELLED",
      "10:41 reply cancelled",
    ],
    run: { id: "i1", stages: oneStage(60), stuckAtMin: 5, stoppedAtMin: 40 },
    options: { stuckMs: min(10) },
    minutes: 45,
  },
  "a queued one": {
    says: [
      "10:00 card WAITING",
      "10:05 reply queued at 4 of 9",
      "10:08 card WAITING 0%",
      "10:09 card RUNNING 25%",
      "10:09 reply started",
      "10:10 card RUNNING 50%",
      "10:11 card RUNNING 75%",
      "10:12 card SUCCESS",
      "10:12 reply success",
    ],
    run: { id: "i1", queuedMin: 8, stages: oneStage(4) },
    minutes: 16,
  },
  "a cancelled one": {
    says: [
      "10:00 card WAITING 0%",
      "10:01 card RUNNING 10%",
      "10:02 card RUNNING 20%",
      "10:03 card RUNNING 30%",
      "10:04 card CANCELLED",
      "10:04 reply cancelled",
    ],
    run: { id: "i1", stages: oneStage(10), stoppedAtMin: 4 },
    minutes: 8,
  },
  "a stop that takes effect": {
    says: [
      "10:00 card WAITING 0%",
      "10:01 card RUNNING 10%",
      "10:02 card RUNNING 20%",
      "10:03 card STOPPING 30% stopped by bob",
      "10:04 card CANCELLED stopped by bob",
      "10:04 reply cancelled",
    ],
    run: { id: "i1", stages: oneStage(10), stoppedAtMin: 4 },
    minutes: 8,
    during: (world, minute) => (minute === 3 ? world.stop("i1") : undefined),
  },
  "a stop that does nothing, and is tried again": {
    says: [
      "10:00 card WAITING 0%",
      "10:01 card RUNNING 10%",
      "10:02 card STOPPING 20% stopped by bob",
      "10:03 card RUNNING 30% for all the stop by bob",
      "10:03 reply unstopped since 10:02 @bob",
      "10:04 card RUNNING 40% for all the stop by bob",
      "10:05 card STOPPING 50% stopped by cat",
      "10:06 card RUNNING 60% for all the stop by cat",
      "10:06 reply unstopped since 10:05 @cat",
      "10:07 card RUNNING 70% for all the stop by cat",
      "10:08 card RUNNING 80% for all the stop by cat",
      "10:09 card RUNNING 90% for all the stop by cat",
      "10:10 card SUCCESS",
      "10:10 reply success",
    ],
    run: { id: "i1", stages: oneStage(10) },
    minutes: 14,
    during: (world, minute) => (minute === 2 ? world.stop("i1") : minute === 5 ? world.stop("i1", "cat") : undefined),
  },
  "one that vanishes": {
    says: [
      "10:00 card WAITING 0%",
      "10:01 card RUNNING 3%",
      "10:02 card RUNNING 6%",
      "10:03 card RUNNING 10%",
      "10:06 card GONE",
      "10:06 reply missing",
    ],
    run: { id: "i1", stages: oneStage(30), vanishesAtMin: 4 },
    minutes: 12,
  },
  "Slack answering 429 for 3 minutes": {
    says: ["10:00 card WAITING 0%", "10:01 card RUNNING 25%", "10:05 card SUCCESS", "10:05 reply success"],
    run: { id: "i1", stages: oneStage(4) },
    minutes: 8,
    during: (world, minute) => {
      const notBefore = t0 + min(5);
      world.faults.notifier = minute >= 2 && minute < 5 ? () => ({ kind: "later", notBefore }) : undefined;
    },
  },
  "MaxCompute unreachable for 20 minutes": {
    says: [
      "10:00 card WAITING 0%",
      "10:01 card RUNNING 5%",
      "10:02 card RUNNING 11%",
      "10:19 card RUNNING 11% silent since 10:03",
      "10:19 channel unreachable",
      "10:23 card SUCCESS",
      "10:23 reply success",
      "10:23 channel recovered",
    ],
    run: { id: "i1", stages: oneStage(18) },
    minutes: 30,
    during: (world, minute) => {
      world.faults.answers = minute < 3 || minute >= 23;
    },
  },
};

/** Without the edits that change nothing but a percentage. */
const firstOfEach = (lines: readonly string[]): readonly string[] => {
  let last = "";
  return lines.filter((line) => {
    const words = line.slice(6).replace(/ \d+%/, "");
    const isSame = words === last;
    if (line.includes(" card ")) last = words;
    return !line.includes(" card ") || !isSame;
  });
};

const replies = (lines: readonly string[]) =>
  lines.filter((line) => !line.includes(" card ")).map((line) => line.slice(6).replace(" (perhaps repeated)", ""));
const lastCard = (lines: readonly string[]) =>
  lines
    .filter((line) => line.includes(" card "))
    .at(-1)
    ?.slice(6)
    .replace(" (perhaps repeated)", "");

describe("a watch, as the channel reads it,", () => {
  it.each(Object.entries(stories))("of %s", async (_, story) => {
    const lines = (await tell(story)).transcript();
    expect(story.run.stages?.length === 2 ? firstOfEach(lines) : lines).toEqual(story.says);
  });

  it.each(Object.entries(stories))("of %s says the same with a restart in each of its minutes", async (_, story) => {
    const whole = (await tell(story)).transcript();
    for (let minute = 0; minute < story.minutes - 3; minute += Math.max(1, Math.floor(story.minutes / 12))) {
      const broken = await tell({ ...story, minutes: story.minutes + 3 }, minute);
      const lines = broken.transcript();
      expect({ minute, replies: [...new Set(replies(lines))].sort() }).toEqual({
        minute,
        replies: [...new Set(replies(whole))].sort(),
      });
      expect(lastCard(lines)).toBe(lastCard(whole));
      const unmarked = broken.posts.filter(({ isRepeat }) => !isRepeat).map(({ key, watch }) => `${watch} ${key}`);
      expect(new Set(unmarked).size).toBe(unmarked.length);
    }
  });
});

describe("200 completions in one minute", () => {
  const completed = async (diesAt?: number) => {
    const world = aWorld();
    for (let index = 0; index < 200; index += 1) {
      world.run({ id: `i${index}`, stages: oneStage(5), ends: index % 50 === 0 ? "FAILED" : "SUCCESS" });
      await world.watch(`i${index}`);
    }
    await world.minutes(5);
    world.transcript();
    if (diesAt !== undefined) await world.dyingTick(diesAt, "after");
    await world.minutes(5);
    return world;
  };

  it("are four failures, a few successes and one summary", async () => {
    const world = await completed();
    const said = world.transcript().filter((line) => !line.includes(" card "));
    expect(said.filter((line) => line.includes("failed"))).toHaveLength(4);
    expect(said.filter((line) => line.includes("reply success"))).toHaveLength(3);
    expect(said.filter((line) => line.includes("summary"))).toEqual(["10:05 channel summary of 193"]);
    expect([...world.cards.values()].filter((words) => words === "SUCCESS")).toHaveLength(196);
    expect(world.stores.watchIds()).toEqual([]);
  });

  it("are each told, on their own or in a summary, when the tick dies in the middle", async () => {
    const world = await completed(1_500);
    const finished = world.posts.filter(({ key }) => key === "finished");
    const summed = world.posts
      .filter(({ line }) => line.startsWith("summary"))
      .reduce((sum, { line }) => sum + Number(line.split(" ")[2]), 0);
    expect(new Set(finished.map(({ watch }) => watch)).size + summed).toBe(200);
  });
});
