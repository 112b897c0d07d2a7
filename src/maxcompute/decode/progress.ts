import type { StageProgress, TaskProgress } from "../instance.ts";
import { answerLimits, walkXml } from "../xml.ts";
import { refuseForeignRoot } from "./root.ts";

type Draft = { -readonly [Field in keyof StageProgress]: StageProgress[Field] };

/** Counts are 64-bit integers: beyond 2^53 their last digits are lost, which is better than the whole count. */
const plainNumber = /^[+-]?\d{1,20}(?:\.\d{1,15})?$/;

const numberOf = (text: string): number | undefined => {
  const sent = text.trim();
  return plainNumber.test(sent) ? Number(sent) : undefined;
};

const readField = (stage: Draft, name: string, text: string) => {
  if (name === "Status") stage.status = text.trim().toUpperCase() || undefined;
  else if (name === "TotalWorkers") stage.totalWorkers = numberOf(text);
  else if (name === "RunningWorkers") stage.runningWorkers = numberOf(text);
  else if (name === "TerminatedWorkers") stage.terminatedWorkers = numberOf(text);
  else if (name === "BackupWorkers") stage.backupWorkers = numberOf(text);
  else if (name === "InputRecords") stage.inputRecords = numberOf(text);
  else if (name === "OutputRecords") stage.outputRecords = numberOf(text);
  else if (name === "FinishedPercentage") stage.finishedPercentage = numberOf(text);
};

/**
 * The answer to `?instanceprogress` (protocol section 7.2). No stages means queued, or not a kind of task that has any;
 * a number that is missing or unreadable stays undefined. Throws MalformedBody.
 */
export function decodeProgress(body: Uint8Array): TaskProgress {
  const stages: StageProgress[] = [];
  let stage: Draft | undefined;

  const open = (name: string, depth: number, attributes: Readonly<Record<string, string>>) => {
    refuseForeignRoot(name, depth);
    if (depth === 2 && name === "Stage") stage = { name: attributes.ID ?? "" };
  };
  const close = (name: string, depth: number, text: string) => {
    if (stage === undefined) return;
    if (depth === 3) readField(stage, name, text);
    if (depth !== 2) return;
    stages.push(stage);
    stage = undefined;
  };
  walkXml(body, { open, close }, answerLimits);
  return { stages };
}
