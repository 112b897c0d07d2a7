import { minutes } from "../time.ts";
import type { Rule } from "./rule.ts";

const milestones = [75, 50, 25];
/** The percentages of a shorter instance are in its card. */
const leastAge = minutes(20);

/** The highest quarter that was passed since the last look, of an instance that runs for over 20 min, or will. */
export const milestoneRule: Rule = ({ before, sight, forecast, now }) => {
  const { percent, startTime } = sight;
  if (percent === undefined || startTime === undefined || before === undefined) return [];
  const isLong = now - startTime > leastAge || (forecast !== undefined && forecast.from - startTime > leastAge);
  const passed = milestones.find((milestone) => percent >= milestone && (before.percent ?? 0) < milestone);
  if (!isLong || passed === undefined) return [];
  return [
    {
      kind: "milestone",
      key: `milestone:${passed}`,
      at: now,
      to: "thread",
      percent: passed,
      ...(forecast === undefined ? {} : { forecast }),
    },
  ];
};
