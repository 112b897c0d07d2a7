// What is kept of an instance's end, so that `status` still answers when MaxCompute has forgotten it.
import type { Failure } from "./failure.ts";
import type { Seen } from "./observation.ts";

export type Evidence = Pick<Seen, "instance" | "tasks" | "progress" | "subs" | "jobName"> & {
  readonly schema: 1;
  readonly keptAt: number;
  readonly failure?: Failure | undefined;
  /** Something was left out to keep it small. */
  readonly isCut: boolean;
};

const mostBytes = 100 * 1024;
const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

const cutText = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, Math.floor(length * 0.8))}\n…\n${text.slice(-Math.floor(length * 0.2))}`;

/** Kept for 90 days; at most 100 KB: what a reader misses least goes first. */
export function evidenceOf(seen: Seen, now: number): Evidence {
  const { instance, tasks, progress, subs, jobName, failure } = seen;
  const whole: Evidence = { schema: 1, keptAt: now, instance, tasks, progress, subs, jobName, failure, isCut: false };
  const cuts: ((evidence: Evidence) => Evidence)[] = [
    (each) => ({ ...each, failure: each.failure && { ...each.failure, message: cutText(each.failure.message, 20_000) } }),
    (each) => ({ ...each, tasks: each.tasks.map(({ histories: _, ...task }) => task) }),
    (each) => ({ ...each, progress: each.progress.map((task) => ({ ...task, stages: task.stages.slice(0, 100) })) }),
    (each) => ({ ...each, subs: each.subs?.slice(0, 200), tasks: each.tasks.slice(0, 50), progress: each.progress.slice(0, 1) }),
    (each) => ({ ...each, progress: [], subs: undefined, tasks: each.tasks.slice(0, 10) }),
    (each) => ({
      ...each,
      failure: each.failure && { ...each.failure, message: cutText(each.failure.message, 2_000) },
      tasks: [],
    }),
  ];
  let kept = whole;
  for (const cut of cuts) {
    if (bytesOf(kept) <= mostBytes) return kept;
    kept = { ...cut(kept), isCut: true };
  }
  return kept;
}
