import type { View } from "../../src/view.ts";

const escaped = (url: string) => url.replaceAll("&", "&amp;");

/** What a view says may be live: the person who acted, the links it carries. */
export const expectedLive = (view: View): readonly string[] => [
  ...("by" in view ? [`<@${view.by}>`] : []),
  ...(view.kind === "watches"
    ? [...view.rows.map(({ startedBy }) => startedBy), ...view.mutes.map(({ by }) => by)].map((id) => `<@${id}>`)
    : []),
  ...(view.kind === "subscriptions" ? view.rows.map(({ createdBy }) => `<@${createdBy}>`) : []),
  ...(view.kind === "watching" ? [`<https://slack.com/archives/C0GENERAL1/p1795339200000001|Open card>`] : []),
  ...("jobInsightUrl" in view && view.jobInsightUrl !== undefined ? [`<${escaped(view.jobInsightUrl)}|Job insight>`] : []),
  ...(view.kind === "logview" ? [`<${escaped(view.url)}|Open Logview>`] : []),
];
