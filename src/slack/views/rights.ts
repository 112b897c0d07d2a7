// Who may do what: one's own rights, and for an administrator the whole policy as it can be reviewed.
import type { RightsView } from "../../view/index.ts";
import { context, section } from "../blocks.ts";
import { shown } from "../limits.ts";
import type { Sketch } from "../message.ts";
import { code, date, join, linesWithin, type Mrkdwn, mention, mrkdwn, nothing } from "../mrkdwn.ts";
import { whoWords } from "../named-who.ts";

export const drawRights = (view: RightsView): Sketch => {
  const { roles, who, lines } = view;
  const head =
    who === undefined
      ? hereWords(view)
      : mrkdwn`${whoWords(who)} ${roles.length === 0 ? "may do nothing." : "by the lines of the policy:"}`;
  const rows = roles.map(({ project, role }) => mrkdwn`${code(role)} in ${projectWords(project)}`);
  const list = rows.length === 0 ? nothing : linesWithin(rows, shown.helpGroup);
  return {
    text: join([head, linesWithin(rows, 300)], "\n"),
    blocks: [
      ...section(join([head, list], "\n")),
      ...(lines === undefined
        ? []
        : section(join([mrkdwn`*The whole policy*`, linesWithin(lines.map(lineWords), shown.helpGroups)], "\n"))),
      ...(lines === undefined
        ? []
        : context([
            mrkdwn`${code("allow")} and ${code("deny")} change it; lines of the deployment are changed in its setting ODPS_POLICY.`,
          ])),
    ],
  };
};

const projectWords = (project: string): Mrkdwn => (project === "*" ? mrkdwn`every project` : code(project));

function hereWords({ here, roles }: RightsView): Mrkdwn {
  if (here === undefined) return nothing;
  const place = here.isDirect || here.project === undefined ? nothing : mrkdwn` in this channel`;
  const where = here.project === undefined ? mrkdwn`the project meant here` : code(here.project);
  const now = mrkdwn`You are ${code(here.role ?? "without a role")} in ${where}${place}${here.isProduction ? mrkdwn`, a production project` : nothing}.`;
  return roles.length === 0 ? now : mrkdwn`${now} By the policy you are:`;
}

function lineWords({ rule, who, words, project, by, at }: NonNullable<RightsView["lines"]>[number]): Mrkdwn {
  const parts = [
    code(rule),
    who === undefined ? nothing : whoWords(who),
    words === "" ? nothing : code(words),
    project === undefined ? nothing : mrkdwn`on ${code(project)}`,
    by === undefined ? mrkdwn`· of the deployment` : mrkdwn`· by ${mention(by)}`,
    at === undefined ? nothing : date(at, "{date_short_pretty}", new Date(at).toISOString().slice(0, 10)),
  ];
  return join(parts, " ");
}
