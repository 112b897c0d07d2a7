// What the minute rule does about what was submitted, over an invocation's own connections.
import { describe, expect, it } from "vitest";
import type { Connections } from "../../handlers/compose.ts";
import { restingOnceTended, tendOver } from "../../handlers/submissions.ts";
import { createBudgets, dayOf } from "../../src/commands/budget.ts";
import type { CommandQueue, CommandRequest } from "../../src/commands/request.ts";
import { holdOf } from "../../src/commands/running/started.ts";
import { createSubmissions, guidOf, jobNameOf, type Submission } from "../../src/commands/running/submissions.ts";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { createLog } from "../../src/log.ts";
import { MaxComputeError } from "../../src/maxcompute/index.ts";
import { anInstance, aTask, fakeMaxCompute } from "../support/fake-maxcompute.ts";
import { manualClock } from "../support/manual-clock.ts";

const job = { kind: "sql", statement: "SELECT 1 FROM t", verb: "SELECT", isReading: true, settings: {} } as const;
const requester = { team: "T1", user: "U0BOB" };

async function aTick(state: "preparing" | "submitting", fails?: unknown) {
  const clock = manualClock();
  const store = openSqliteStore(":memory:", clock.now);
  const posts: { readonly channel: string; readonly text: string }[] = [];
  const fake = fakeMaxCompute([], fails === undefined ? {} : { failing: { listInstances: fails } });
  const slack = {
    conversations: { open: async ({ users }: { users: string }) => ({ channel: { id: `D-${users}` } }) },
    chat: { postMessage: async (post: { channel: string; text: string }) => void posts.push(post) },
  };
  // Only what it needs of them.
  const connections = { store, table: store, slack, fetch, clients: () => fake, clock } as unknown as Connections;
  const submissions = createSubmissions(store, clock.now);
  const budgets = createBudgets(store, clock.now);
  const day = dayOf(clock.now());
  const record = { requester, channel: "C1", watchIn: "C1", project: "demo_project", job, limit: 5, timeoutMs: 300_000, day };
  await submissions.begin("I1", { ...record, at: clock.now() });
  await budgets.hold(holdOf("I1", { requester, day }), 57, 100);
  if (state === "submitting") await submissions.move("I1", "preparing", { state });
  const lines: string[] = [];
  const switched: string[] = [];
  const schedule = restingOnceTended(
    { enable: async () => void switched.push("on"), disable: async () => void switched.push("off") },
    submissions,
  );
  const asked: CommandRequest[] = [];
  const bus = { isAway: false };
  const queue: CommandQueue = {
    async send(request) {
      asked.push(request);
      if (bus.isAway) throw new Error("away");
    },
  };
  const tick = async (afterMs: number) => {
    await clock.advance(afterMs);
    const log = createLog((line) => lines.push(line), clock.now);
    await tendOver(connections, "T1", { schedule, queue }, log);
    await schedule.disable();
  };
  /** Its worker submitted it, and waits for its rows no more. */
  const left = async (of: Submission["job"] = job, watched = true) => {
    const { id } = await fake.runSql("SELECT 1", { uniqueId: "g", jobName: "j" });
    const change = { instanceId: id, stopAt: clock.now() + 300_000, isLeft: true, isWatched: watched, job: of } as const;
    await submissions.move("I1", "submitting", { state: "submitted", ...change });
    return id;
  };

  const known = async (): Promise<Submission | undefined> => submissions.find("I1");
  return { fake, posts, tick, left, asked, bus, switched, known, lines, spent: () => budgets.spent(requester, day) };
}

