// What a post of the bot says, told from its words as a reader would.
import { isMarked as isMarkedPost } from "../judge.ts";

export type News =
  | "opened"
  | "finished"
  | "missing"
  | "queued"
  | "started"
  | "milestone"
  | "stage"
  | "late"
  | "deadline"
  | "stuck"
  | "slow"
  | "capped"
  | "forbidden"
  | "unreachable"
  | "recovered"
  | "summary";

/** In this order: the first that fits. */
const words: readonly (readonly [News, RegExp])[] = [
  ["summary", /^SUMMARY /],
  ["unreachable", /^UNREACHABLE /],
  ["recovered", /^RECOVERED /],
  ["finished", /^(SUCCESS|FAILED|CANCELLED) /],
  ["missing", /\*?GONE\*? MaxCompute has not known it/],
  ["forbidden", /MaxCompute does not show it to me any more/],
  ["deadline", /\*?MISSED\*? its deadline/],
  ["late", /\*?LATE\*? It will probably miss/],
  ["stuck", /\*?STUCK\*? No records have moved/],
  ["slow", /\*?SLOW\*? It has run for/],
  ["queued", /: Waits for /],
  ["started", /: Started after waiting/],
  ["milestone", /\*?\d+%\*? done/],
  ["capped", /Further progress is in the card alone/],
];

export const newsOf = (text: string, isCard: boolean): News =>
  isCard ? "opened" : (words.find(([, pattern]) => pattern.test(text))?.[0] ?? "stage");

/** What makes two tellings of the same kind two different ones: a milestone's percentage, a stage's name, since when it is stuck. */
export function detailOf(news: News, text: string): string {
  if (news === "milestone") return /(\d+)%/.exec(text)?.[1] ?? "";
  if (news === "stage") return /: (.*?) (failed|done|started)/.exec(text)?.[0] ?? text;
  if (news === "stuck" || news === "unreachable" || news === "recovered") return / (since|after) [^.]*/.exec(text)?.[0] ?? "";
  return "";
}

export const isMarked = (text: string): boolean => isMarkedPost({ text });

/** The state with which a card or an end begins. */
export const wordOf = (text: string): string => /^[A-Z]+/.exec(text)?.[0] ?? "";
