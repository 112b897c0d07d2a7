// Commands as people use them: typed text in, Views out, on a fake MaxCompute.
import { describe, expect, it } from "vitest";
import { MaxComputeError } from "../../src/maxcompute/index.ts";
import type { ErrorView } from "../../src/view/index.ts";
import { aBot } from "../support/a-bot.ts";
import {
  anInstance,
  aStage,
  aTask,
  cancelled,
  type FakeInstance,
  fakeMaxCompute,
  startedAt,
} from "../support/fake-maxcompute.ts";
import { contentOf } from "../support/files.ts";

const running = {
  instance: anInstance(),
  tasks: [aTask()],
  progress: { AnonymousSQLTask: { stages: [aStage("M1", 50), aStage("R2", 0)] } },
};
const id = running.instance.id;
const ended = (over: object, status: string, results: readonly { taskName: string; format: string; text: string }[] = []) => ({
  instance: anInstance({ status: "Terminated", endTime: startedAt + 60_000, ...over }),
  tasks: [aTask({ status })],
  results,
});
const success = ended({ id: "20261122090000000gsuccess1" }, "SUCCESS", [
  { taskName: "AnonymousSQLTask", format: "csv", text: '"name","size"\n"Iris-setosa",1.5\n"Iris-virginica",\\N\n"Other",3\n' },
]);
const failed = ended({ id: "20261122090100000gfailed01" }, "FAILED", [
  {
    taskName: "AnonymousSQLTask",
    format: "text",
    text: "ODPS-0130131:[1,15] Table not found - table demo_project.nope cannot be resolved",
  },
]);

describe("status", () => {
  it("shows a running instance with its progress, and Stop only to who may press it", async () => {
    const { type, answer } = aBot(fakeMaxCompute([running], { jobInsight: "https://console.test/?i=" }));
    const view = await answer("instance", type("bob", `status ${id}`));
    expect(view).toMatchObject({
      outcome: "running",
      mayStop: true,
      jobInsightUrl: `https://console.test/?i=${id}`,
    });
    expect(view.progress[0]).toMatchObject({ percent: 25, line: expect.stringContaining(`${id} 2026-11-22 `) });
    expect(await answer("instance", type("vic", `status ${id}`))).toMatchObject({ mayStop: false });
  });

  it("says why a failed one failed", async () => {
    const { type, answer } = aBot(fakeMaxCompute([failed]));
    const view = await answer("instance", type("vic", failed.instance.id));
    expect(view).toMatchObject({
      outcome: "failed",
      mayStop: false,
      failure: { taskName: "AnonymousSQLTask", code: "ODPS-0130131" },
    });
  });

  it("works without the job-insight link when MaxCompute will not give it", async () => {
    const { type, answer } = aBot(fakeMaxCompute([running], { failing: { getJobInsight: new MaxComputeError("server", "no") } }));
    expect(await answer("instance", type("vic", `status ${id}`))).not.toHaveProperty("jobInsightUrl");
  });

  it("shows an instance whose task type has no progress", async () => {
    const { type, answer } = aBot(
      fakeMaxCompute([running], { failing: { getTaskProgress: new MaxComputeError("invalid", "no stages") } }),
    );
    expect((await answer("instance", type("vic", `status ${id}`))).progress).toMatchObject([{ stages: [] }]);
  });

  it("shows what it knows when the details cannot be had", async () => {
    const broken = new MaxComputeError("server", "no");
    const { type, answer } = aBot(
      fakeMaxCompute([running, failed], { failing: { getTaskProgress: broken, getTaskResult: broken } }),
    );
    expect(await answer("instance", type("vic", `status ${id}`))).toMatchObject({ outcome: "running", progress: [] });
    expect(await answer("instance", type("vic", failed.instance.id))).toMatchObject({ outcome: "failed" });
  });

  it("asks for the tasks again when the instance ended between the two answers", async () => {
    const fake = fakeMaxCompute([{ ...success, tasks: [aTask({ status: "RUNNING" })] }]);
    let asked = 0;
    const getTasks = async () => [aTask({ status: asked++ === 0 ? "RUNNING" : "SUCCESS" })];
    const { type, answer } = aBot({ ...fake, withDeadline: () => ({ ...fake, getTasks }) });
    expect(await answer("instance", type("vic", success.instance.id))).toMatchObject({ outcome: "success" });
  });

  it("is posted for everybody with --share", async () => {
    const { type } = aBot(fakeMaxCompute([running]));
    expect(await type("vic", `status ${id} --share`)).toMatchObject([
      { to: "#general", stage: "announced", view: { kind: "instance" } },
    ]);
  });

  it("asks the project that a pasted link or -p names", async () => {
    const { type, projects } = aBot(fakeMaxCompute([running]));
    await type("vic", `status ${id} -p other_project`);
    await type("vic", `https://x.test/?p=linked_project&i=${id}`);
    expect([...new Set(projects)]).toEqual(["other_project", "linked_project"]);
  });

  it("of an unknown instance says so, with MaxCompute's request id", async () => {
    const { type, answer, logged } = aBot(fakeMaxCompute([]));
    const view = await answer("error", type("vic", `status ${id}`));
    expect(view).toMatchObject({
      title: "MaxCompute knows no such instance in this project.",
      cause: { code: "NoSuchObject", requestId: "RQ404" },
    });
    expect(logged).toContainEqual(expect.objectContaining({ event: "request.failed", requestId: view.errorId }));
  });
});

