import { minutes } from "../time.ts";
import type { Rule } from "./rule.ts";

/** Of an instance that is over in a moment nobody wants to hear each stage. */
const leastAge = minutes(2);
/** More names than these in one reply are no news but a list: the card has the counts. */
const mostNames = 5;

const fresh = (now: readonly string[], before: readonly string[]) => {
  const known = new Set(before);
  return now.filter((name) => !known.has(name)).slice(0, mostNames);
};

/** Stages that ended or failed, with those that begin in their place; of an XFlow the same of its sub-instances. */
export const stageRule: Rule = ({ watch, before, after, sight, now }) => {
  if (before === undefined) return [];
  const failed = fresh(after.failed, before.failed);
  const isYoung = now - (sight.startTime ?? watch.startedAt) < leastAge;
  const done = isYoung ? [] : fresh(after.done, before.done);
  const begun = isYoung ? [] : fresh(after.running, [...before.running, ...before.done, ...before.failed]);
  // A sub-instance that begins is news; a stage that does only beside one that ended, and the last one's end is the instance's.
  const goesOn = sight.stages.some(({ state }) => state === "waiting" || state === "running");
  const isChange = sight.unit === "stage" ? done.length > 0 && goesOn : done.length + begun.length > 0;
  const isNews = failed.length > 0 || isChange;
  const [first] = [
    ...failed.map((name) => `${name}:failed`),
    ...done.map((name) => `${name}:done`),
    ...begun.map((name) => `${name}:started`),
  ];
  if (!isNews || first === undefined) return [];
  const workersOf = (name: string) => sight.stages.find((stage) => stage.name === name)?.workers;
  const started = begun.map((name) => {
    const workers = sight.unit === "stage" ? workersOf(name) : undefined;
    return workers === undefined ? { name } : { name, workers };
  });
  const percent = sight.percent === undefined ? {} : { percent: sight.percent };
  return [{ kind: "stage", key: `stage:${first}`, at: now, to: "thread", unit: sight.unit, done, failed, started, ...percent }];
};

/** A task that failed and runs again. */
export const retryRule: Rule = ({ before, sight, now }) =>
  Object.entries(sight.attempts).flatMap(([task, attempt]) =>
    before === undefined || attempt <= (before.attempts[task] ?? 1)
      ? []
      : [{ kind: "retried" as const, key: `retried:${task}:${attempt}`, at: now, to: "thread" as const, task, attempt }],
  );
