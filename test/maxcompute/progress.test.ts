import { describe, expect, it } from "vitest";
import { formatProgress, percentDone } from "../../src/maxcompute/index.ts";
import { aClientOf, instanceId } from "./a-client.ts";

describe("formatProgress", () => {
  const progress = {
    stages: [
      {
        name: "M1_Stg1_job0",
        runningWorkers: 0,
        terminatedWorkers: 1,
        totalWorkers: 1,
        backupWorkers: 0,
        finishedPercentage: 100,
      },
    ],
  };

  it("prints the documented line in the time zone of whoever reads it", () => {
    const line = formatProgress("20160519101349613gzbzufck2", progress, Date.UTC(2016, 4, 19, 10, 14, 3), "Asia/Shanghai");
    expect(line).toBe("20160519101349613gzbzufck2 2016-05-19 18:14:03 M1_Stg1_job0:0/1/1[100%]\t");
  });

  it("prints midnight as 00", () => {
    expect(formatProgress("i", { stages: [] }, Date.UTC(2026, 0, 2))).toBe("i 2026-01-02 00:00:00 ");
  });

  it("prints a stage without a count of backups as one that has none", () => {
    expect(formatProgress("i", { stages: [{ name: "M1", totalWorkers: 1 }] }, 0)).toBe(
      "i 1970-01-01 00:00:00 M1:None/None/1[None%]\t",
    );
  });

  it("refuses a time zone nobody knows", () => {
    expect(() => formatProgress("i", progress, 0, "Mars/Olympus")).toThrow(expect.objectContaining({ kind: "invalid" }));
  });
});

describe("percentDone", () => {
  it.each([
    [
      "is weighted by workers",
      [
        { totalWorkers: 100, terminatedWorkers: 50 },
        { totalWorkers: 300, terminatedWorkers: 0 },
      ],
      12.5,
    ],
    ["never exceeds 100, although backups end too", [{ totalWorkers: 2, terminatedWorkers: 3 }], 100],
    ["never falls below 0", [{ totalWorkers: 2, terminatedWorkers: -3 }], 0],
    ["leaves out stages that do not tell", [{ totalWorkers: 4, terminatedWorkers: 1 }, { totalWorkers: 4 }], 25],
    ["falls back to the stages' own percentages", [{ finishedPercentage: 100 }, { finishedPercentage: 50 }, {}], 75],
    ["falls back when no stage has a worker yet", [{ totalWorkers: 0, terminatedWorkers: 0, finishedPercentage: 7 }], 7],
    ["is unknown without any number", [{}], undefined],
    ["is unknown without stages", [], undefined],
  ])("%s", (_, stages, expected) => {
    expect(percentDone({ stages: stages.map((stage) => ({ name: "M1", ...stage })) })).toBe(expected);
  });
});

describe("getTaskProgress", () => {
  it("keeps a stage's status and leaves unreadable numbers undefined", async () => {
    const stage =
      '<Stage ID="M1"><Status>running</Status><TotalWorkers>many</TotalWorkers><FinishedPercentage>12.5</FinishedPercentage></Stage>';
    const { client } = await aClientOf({ body: `<Whatever>${stage}<Stage><Status/></Stage></Whatever>` });
    expect(await client.getTaskProgress(instanceId, "t")).toEqual({
      stages: [
        { name: "M1", status: "RUNNING", totalWorkers: undefined, finishedPercentage: 12.5 },
        { name: "", status: undefined },
      ],
    });
  });

  it("counts beyond what fits a double's digits, instead of losing the count", async () => {
    const { client } = await aClientOf({
      body: '<Progress><Stage ID="M1"><TotalWorkers>+7</TotalWorkers><InputRecords>9223372036854775807</InputRecords></Stage></Progress>',
    });
    const { stages } = await client.getTaskProgress(instanceId, "t");
    expect(stages).toEqual([{ name: "M1", totalWorkers: 7, inputRecords: 2 ** 63 }]);
  });

  it("asks for a task whose name was cut within a character", async () => {
    const { client, server } = await aClientOf({ body: "<Progress/>" });
    await client.getTaskProgress(instanceId, "任务\ud83d");
    expect(server.requests[0]?.target).toContain("taskname=%E4%BB%BB%E5%8A%A1%EF%BF%BD");
  });
});