describe("an instance can be named", () => {
  it("as last, once one was named here by this person", async () => {
    const { type, answer } = aBot(fakeMaxCompute([running, success]));
    expect((await answer("error", type("vic", "status last"))).title).toContain("no `last` yet");
    await type("vic", `tasks ${id}`);
    expect((await answer("instance", type("vic", "status last"))).instance.id).toBe(id);
    expect((await answer("error", type("bob", "status last"))).title).toContain("no `last` yet");
  });

  it("by its number in the last list, for fifteen minutes", async () => {
    const { type, answer, clock } = aBot(fakeMaxCompute([running, success, failed]));
    expect((await answer("error", type("vic", "status #1"))).title).toContain("not listed anything");
    const list = await answer("instances", type("vic", "list"));
    expect((await answer("instance", type("vic", "#2"))).instance.id).toBe(list.rows[1]?.instance.id);
    expect((await answer("error", type("vic", "#9"))).title).toContain("shorter");
    await clock.advance(15 * 60_000 + 1);
    expect((await answer("error", type("vic", "#2"))).title).toContain("older than 15 minutes");
  });

  it("by a suffix: of what was seen here first, then of the newest in MaxCompute", async () => {
    const { type, answer } = aBot(fakeMaxCompute([running, success, failed]));
    expect((await answer("instance", type("vic", "status gsuccess1"))).instance.id).toBe(success.instance.id);
    expect((await answer("error", type("vic", "status zzzzz9"))).title).toContain("ends in `zzzzz9`");
  });

  it("by last or its number in another project, when one is typed", async () => {
    const { type, projects } = aBot(fakeMaxCompute([running]));
    await type("vic", "list");
    await type("vic", "status #1 -p other_project");
    await type("vic", "status last -p third_project");
    expect([...new Set(projects)]).toEqual(["demo_project", "other_project", "third_project"]);
  });

  it("by a suffix that several have: each is offered as a button that runs the same command", async () => {
    const twins = ["20261122090000000gsametail1", "20261122090000001gsametail1"].map((each) => ({
      ...running,
      instance: anInstance({ id: each }),
    }));
    const { type, answer, doAs } = aBot(fakeMaxCompute(twins));
    const view = await answer("choices", type("vic", "tasks sametail1"));
    expect(view.choices.map(({ link }) => link.instanceId)).toEqual(twins.map(({ instance }) => instance.id).reverse());
    const [verb, ref] = (view.choices[1]?.value ?? "").split(/:(.*)/s);
    const chosen = await answer("tasks", doAs("vic", { kind: "ref", verb: verb ?? "", ref: ref ?? "" }));
    expect(chosen.link.instanceId).toBe(twins[0]?.instance.id);
    await type("vic", `status ${twins[0]?.instance.id}`);
    await type("vic", `status ${twins[1]?.instance.id}`);
    expect((await answer("choices", type("vic", "tasks sametail1"))).choices).toHaveLength(2);
  });
});

