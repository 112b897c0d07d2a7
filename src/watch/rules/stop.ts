import { isUnderWay } from "../stop.ts";
import type { Rule } from "./rule.ts";

/** What is told of a stop once; another stop is told anew. */
export const unstoppedKey = ({ at }: { readonly at: number }): string => `unstopped:${at}`;

/** It was stopped, and runs on for longer than stopping takes: whoever asked for it has to hear that. */
export const stopRule: Rule = ({ watch: { stop }, now }) =>
  stop === undefined || isUnderWay(stop, now)
    ? []
    : [{ kind: "unstopped", key: unstoppedKey(stop), at: now, to: "thread", askedAt: stop.at, mention: stop.by }];
