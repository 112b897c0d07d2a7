import type { View } from "../../src/view/index.ts";

const escaped = (url: string) => url.replaceAll("&", "&amp;");

const whoLive = (who: { readonly kind: string; readonly id?: string }): readonly string[] => {
  if (who.id === undefined) return [];
  return [`<@${who.id}>`, `<#${who.id}>`, `<!subteam^${who.id}>`];
};

/** What a view says may be live: the person who acted, the links it carries. */
export const expectedLive = (view: View): readonly string[] => [
  ...("by" in view ? [`<@${view.by}>`] : []),
  ...(view.kind === "watches"
    ? [...view.rows.map(({ startedBy }) => startedBy), ...view.mutes.map(({ by }) => by)].map((id) => `<@${id}>`)
    : []),
  ...(view.kind === "subscriptions" ? view.rows.map(({ createdBy }) => `<@${createdBy}>`) : []),
  ...(view.kind === "run-approval" ? [`<@${view.requester}>`] : []),
  ...(view.kind === "run" ? [`<#${view.watchedIn}>`] : []),
  ...(view.kind === "approval" ? [`<@${view.requester}>`] : []),
  ...("approvedBy" in view ? [`<@${view.approvedBy}>`] : []),
  ...(view.kind === "confirm-stop" ? view.facts.watchers.people.map((id) => `<@${id}>`) : []),
  ...(view.kind === "granted" ? whoLive(view.who) : []),
  ...(view.kind === "rights"
    ? [
        view.who,
        ...(view.lines ?? []).flatMap(({ who, by }) => [who, ...(by === undefined ? [] : [{ kind: "user", id: by }])]),
      ].flatMap((who) => (who === undefined ? [] : whoLive(who)))
    : []),
  ...(view.kind === "error" ? (view.ask ?? []).flatMap(whoLive) : []),
  ...(view.kind === "watching" ? [`<https://slack.com/archives/C0GENERAL1/p1795339200000001|Open card>`] : []),
  ...(view.kind === "audit" ? view.entries.flatMap(({ who }) => [`<@${who}>`, "<#C0GENERAL1>"]) : []),
  ...(view.kind === "audited" ? [`<@${view.entry.who}>`, "<#C0GENERAL1>"] : []),
  ...("jobInsightUrl" in view && view.jobInsightUrl !== undefined ? [`<${escaped(view.jobInsightUrl)}|Job insight>`] : []),
  ...(view.kind === "logview" ? [`<${escaped(view.url)}|Open Logview>`] : []),
];