describe("list", () => {
  const many = fakeMaxCompute([
    running,
    success,
    failed,
    {
      ...running,
      instance: anInstance({ id: "20261122095500000gsuspend", status: "Suspended", startTime: startedAt + 420_000 }),
    },
  ]);

  it("shows all owners' instances of the last day, newest first, with how the ended ones ended", async () => {
    const fake = fakeMaxCompute([success, running, failed]);
    const { type, answer, clock } = aBot(fake);
    const view = await answer("instances", type("vic", "list"));
    expect(view).toMatchObject({ total: 3, filter: "all, last 1 d" });
    expect(view.rows.map(({ number, outcome }) => [number, outcome])).toEqual([
      [1, "running"],
      [2, "failed"],
      [3, "success"],
    ]);
    expect(fake.calls[0]).toBe(
      `listInstances ${JSON.stringify({ onlyOwner: false, from: clock.now() - 86_400_000, limit: 10_000 })}`,
    );
  });

  it.each([
    ["list --running", ["running"]],
    ["list --suspended", ["suspended"]],
    ["list --failed", ["failed"]],
    ["list --done --limit 1", ["failed"]],
    ["list --name *gsuccess*", ["success"]],
    ["list --owner *bob*", []],
    ["list --owner aliyun*", ["suspended", "running", "failed", "success"]],
  ])("%s", async (typed, outcomes) => {
    const { type, answer } = aBot(many);
    expect((await answer("instances", type("vic", typed))).rows.map(({ outcome }) => outcome)).toEqual(outcomes);
  });

  it("finds those that wait for their turn", async () => {
    const queued = { instance: anInstance({ id: "20261122095900000gqueued01" }), tasks: [aTask({ status: "WAITING" })] };
    const { type, answer } = aBot(fakeMaxCompute([running, queued, success]));
    const { rows, filter } = await answer("instances", type("vic", "list --waiting"));
    expect(rows.map(({ instance, tasks }) => [instance.id, tasks?.length])).toEqual([[queued.instance.id, 1]]);
    expect(filter).toBe("waiting, last 1 d");
  });

  it("refuses filters that exclude one another", async () => {
    const { type, answer } = aBot(many);
    expect((await answer("error", type("vic", "list --running --failed"))).title).toContain("exclude one another");
  });

  it("asks MaxCompute for the instances of a job or a quota, and says so", async () => {
    const maxcompute = fakeMaxCompute([running]);
    const { type, answer } = aBot(maxcompute);
    const { filter } = await answer("instances", type("vic", "list --job nightly --quota batch"));
    expect(filter).toBe("all, job nightly, quota batch, last 1 d");
    expect(maxcompute.calls.find((call) => call.startsWith("listInstances"))).toMatch(/"jobName":"nightly","quota":"batch"/);
  });

  it("shows the raw status where the tasks cannot be read", async () => {
    const { type, answer } = aBot(fakeMaxCompute([success], { failing: { getTasks: new MaxComputeError("denied", "no") } }));
    const { rows } = await answer("instances", type("vic", "list --ids"));
    expect(rows[0]).not.toHaveProperty("outcome");
  });

  it("does not hide a fault of our own as a row", async () => {
    const { type, answer } = aBot(fakeMaxCompute([success], { failing: { getTasks: new TypeError("a bug") } }));
    expect((await answer("error", type("vic", "list"))).title).toBe("Something broke on my side.");
  });

  it("does not pass over in silence what it could not look into for failures", async () => {
    const { type, answer } = aBot(fakeMaxCompute([success], { failing: { getTasks: new MaxComputeError("timeout", "no") } }));
    expect(await answer("instances", type("vic", "list --failed"))).toMatchObject({
      rows: [],
      cut: "MaxCompute did not show me the tasks of 1 of them",
    });
  });

  it("shows what it read when MaxCompute is too slow for the rest, and says so", async () => {
    const fake = fakeMaxCompute([]);
    const listInstances = async function* () {
      yield running.instance;
      throw new MaxComputeError("timeout", "too late");
    };
    const { type, answer } = aBot({ ...fake, withDeadline: () => ({ ...fake, listInstances }) });
    expect(await answer("instances", type("vic", "list"))).toMatchObject({
      total: 1,
      cut: "MaxCompute was too slow: I read 1 instances, and not all",
    });
  });

  it("has no part of a listing to show when the first page is too late", async () => {
    const { type, answer } = aBot(fakeMaxCompute([], { failing: { listInstances: new MaxComputeError("timeout", "no") } }));
    expect(await answer("error", type("vic", "list"))).toMatchObject({
      title: "MaxCompute did not answer in time.",
      suggestions: [{ label: "Try again", value: "text:list" }],
    });
  });

  it("says when it did not look into all ended ones for failures", async () => {
    const old = Array.from({ length: 120 }, (_, index) =>
      ended({ id: `20261122080000${String(index).padStart(3, "0")}gold0001` }, "SUCCESS"),
    );
    const { type, answer } = aBot(fakeMaxCompute(old));
    expect(await answer("instances", type("vic", "list --failed"))).toMatchObject({
      rows: [],
      cut: "I looked into the newest 100 of 120 ended instances",
    });
  });
});

describe("exists", () => {
  it("answers each name, also one that cannot be an id", async () => {
    const { type, answer } = aBot(fakeMaxCompute([running]));
    const view = await answer("existence", type("vic", `exists ${id} my_instance_id`));
    expect(view.answers).toMatchObject([
      { exists: true, link: { instanceId: id } },
      { name: "my_instance_id", exists: false },
    ]);
    expect((await answer("existence", type("vic", "exists last"))).answers).toMatchObject([{ name: "last", exists: true }]);
  });

  it("looks into the project of a pasted link", async () => {
    const { type, projects } = aBot(fakeMaxCompute([running]));
    await type("vic", `exists https://x.test/?p=linked_project&i=${id}`);
    expect(projects).toEqual(["linked_project"]);
  });

  it("answers no to a name that the client refuses to send", async () => {
    const { type, answer } = aBot(
      fakeMaxCompute([], { failing: { instanceExists: new MaxComputeError("invalid", "not a name") } }),
    );
    expect((await answer("existence", type("vic", "exists .."))).answers).toEqual([{ name: "..", exists: false }]);
  });

  it("does not take a refusal for a no", async () => {
    const { type, answer } = aBot(fakeMaxCompute([], { failing: { instanceExists: new MaxComputeError("denied", "no") } }));
    expect(await answer("error", type("vic", "exists x"))).toMatchObject({ tone: "denied" });
  });
});

