import { isShallow } from "./json.ts";

/** One reason for which Slack refuses a message or a view; `pointer` is the JSON pointer Slack names in its own answer. */
export type Problem = { readonly pointer: string; readonly code: string; readonly message: string };

/** Where a check stands, and the list it reports to. */
export type Place = { readonly pointer: string; readonly problems: Problem[] };

/** Looks at one JSON value and reports what is wrong with it; never throws. */
export type Check = (value: unknown, at: Place) => void;

// A hostile body of 1 MiB could hold a hundred thousand mistakes; nobody reads more than the first ones.
const mostProblems = 100;

export function report(at: Place, code: string, message: string): void {
  if (at.problems.length < mostProblems) at.problems.push({ pointer: at.pointer, code, message });
}

/** The place one step deeper, its key escaped as RFC 6901 asks. */
export function inside(at: Place, key: string | number): Place {
  const step = String(key).replaceAll("~", "~0").replaceAll("/", "~1");
  return { pointer: `${at.pointer}/${step}`, problems: at.problems };
}

export function problemsOf(value: unknown, check: Check, pointer = ""): Problem[] {
  const problems: Problem[] = [];
  const at = { pointer, problems };
  if (isShallow(value)) check(value, at);
  else report(at, "too_deep", "is nested too deeply");
  return problems;
}