describe("the minute rule", () => {
  it("says that nothing was run where a worker died before it submitted, and gives back what it held", async () => {
    const { posts, tick, known, spent } = await aTick("preparing");
    await tick(60_000);
    expect(posts).toEqual([]);
    await tick(60_000);
    await tick(60_000);
    expect(posts).toMatchObject([{ channel: "D-U0BOB", text: expect.stringMatching(/^NOT RUN/) }]);
    expect([(await known())?.state, await spent()]).toEqual(["dropped", 0]);
  });

  it("finds by its Guid what a worker submitted and died of, follows it, and stops it when its time is up", async () => {
    const { fake, posts, tick, known } = await aTick("submitting");
    const { id } = await fake.runSql(job.statement, { uniqueId: guidOf("I1"), jobName: jobNameOf(guidOf("I1")) });
    await tick(120_000);
    expect(posts).toMatchObject([{ text: expect.stringMatching(/^SUBMITTED/) }]);
    expect(await known()).toMatchObject({ state: "submitted", instanceId: id, isWatched: true });
    await tick(299_999);
    expect(fake.calls.filter((call) => call.startsWith("stopInstance"))).toEqual([]);
    await tick(1);
    expect(fake.calls.filter((call) => call.startsWith("stopInstance"))).toEqual([`stopInstance ${id}`]);
    expect(posts.at(-1)?.text).toMatch(/^STOPPED/);
    expect(fake.submitted).toHaveLength(1);
  });

  it("asks for the rows of what has ended, for whoever ran it and to them alone, and is done with it", async () => {
    const { fake, tick, left, asked, known, switched } = await aTick("submitting");
    const id = await left();
    await tick(60_000);
    expect(asked).toEqual([]);
    fake.set(id, { instance: anInstance({ id, status: "Terminated" }), tasks: [aTask({ status: "SUCCESS" })] });
    await tick(60_000);
    await tick(60_000);
    expect(asked).toMatchObject([
      {
        id: expect.stringMatching(/^E-/),
        ask: { kind: "text", text: `result ${id} -p demo_project --limit 5` },
        caller: requester,
        replyTo: { channel: "U0BOB", direct: true },
      },
    ]);
    expect((await known())?.state).toBe("over");
    expect(switched).toEqual(["on", "off", "off"]);
  });

  it.each([
    ["that failed, for its watch says so", job, true, "FAILED", 0],
    ["that failed and that nobody watches", job, false, "FAILED", 1],
    ["that changed data", { ...job, verb: "INSERT", isReading: false }, true, "SUCCESS", 0],
    ["that is an XFlow", { kind: "xflow", name: "X", parameters: {} }, true, "SUCCESS", 0],
  ] as const)("asks for the rows of one %s, or not", async (_, of, watched, status, times) => {
    const { fake, tick, left, asked, known } = await aTick("submitting");
    const id = await left(of, watched);
    fake.set(id, { instance: anInstance({ id, status: "Terminated" }), tasks: [aTask({ status })] });
    await tick(60_000);
    expect([asked.length, (await known())?.state]).toEqual([times, "over"]);
  });

  it("asks again, by the same id, where the bus may not have taken it", async () => {
    const { fake, tick, left, asked, bus, known } = await aTick("submitting");
    const id = await left();
    fake.set(id, { instance: anInstance({ id, status: "Terminated" }), tasks: [aTask({ status: "SUCCESS" })] });
    bus.isAway = true;
    await tick(60_000);
    expect((await known())?.state).toBe("submitted");
    bus.isAway = false;
    await tick(60_000);
    expect(asked.map((request) => request.id)).toEqual([asked[0]?.id, asked[0]?.id]);
    expect((await known())?.state).toBe("over");
  });

  it("is done with what MaxCompute knows no more", async () => {
    const { fake, tick, left, known } = await aTick("submitting");
    await left();
    fake.getInstance = async () => Promise.reject(new MaxComputeError("not-found", "gone"));
    await tick(60_000);
    expect((await known())?.state).toBe("over");
  });

  it("asks again at the next minute where MaxCompute is away, and says nothing yet", async () => {
    const { posts, tick, known, lines } = await aTick("submitting", new Error("away"));
    await tick(120_000);
    expect([posts, (await known())?.state]).toEqual([[], "submitting"]);
    expect(lines.join("")).toContain("submission.not_tended");
  });
});