describe("tasks, progress and result", () => {
  const two = {
    ...success,
    tasks: [aTask({ name: "one", status: "SUCCESS" }), aTask({ name: "two", status: "FAILED" })],
    results: [
      { taskName: "one", format: "text", text: "some\n  text" },
      { taskName: "two", format: "csv", text: "ODPS-0123055:User script exception - boom" },
    ],
  };

  it("show every task unless one is picked", async () => {
    const { type, answer } = aBot(fakeMaxCompute([two]));
    expect((await answer("tasks", type("vic", "tasks gsuccess1"))).tasks).toHaveLength(2);
    expect((await answer("tasks", type("vic", "tasks last --task two"))).tasks).toMatchObject([{ name: "two" }]);
    expect((await answer("progress", type("vic", "progress last"))).tasks.map(({ taskName }) => taskName)).toEqual([
      "one",
      "two",
    ]);
    expect((await answer("result", type("vic", "result last"))).results).toHaveLength(2);
    expect(await answer("error", type("vic", "tasks last --task three"))).toMatchObject({
      title: "There is no task `three`.",
      detail: "Its tasks: `one`, `two`.",
    });
  });

  it("show text verbatim, and a failed task's error as what it is", async () => {
    const { type, answer } = aBot(fakeMaxCompute([two]));
    expect((await answer("result", type("vic", "result gsuccess1"))).results).toEqual([
      { format: "text", taskName: "one", text: "some\n  text", failed: false },
      { format: "text", taskName: "two", text: "ODPS-0123055:User script exception - boom", failed: true },
    ]);
  });

  it("show a table, its columns chosen, its rows searched and limited", async () => {
    const { type, answer } = aBot(fakeMaxCompute([success]));
    const whole = await answer("result", type("vic", "result gsuccess1"));
    expect(whole.results).toMatchObject([{ columns: ["name", "size"], rowCount: 3, totalRows: 3, truncated: false }]);
    const some = await answer("result", type("vic", "result last --cols SIZE,name --grep iris --limit 1"));
    expect(some.results).toMatchObject([
      { columns: ["size", "name"], rows: [["1.5", "Iris-setosa"]], rowCount: 2, totalRows: 3 },
    ]);
    expect((await answer("error", type("vic", "result last --cols name,#1 --csv"))).title).toBe(
      "The column `name` is named twice.",
    );
    expect((await answer("error", type("vic", "result last --cols nope"))).detail).toBe("Columns: `name`, `size`.");
  });

  it("show results also when MaxCompute lists no task", async () => {
    const { type, answer } = aBot(fakeMaxCompute([{ ...success, tasks: [] }]));
    expect((await answer("result", type("vic", "result gsuccess1"))).results).toHaveLength(1);
  });

  it("send files under names that every system takes", async () => {
    const odd = { ...success, tasks: [aTask({ name: "../<!here>", status: "SUCCESS" })] };
    const results = [{ taskName: "../<!here>", format: "text", text: "x" }];
    const { type, answer } = aBot(fakeMaxCompute([{ ...odd, results }]));
    expect((await answer("result", type("vic", "result gsuccess1 --csv"))).files[0]?.name).toMatch(/^[\w.-]+$/);
  });

  it("send all rows as a file when asked", async () => {
    const { type, answer } = aBot(fakeMaxCompute([success, two]));
    const csv = await answer("result", type("vic", "result gsuccess1 --csv"));
    expect(csv.files.map(({ name }) => name)).toEqual([`${success.instance.id}-one.txt`]);
    expect(await contentOf(csv.files[0])).toBe("some\n  text");
    const { type: typeToo, answer: answerToo } = aBot(fakeMaxCompute([success]));
    const asCsv = await answerToo("result", typeToo("vic", "result gsuccess1 --csv"));
    expect(await contentOf(asCsv.files[0])).toMatch(/^name,size\r\n/);
    expect((await answerToo("result", typeToo("vic", "result gsuccess1 --json"))).files[0]?.name).toMatch(
      /AnonymousSQLTask\.json$/,
    );
    expect((await answerToo("error", typeToo("vic", "result last --csv --json"))).title).toContain("not both");
  });

  describe("that MaxCompute cut", () => {
    const csv = '"id","name"\n1,"a"\n2,"b"\n';
    const inline = (selectResultStatus: string, text = csv) => ({
      taskName: "AnonymousSQLTask",
      format: "csv",
      text,
      descriptor: { selectResultStatus },
    });
    const columns = [
      { name: "id", type: "bigint" },
      { name: "name", type: "string" },
    ];
    const rows = [
      [1n, "a"],
      [2n, "b"],
      [3n, null],
      [9_007_199_254_740_993n, "=B"],
    ];
    const cut = { ...success, results: [inline("TRUNCATED")], tunnel: { columns, rows } };
    const show = async (text: string, instance: FakeInstance = cut) => {
      const maxcompute = fakeMaxCompute([instance]);
      const { type, answer } = aBot(maxcompute);
      return { maxcompute, view: await answer("result", type("vic", text)) };
    };

    it("say how many rows there are, and come whole as a file", async () => {
      const { view, maxcompute } = await show("result gsuccess1");
      expect(view.results).toMatchObject([{ rowCount: 2, totalRows: 2, allRows: 4, truncated: true }]);
      expect(view.files.map(({ name }) => name)).toEqual([`${success.instance.id}-AnonymousSQLTask.csv`]);
      await contentOf(view.files[0]);
      expect(maxcompute.calls).toContain(`resultCsv ${success.instance.id}`);
    });

    it("send no file unasked to who looks for something in them, or to a whole channel", async () => {
      expect((await show("result gsuccess1 --grep a")).view.files).toEqual([]);
      expect((await show("result gsuccess1 --cols id")).view.files).toEqual([]);
      const { type, settle, told } = aBot(fakeMaxCompute([cut]));
      await type("vic", "result gsuccess1 --share");
      await settle();
      expect(told.flatMap(({ view }) => (view.kind === "result" ? view.files : []))).toEqual([]);
    });

    it("are searched to their end for a file, and lose no digit", async () => {
      const { view } = await show("result gsuccess1 --csv --grep b");
      expect(await contentOf(view.files[0])).toBe("id,name\r\n2,b\r\n9007199254740993,'=B\r\n");
    });

    it("can be had as JSON, with the columns that were asked for", async () => {
      const { view } = await show("result gsuccess1 --json --cols name");
      expect(JSON.parse(await contentOf(view.files[0]))).toEqual([{ name: "a" }, { name: "b" }, { name: null }, { name: "=B" }]);
      const { view: none } = await show("result gsuccess1 --json --grep nowhere");
      expect(JSON.parse(await contentOf(none.files[0]))).toEqual([]);
    });

    it("hand only the wanted columns to a CSV file", async () => {
      const { view, maxcompute } = await show("result gsuccess1 --csv --cols name");
      await contentOf(view.files[0]);
      expect(maxcompute.calls).toContain(`resultCsv ${success.instance.id} name`);
    });

    it("are shown through the tunnel where nothing of them is inline", async () => {
      const { view } = await show("result gsuccess1", { ...cut, results: [inline("NO", "")] });
      expect(view.results).toMatchObject([
        { columns: ["id", "name"], rows: [["1", "a"], ["2", "b"], ["3", null], {}], allRows: 4 },
      ]);
    });

    it("say so when the project lets nobody download more", async () => {
      const { view } = await show("result gsuccess1", { ...cut, tunnel: { columns, rows, isLimited: true } });
      expect(view.results).toMatchObject([{ isLimited: true }]);
    });

    it("are what is inline where there is no tunnel", async () => {
      const { tunnel: _, ...inlineOnly } = cut;
      const { view } = await show("result gsuccess1", inlineOnly);
      expect(view.results).toMatchObject([{ truncated: true, rowCount: 2 }]);
      expect(view.results[0]).not.toHaveProperty("allRows");
      expect(view.files).toEqual([]);
    });

    it("give MaxCompute the time that a file needs", async () => {
      const maxcompute = fakeMaxCompute([cut]);
      const { type, answer, clock } = aBot(maxcompute);
      const from = clock.now();
      const view = await answer("result", type("vic", "result gsuccess1 --csv"));
      await contentOf(view.files[0]);
      expect(Math.max(...maxcompute.deadlines) - from).toBe(13 * 60_000);
    });
  });

  it("say when the service cut the rows itself, and when there are none to send", async () => {
    const cut = {
      ...success,
      results: [
        { taskName: "AnonymousSQLTask", format: "csv", text: '"a"\n1\n', descriptor: { selectResultStatus: "TRUNCATED" } },
      ],
    };
    const { type, answer } = aBot(fakeMaxCompute([cut]));
    expect((await answer("result", type("vic", "result gsuccess1"))).results).toMatchObject([{ truncated: true }]);
    const held = {
      ...success,
      results: [{ taskName: "AnonymousSQLTask", format: "csv", text: '"a"\n', descriptor: { selectResultStatus: "NO" } }],
    };
    const failing = { openResult: new MaxComputeError("unsupported", "several tasks") };
    const { type: typeHeld, answer: answerHeld } = aBot(fakeMaxCompute([held], { failing }));
    expect((await answerHeld("result", typeHeld("vic", "result gsuccess1"))).results).toMatchObject([{ truncated: true }]);
    const empty = { ...success, results: [{ taskName: "AnonymousSQLTask", format: "csv", text: "" }] };
    const { type: typeToo, answer: answerToo } = aBot(fakeMaxCompute([empty]));
    expect(await answerToo("result", typeToo("vic", "result gsuccess1 --csv"))).toMatchObject({
      results: [{ columns: [] }],
      files: [],
    });
  });

  it("have no result to show of an instance that still runs", async () => {
    const { type, answer } = aBot(fakeMaxCompute([running]));
    expect(await answer("error", type("vic", `result ${id}`))).toMatchObject({
      title: expect.stringContaining("still Running"),
      suggestions: [{ value: `text:status ${id} -p demo_project` }],
    });
  });

  it("name no tasks where there are none yet", async () => {
    const { type, answer } = aBot(fakeMaxCompute([{ ...running, tasks: [] }]));
    expect((await answer("error", type("vic", `tasks ${id} --task x`))).detail).toBe("The instance has no tasks yet.");
  });
});

