import { describe, expect, it } from "vitest";
import { formatProgress, type StageProgress } from "../../src/maxcompute/index.ts";
import { aClientOf } from "../maxcompute/a-client.ts";
import { casesToMatch } from "./vectors.ts";

type Input = { instanceId: string; taskName: string; xml: string; now: string; requestUrl: string };
type Expected = { stages: Record<string, unknown>[]; withInstanceId: string };

const asRecorded = (stage: StageProgress) => ({
  name: stage.name,
  total_workers: stage.totalWorkers ?? null,
  running_workers: stage.runningWorkers ?? null,
  terminated_workers: stage.terminatedWorkers ?? null,
  backup_workers: stage.backupWorkers ?? null,
  input_records: stage.inputRecords ?? null,
  output_records: stage.outputRecords ?? null,
  finished_percentage: stage.finishedPercentage ?? null,
});

describe("progress", () => {
  it.each(casesToMatch<Input, Expected>("progress.json"))("$name", async ({ input, expected }) => {
    const { client, server } = await aClientOf({ body: input.xml });
    const progress = await client.getTaskProgress(input.instanceId, input.taskName);
    expect(progress.stages.map(asRecorded)).toEqual(expected.stages);
    expect(`http://mc.test${server.requests[0]?.target}`).toBe(input.requestUrl);
    const now = Date.parse(`${input.now.replace(" ", "T")}Z`);
    expect(formatProgress(input.instanceId, progress, now)).toBe(expected.withInstanceId);
  });
});
