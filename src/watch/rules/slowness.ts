import type { Rule } from "./rule.ts";

/** No record has moved for too long. A later standstill is another one. */
export const stuckRule: Rule = ({ after, now }) => {
  const { stuckSince: since, stage } = after;
  if (since === undefined) return [];
  return [{ kind: "stuck", key: `stuck:${since}`, at: now, to: "thread", since, ...(stage === undefined ? {} : { stage }) }];
};

/** It runs longer than 9 of 10 runs of the same job did. */
export const slowRule: Rule = ({ watch, sight, usual, now }) => {
  const wanted = watch.options.slow !== undefined || watch.only?.includes("slow") === true;
  if (!wanted || usual?.p90Ms === undefined || sight.startTime === undefined) return [];
  const runningMs = now - sight.startTime;
  return runningMs > usual.p90Ms ? [{ kind: "slow", key: "slow", at: now, to: "thread", runningMs, p90Ms: usual.p90Ms }] : [];
};