describe("logview", () => {
  it("is one hour long unless told, private, and never shared", async () => {
    const { type, answer } = aBot(fakeMaxCompute([running], { jobInsight: "https://c.test/" }));
    expect(await answer("logview", type("vic", `logview ${id}`))).toMatchObject({
      url: expect.stringContaining("T-1"),
      expiresAt: startedAt + 3_600_000,
      jobInsightUrl: `https://c.test/${id}`,
    });
    expect((await answer("logview", type("vic", "lv last --hours 8"))).url).toContain("T-8");
    expect((await answer("error", type("vic", "lv last --hours 720"))).title).toContain("from 1 to 24");
    expect((await answer("error", type("vic", "lv last --share"))).title).toContain("no `--share`");
  });

  it("is not made for an instance or a task that is not there", async () => {
    const fake = fakeMaxCompute([running]);
    const { type, answer } = aBot(fake);
    await answer("error", type("vic", "logview 20200101000000000gnothere1"));
    await answer("error", type("vic", `logview ${id} --task nope`));
    expect(fake.calls.filter((call) => call.startsWith("getLogview"))).toEqual([]);
  });
});

describe("stop", () => {
  const press = (intentId: string, what: "run" | "cancel" = "run") => ({ kind: "intent", intentId, press: what }) as const;

  it("shows what would be stopped and asks; the button stops it and says what MaxCompute then says", async () => {
    const fake = fakeMaxCompute([running], { onStop: cancelled });
    const { type, answer, doAs } = aBot(fake);
    const asked = await answer("confirm-stop", type("bob", `stop ${id} --reason "wrong day"`));
    expect(asked).toMatchObject({ intentId: "intent-0", facts: { percent: 25 }, reason: "wrong day" });
    expect(fake.calls).not.toContain(`stopInstance ${id}`);
    const told = await doAs("bob", press(asked.intentId));
    expect(told).toMatchObject([
      { to: "bob", stage: "interim", view: { kind: "stop", phase: "stopping" } },
      { to: "bob", stage: "final", view: { kind: "stop", phase: "stopped", outcome: "cancelled", status: "Terminated" } },
      { to: "#general", stage: "announced", view: { kind: "acted", action: "stopped", by: "bob", reason: "wrong day" } },
    ]);
  });

  it("stops once however often the button is pressed", async () => {
    const fake = fakeMaxCompute([running], { onStop: cancelled });
    const { type, answer, doAs, told } = aBot(fake);
    const { intentId } = await answer("confirm-stop", type("bob", `stop ${id}`));
    await Promise.all([doAs("bob", press(intentId), { delivery: "one" }), doAs("bob", press(intentId), { delivery: "two" })]);
    expect(fake.calls.filter((call) => call === `stopInstance ${id}`)).toHaveLength(1);
    expect(told.filter(({ view }) => view.kind === "notice")).toMatchObject([
      { view: { text: expect.stringContaining("pressed before") } },
    ]);
    const later = await answer("notice", doAs("bob", press(intentId), { delivery: "three" }));
    expect(later).toMatchObject({
      text: "This was pressed before, so nothing was done again.",
      suggestions: [{ value: `text:status ${id} -p demo_project` }],
    });
  });

  it("keeps it running when the person says so, for good", async () => {
    const fake = fakeMaxCompute([running], { onStop: cancelled });
    const { type, answer, doAs } = aBot(fake);
    const { intentId } = await answer("confirm-stop", type("bob", `stop ${id}`));
    expect(await answer("stop", doAs("bob", press(intentId, "cancel")))).toMatchObject({ phase: "kept" });
    expect((await answer("notice", doAs("bob", press(intentId)))).text).toContain("You chose to keep it running");
    expect(fake.calls).not.toContain(`stopInstance ${id}`);
  });

  it.each([
    ["after ten minutes", async ({ clock }: ReturnType<typeof aBot>) => clock.advance(10 * 60_000), "bob", "expired"],
    ["by somebody else", async () => undefined, "ann", "Only the person who asked"],
    ["by somebody whose role is not enough", async () => undefined, "vic", "needs the role operator"],
  ])("does nothing when pressed %s", async (_when, before, who, words) => {
    const fake = fakeMaxCompute([running], { onStop: cancelled });
    const bot = aBot(fake);
    const { intentId } = await bot.answer("confirm-stop", bot.type("bob", `stop ${id}`));
    await before(bot);
    expect((await bot.answer("error", bot.doAs(who, press(intentId)))).title).toContain(words);
    expect(fake.calls).not.toContain(`stopInstance ${id}`);
  });

  it("does nothing for an intent that never was", async () => {
    const { answer, doAs } = aBot(fakeMaxCompute([]));
    expect((await answer("error", doAs("bob", press("made-up")))).title).toContain("expired");
  });

  it("needs the role operator, and says so without looking", async () => {
    const fake = fakeMaxCompute([running]);
    const { type, answer } = aBot(fake);
    expect(await answer("error", type("vic", `stop ${id}`))).toMatchObject({
      tone: "denied",
      title: "`stop` needs the role operator in `demo_project`; you are viewer.",
    });
    expect(await answer("error", type("sam", "stop 20200101000000000gnothere1"))).toMatchObject({
      title: "`stop` needs the role operator, and you have no role in that project, if there is one.",
    });
    expect(fake.calls).toEqual([]);
  });

  it("of a finished instance says that it has already finished", async () => {
    const { type, answer } = aBot(fakeMaxCompute([success]));
    expect(await answer("stop", type("bob", "stop gsuccess1"))).toMatchObject({ phase: "already-finished", outcome: "success" });
  });

  it("notices that it finished between the question and the press", async () => {
    const fake = fakeMaxCompute([running]);
    const { type, answer, doAs } = aBot(fake);
    const { intentId } = await answer("confirm-stop", type("bob", `stop ${id}`));
    fake.set(id, { instance: anInstance({ status: "Terminated" }), tasks: [aTask({ status: "SUCCESS" })] });
    expect(await answer("stop", doAs("bob", press(intentId)))).toMatchObject({ phase: "already-finished", outcome: "success" });
    expect(fake.calls).not.toContain(`stopInstance ${id}`);
  });

  it("stops nothing that is not what was shown", async () => {
    const fake = fakeMaxCompute([running]);
    const { type, answer, doAs } = aBot(fake);
    const { intentId } = await answer("confirm-stop", type("bob", `stop ${id}`));
    fake.set(id, { instance: anInstance({ owner: "ALIYUN$other" }) });
    expect((await answer("error", doAs("bob", press(intentId)))).title).toContain("not the instance you were shown");
    expect(fake.calls).not.toContain(`stopInstance ${id}`);
  });

  it("of one that ends by itself in the same moment does not claim to have stopped it", async () => {
    const fake = fakeMaxCompute([running], { failing: { stopInstance: new MaxComputeError("already-finished", "no") } });
    const { type, answer, doAs } = aBot(fake);
    const { intentId } = await answer("confirm-stop", type("bob", `stop ${id}`));
    const pressed = doAs("bob", press(intentId));
    fake.set(id, { instance: anInstance({ status: "Terminated" }), tasks: [aTask({ status: "SUCCESS" })] });
    expect(await answer("stop", pressed)).toMatchObject({ phase: "already-finished", outcome: "success" });
  });

  it("of one that somebody else cancelled in the same moment does not claim to have stopped it", async () => {
    const fake = fakeMaxCompute([running], { failing: { stopInstance: new MaxComputeError("already-finished", "no") } });
    const { type, answer, doAs, told } = aBot(fake);
    const { intentId } = await answer("confirm-stop", type("bob", `stop ${id}`));
    const pressed = doAs("bob", press(intentId));
    while (!told.some(({ view }) => view.kind === "stop")) await new Promise((resolve) => setImmediate(resolve));
    cancelled(id, fake);
    expect(await answer("stop", pressed)).toMatchObject({ phase: "already-finished", outcome: "cancelled" });
    expect(told.filter(({ stage }) => stage === "announced")).toEqual([]);
  });

  it("whose instance ends without a task to tell how was stopped", async () => {
    const fake = fakeMaxCompute([running], {
      onStop: (each, self) => self.set(each, { instance: anInstance({ status: "Terminated" }), tasks: [] }),
    });
    const { type, answer, doAs, told } = aBot(fake);
    const { intentId } = await answer("confirm-stop", type("bob", `stop ${id}`));
    expect(await answer("stop", doAs("bob", press(intentId)))).toMatchObject({ phase: "stopped", status: "Terminated" });
    expect(told.at(-1)).toMatchObject({ stage: "announced", view: { action: "stopped" } });
  });

  it("keeps to what MaxCompute said last when it then falls silent", async () => {
    const fake = fakeMaxCompute([running]);
    let reads = 0;
    const getInstance = async () => {
      reads += 1;
      if (reads > 4) throw new MaxComputeError("timeout", "silent");
      return running.instance;
    };
    const { type, answer, doAs } = aBot({ ...fake, withDeadline: () => ({ ...fake, getInstance }) });
    const { intentId } = await answer("confirm-stop", type("bob", `stop ${id}`));
    expect(await answer("stop", doAs("bob", press(intentId)))).toMatchObject({ phase: "still-running", status: "Running" });
  });

  it("has buttons that work on the word that it is under way", async () => {
    const { type, answer, doAs, told } = aBot(fakeMaxCompute([running], { failing: { stopInstance: new TypeError("a bug") } }));
    const { intentId } = await answer("confirm-stop", type("bob", `stop ${id}`));
    await doAs("bob", press(intentId));
    const word = told.map(({ view }) => view).find((view) => view.kind === "stop");
    expect(await answer("instance", doAs("bob", { kind: "ref", ref: word?.link.ref ?? "" }))).toMatchObject({
      outcome: "running",
    });
  });

  it("says so when MaxCompute accepts but goes on running", async () => {
    const { type, answer, doAs } = aBot(fakeMaxCompute([running]));
    const { intentId } = await answer("confirm-stop", type("bob", `stop ${id}`));
    const told = await doAs("bob", press(intentId));
    expect(told.at(-2)?.view).toMatchObject({ kind: "stop", phase: "still-running", status: "Running" });
    expect(told.at(-1)?.view).toMatchObject({ kind: "acted", action: "asked to stop" });
  });

  it("does not guess when the answer was lost", async () => {
    const fake = fakeMaxCompute([running], { failing: { stopInstance: new MaxComputeError("unreachable", "cut") } });
    const { type, answer, doAs } = aBot(fake);
    const { intentId } = await answer("confirm-stop", type("bob", `stop ${id}`));
    const told = await doAs("bob", press(intentId));
    expect(told.at(-2)?.view).toMatchObject({ kind: "stop", phase: "unknown", status: "Running" });
    expect(told.at(-1)).toMatchObject({ stage: "announced", view: { action: "asked to stop" } });
  });

  it("finds out by reading when the answer was lost but the stop took effect", async () => {
    const fake = fakeMaxCompute([running], { failing: { stopInstance: new MaxComputeError("timeout", "cut") } });
    const { type, answer, doAs, told } = aBot(fake);
    const { intentId } = await answer("confirm-stop", type("bob", `stop ${id}`));
    const pressed = doAs("bob", press(intentId));
    while (!told.some(({ view }) => view.kind === "stop")) await new Promise((resolve) => setImmediate(resolve));
    cancelled(id, fake);
    expect(await answer("stop", pressed)).toMatchObject({ phase: "stopped", outcome: "cancelled" });
  });

  it("passes on what MaxCompute refuses", async () => {
    const fake = fakeMaxCompute([running], {
      failing: { stopInstance: new MaxComputeError("denied", "no", { code: "NoPermission" }) },
    });
    const { type, answer, doAs } = aBot(fake);
    const { intentId } = await answer("confirm-stop", type("bob", `stop ${id}`));
    expect(await answer("error", doAs("bob", press(intentId)))).toMatchObject({
      tone: "denied",
      cause: { code: "NoPermission" },
    });
  });
});

