// What the minute rule does about what was submitted, over an invocation's own connections.
import { describe, expect, it } from "vitest";
import type { Connections } from "../../handlers/compose.ts";
import { restingOnceTended, tendOver } from "../../handlers/submissions.ts";
import { createBudgets, dayOf } from "../../src/commands/budget.ts";
import { requestIdOf } from "../../src/commands/ids.ts";
import { MaybeQueued } from "../../src/commands/maybe-queued.ts";
import type { CommandRequest } from "../../src/commands/request.ts";
import { holdOf } from "../../src/commands/running/started.ts";
import { createSubmissions, guidOf, jobNameOf, type Submission } from "../../src/commands/running/submissions.ts";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { createLog } from "../../src/log.ts";
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
  const schedule = { enable: async () => undefined, disable: async () => undefined };
  const handed: CommandRequest[] = [];
  let isBusAway = false;
  const queue = {
    send: async (request: CommandRequest) => {
      if (isBusAway) throw new MaybeQueued(request.id);
      handed.push(request);
    },
  };
  const tick = async (afterMs: number) => {
    await clock.advance(afterMs);
    await tendOver(
      connections,
      "T1",
      schedule,
      queue,
      createLog((line) => lines.push(line), clock.now),
    );
  };

  const known = async (): Promise<Submission | undefined> => submissions.find("I1");
  const busIsAway = (is: boolean) => {
    isBusAway = is;
  };
  return { fake, posts, tick, known, lines, handed, busIsAway, spent: () => budgets.spent(requester, day) };
}

describe("the minute rule", () => {
  it("goes on while something submitted is to be looked after, and rests after it", async () => {
    const switched: string[] = [];
    const switchOf = (to: string) => async () => void switched.push(to);
    for (const open of [[["I1", {} as Submission]], []] as const)
      await restingOnceTended({ enable: switchOf("on"), disable: switchOf("off") }, { open: async () => open }).disable();
    expect(switched).toEqual(["on", "off"]);
  });

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

  it("has the rows of what ended asked for over the bus, as whoever ran it, under one id, until the bus has taken it", async () => {
    const { fake, tick, known, handed, busIsAway } = await aTick("submitting");
    const { id } = await fake.runSql(job.statement, { uniqueId: guidOf("I1"), jobName: jobNameOf(guidOf("I1")) });
    await tick(120_000);
    fake.set(id, { instance: anInstance({ id, status: "Terminated" }), tasks: [aTask({ status: "SUCCESS" })] });
    busIsAway(true);
    await tick(60_000);
    expect([handed, (await known())?.state]).toEqual([[], "owing"]);
    busIsAway(false);
    await tick(60_000);
    await tick(60_000);
    expect(handed).toMatchObject([
      {
        id: requestIdOf("rows\nI1"),
        ask: { kind: "text", text: `result ${id} --limit 5 -p demo_project` },
        caller: requester,
        replyTo: { channel: "U0BOB", direct: true },
        origin: "job",
      },
    ]);
    expect((await known())?.state).toBe("over");
  });

  it("asks again at the next minute where MaxCompute is away, and says nothing yet", async () => {
    const { posts, tick, known, lines } = await aTick("submitting", new Error("away"));
    await tick(120_000);
    expect([posts, (await known())?.state]).toEqual([[], "submitting"]);
    expect(lines.join("")).toContain("submission.not_tended");
  });
});