describe("help", () => {
  it("shows each role what it may run", async () => {
    const { type, answer } = aBot(fakeMaxCompute([]));
    const names = async (who: string) =>
      (await answer("help", type(who, "help", { origin: "mention" }))).groups.flatMap(({ commands }) =>
        commands.map(({ name }) => name),
      );
    expect(await names("bob")).toContain("stop");
    expect(await names("vic")).not.toContain("stop");
    expect(await names("sam")).toEqual(["rights", "doctor", "help"]);
  });

  it("explains one command, by alias too", async () => {
    const { type, answer } = aBot(fakeMaxCompute([]));
    const view = await answer("help", type("vic", "help LV"));
    expect(view.command).toMatchObject({
      name: "logview",
      usage: "logview <id> [--hours <1-24>] [--task <name>] [-p <project>]",
    });
  });

  it.each([
    ["statsu", "Did you mean `status`?", "text:help status"],
    ["frobnicate", "no command `frobnicate`", "text:help"],
  ])("on %s says: %s", async (asked, words, value) => {
    const { type, answer } = aBot(fakeMaxCompute([]));
    const view: ErrorView = await answer("error", type("vic", `help ${asked}`));
    expect(view.title).toContain(words);
    expect(view.suggestions[0]?.value).toBe(value);
  });

  it("answers mentions too, where nothing can be put into an acknowledgement", async () => {
    const { type, answer } = aBot(fakeMaxCompute([]));
    expect((await answer("help", type("vic", "help", { origin: "mention" }))).role).toBe("viewer");
  });
});
